"""Pages of any size, invented, of the shapes that real ones have: a head of scripts and metas, a body of paragraphs, of cards with
drawings, or of one large script. `saved` writes them to a folder as the benchmarks read pages.
"""

import json
from pathlib import Path

URL = "https://example.com/news/2026/a-story"
METAS = "".join(
    f'<meta property="{name}" content="{content}">\n'
    for name, content in {
        "og:site_name": "The Example",
        "og:title": "A story of bridges &amp; rivers",
        "og:description": "What became of the old bridge, and who mends it now.",
        "og:image": "https://example.com/images/bridge.jpg",
        "og:url": URL,
        "og:type": "article",
        "twitter:card": "summary_large_image",
        "article:published_time": "2026-01-02T03:04:05Z",
    }.items()
)
HEAD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A story | The Example</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="canonical" href="https://example.com/news/2026/a-story">
{metas}<link rel="stylesheet" href="/a.css"><script src="/a.js" async></script>
<script>{script}</script><style>{style}</style></head><body class="story">"""
SCRIPT = (
    "window.dataLayer = window.dataLayer || []; function tag() {{ for (var i = 0; i < {0}; i++) dataLayer.push(i); }}\n"
)
STYLE = ".card-{0} > a:hover {{ color: #12{0}; background: url('/img/{0}.png') }}\n"
PARAGRAPH = '<p class="text" id="p{0}">The <a href="/river/{0}">river</a> rose again in year {0}, &amp; the <em>bridge</em> held.</p>\n'
CARD = """<div class="card" data-id="{0}"><a href="/item/{0}?a=1&amp;b=2"><img src="/img/{0}.jpg" alt="Item {0}" width="200" height="100">
<svg viewBox="0 0 24 24" class="icon"><title>Open</title><path d="M12 2L2 7l10 5 10-5-10-5z"/></svg><span>Item {0}</span></a></div>\n"""


def page(kind, size, metas=METAS):
    head = HEAD.format(metas=metas, script=many(SCRIPT, 2_000), style=many(STYLE, 3_000))
    if kind == "script":
        state = json.dumps(
            {"rows": [{"id": number, "name": f"row {number}", "html": "<b>x</b>"} for number in range(size // 55)]}
        )
        body = f'<div id="app"></div><script id="state" type="application/json">{state}</script>'
    else:
        body = many(PARAGRAPH if kind == "paragraphs" else CARD, size)
    return f"{head}{body}</body></html>".encode()


def many(piece, size):
    return "".join(piece.format(number) for number in range(size // len(piece)))


KINDS = ("paragraphs", "cards", "script")
KILOBYTES = (1, 4, 16, 64, 256, 1_000)
EXPECTED = {
    "site_name": "The Example",
    "title": "A story of bridges & rivers",
    "description": "What became of the old bridge, and who mends it now.",
    "image": "https://example.com/images/bridge.jpg",
    "url": URL,
}


def sized(kind, size):
    """A page of about so many bytes, its head included: where that takes all of them, a head without scripts is enough."""
    spare = size - len(page(kind, 0))
    if spare > 0:
        return page(kind, spare)
    return f"<!doctype html><head>{METAS}</head><body>{many(PARAGRAPH, max(0, size - len(METAS)))}</body>".encode()


def saved(folder, kilobytes=KILOBYTES):
    """Writes a page of each kind and size to a folder, with its source and what is expected of it."""
    for kind in KINDS:
        for size in kilobytes:
            home = Path(folder) / f"{kind}-{size}"
            home.mkdir()
            (home / "page.html").write_bytes(sized(kind, size * 1_000))
            (home / "source.json").write_text(json.dumps({"url": URL, "content_type": "text/html; charset=utf-8"}))
            (home / "expected.json").write_text(json.dumps(EXPECTED))
