"""What fills a cache in tests: a site that tells another title each time, an image, entries of some size."""

import io

from richresp.caching import SQLiteCache
from tests.cli.site import titled
from tests.hostile.answers import head, in_turn, page


def counting(*titles):
    return {"/page": in_turn(*(page(body=titled(title).encode()) for title in titles))}


def image_bytes():
    from PIL import Image

    stored = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(stored, "PNG")
    body = stored.getvalue()
    return head("Content-Type: image/png", f"Content-Length: {len(body)}") + body


def filled(file):
    cache = SQLiteCache(file)
    for number in range(5):
        cache.set(str(number), bytes(9_000), 60)
    cache.close()
