"""Pages that may be walls, and what they are taken for."""

from richresp.links.scan import scan
from richresp.links.walls import wall_of

URL = "https://site.example.com/blog/post"
OG = '<meta property="og:title" content="Real">'


def wall(page, url=URL):
    return wall_of(scan(page), page, url)


def titled(title, body="", head=""):
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
