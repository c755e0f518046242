"""The page of a gallery: one HTML text with its styles in it, and a policy that lets nothing load (CSP 3).

The page's own theme is that of its reader; each link shows both.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files

from richresp.gallery.cards import language, panes, short
from richresp.gallery.facts import facts
from richresp.gallery.markup import Markup, element, joined, link
from richresp.gallery.model import Entry
from richresp.limits.gallery import MAX_HEADING_CHARS

_NAME = "Link previews"
_WALLS = {
    "consent": "Behind a consent wall",
    "challenge": "Behind a bot check",
    "login": "Behind a login",
    "script": "A page that only scripts fill",
}


def gallery(entries: Sequence[Entry]) -> str:
    """A page that shows links as cards.

    Args:
        entries: the links, in order.

    Returns:
        HTML that says the same in any browser and on paper, without network and script. Equal entries make equal pages.
    """
    shown = joined(*(_entry(number, entry) for number, entry in enumerate(entries, 1)))
    body = element(
        "body",
        element("header", element("h1", _NAME), element("p", _summary(entries)), class_="top"),
        _contents(entries) if len(entries) > 1 else None,
        element("main", shown),
        element(
            "footer",
            element("p", "Drawn by richresp. Nothing on this page was loaded to show it, and no script is in it."),
        ),
    )
    return f"<!doctype html>\n{element('html', _head(entries), body, lang='en')}\n"


def _head(entries: Sequence[Entry]) -> Markup:
    """The first thing that is read is the policy; an empty icon keeps browsers from asking for one."""
    style = _style()
    digest = b64encode(sha256(style.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = _NAME if len(entries) != 1 else f"{_heading(entries[0])} · {_NAME}"
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        element("link", rel="icon", href="data:,"),
        element("style", Markup(style)),
    )


@cache
def _style() -> str:
    return files(__package__).joinpath("gallery.css").read_text(encoding="utf-8")


def _contents(entries: Sequence[Entry]) -> Markup:
    items = (
        element(
            "li",
            element("a", _heading(entry), href=f"#link-{number}", dir="auto", lang=_language(entry)),
            *_marks(entry),
        )
        for number, entry in enumerate(entries, 1)
    )
    return element("nav", element("ol", joined(*items)), class_="contents", aria_label="Links")


def _entry(number: int, entry: Entry) -> Markup:
    preview = entry.preview
    marks = _marks(entry)
    head = element(
        "header",
        element("h2", _heading(entry), id=f"heading-{number}", dir="auto", lang=_language(entry)),
        element("p", link(entry.url), class_="address"),
        element("p", joined(*marks), class_="marks") if marks else None,
    )
    if preview is None:
        body = element("p", entry.error or "There is no preview.", class_="banner error", dir="auto")
    else:
        body = joined(_banner(preview.wall), panes(entry, preview), facts(entry, preview))
    return element("article", head, body, id=f"link-{number}", class_="entry", aria_labelledby=f"heading-{number}")


def _banner(wall: str | None) -> Markup | None:
    if wall is None:
        return None
    told = f"{_WALLS.get(wall, 'Behind a wall')}: chat windows meet it as well, and show what it says or nothing."
    return element("p", told, class_="banner warning")


def _heading(entry: Entry) -> str:
    title = entry.preview.title if entry.preview else None
    return short(title or entry.url, MAX_HEADING_CHARS) or "A link without an address"


def _language(entry: Entry) -> str | None:
    return language(entry.preview) if entry.preview and entry.preview.title else None


def _marks(entry: Entry) -> list[Markup]:
    """The state of a link in a few words."""
    preview = entry.preview
    if preview is None:
        return [_mark("no preview", "error")]
    findings = entry.findings or ()
    marks = [
        (_WALLS.get(preview.wall, "wall").lower() if preview.wall else "", "error"),
        (f"HTTP {preview.status}" if (preview.status or 200) >= 400 else "", "error"),
        (_many(sum(found.severity == "error" for found in findings), "error"), "error"),
        ("picture not loaded" if entry.no_picture else "", "warning"),
        ("old" if preview.stale else "", "warning"),
        (_many(len(preview.warnings), "warning"), "warning"),
    ]
    return [_mark(told, kind) for told, kind in marks if told] or [_mark("whole", "good")]


def _mark(told: str, kind: str) -> Markup:
    return element("span", told, class_=f"badge {kind}")


def _many(number: int, name: str) -> str:
    return "" if not number else f"1 {name}" if number == 1 else f"{number} {name}s"


def _summary(entries: Sequence[Entry]) -> str:
    bare = sum(entry.preview is None for entry in entries)
    told = _many(len(entries), "link") or "No links"
    return f"{told} as chat windows show {'it' if len(entries) == 1 else 'them'}" + (
        f"; {bare} without a preview." if bare else "."
    )
