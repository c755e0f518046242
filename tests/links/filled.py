"""A preview with something in every field, and what may be done with it."""

from richresp import Image, Preview
from richresp.links.freshness import Freshness
from richresp.links.kept import Kept
from richresp.links.model import Icon

NOW = 1_700_000_000.0
URL = "https://site.example/page"
KEPT = Kept('W/"a"', "Sun, 06 Nov 1994 08:49:37 GMT", "max-age=600", "0")
FRESH = Freshness(
    storable=True, reason="max-age", fresh_for=600, stale_while_for=3_600, stale_if_error_for=86_400, kept=KEPT
)
FULL = Preview(
    requested_url=URL, final_url=f"{URL}/", site_name="Site", title='A "title" \\u202e é — 日本', description="Words.", image=f"{URL}.png",
    url=URL, images=(Image(f"{URL}.png", 1200, 630, "A picture", "image/png"), Image(f"{URL}.gif")), type="article", locale="en",
    canonical_url=URL, og_url=URL, status=200, sources={"title": "og:title"}, warnings=("no image",), wall=None,
    title_clean="A title", icon=f"{URL}.ico", icons=(Icon(f"{URL}.ico"), Icon(f"{URL}.svg", 32, 32)), twitter_site="@site",
    published="2024-05-01", modified="2024-05-02", authors=("Ada",), oembed=(f"{URL}.json",),
)  # fmt: skip
