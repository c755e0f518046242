"""The page of a gallery: one HTML text with its styles in it, and a policy that lets nothing load (CSP 3).

The page's own theme is that of its reader; each link shows both.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

from richresp.gallery.badges import Badge, badges_of, many
from richresp.gallery.cards import language, panes
from richresp.gallery.facts import facts, problem_list
from richresp.gallery.markup import Markup, element, joined, link, short
from richresp.gallery.model import Entry
from richresp.gallery.pictures import Pictures
from richresp.gallery.problems import Problem, problems_of
from richresp.limits.audit import IMAGE_LARGE, IMAGE_SMALLEST
from richresp.limits.gallery import MAX_HEADING_CHARS, MAX_OPEN_ENTRIES, MAX_SHOWN_CHARS

_NAME = "Link previews"
_FORMS = (
    f"An image is drawn as Facebook documents it: in a large card from {IMAGE_LARGE[0]} × {IMAGE_LARGE[1]} pixels on, below that in a"
    f" small one, and below {IMAGE_SMALLEST[0]} × {IMAGE_SMALLEST[1]} not at all."
)


class _Looked(NamedTuple):
    """A link and what is to be said of it."""

    number: int
    entry: Entry
    problems: tuple[Problem, ...]
    badges: list[Badge]

    @property
    def rank(self) -> int:
        """How badly it fails: without a preview, with errors, neither."""
        if self.entry.preview is None:
            return 0
        return 1 if any(badge.kind == "error" for badge in self.badges) else 2


def gallery(entries: Sequence[Entry]) -> str:
    """A page that shows links as cards.

    Args:
        entries: the links, in order.

    Returns:
        HTML that says the same in any browser and on paper, without network and script. Equal entries make equal pages.
    """
    looked = [_look(number, entry) for number, entry in enumerate(entries, 1)]
    pictures, several = Pictures(entries), len(entries) > 1
    is_open = len(entries) <= MAX_OPEN_ENTRIES
    shown = joined(*(_entry(each, pictures, is_open=is_open, several=several) for each in looked))
    body = element(
        "body",
        element(
            "header",
            element("h1", _NAME),
            element("p", _summary(looked)),
            element("p", _FORMS, class_="told") if pictures else None,
            class_="top",
        ),
        _contents(looked) if several else None,
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


def _look(number: int, entry: Entry) -> _Looked:
    problems = problems_of(entry)
    return _Looked(number, entry, problems, badges_of(entry, problems))


def _contents(looked: Sequence[_Looked]) -> Markup:
    """The links, those that fail before the others, each with its number."""
    items = (
        element(
            "li",
            element(
                "a",
                _heading(each.entry),
                href=f"#link-{each.number}",
                dir="auto",
                lang=_language(each.entry),
            ),
            *(badge.drawn() for badge in each.badges),
            value=each.number,
        )
        for each in sorted(looked, key=lambda each: each.rank)
    )
    return element("nav", element("ol", joined(*items)), class_="contents", id="links", aria_label="Links")


def _entry(looked: _Looked, pictures: Pictures, *, is_open: bool, several: bool) -> Markup:
    number, entry, preview = looked.number, looked.entry, looked.entry.preview
    head = element(
        "header",
        element("h2", _heading(entry), id=f"heading-{number}", dir="auto", lang=_language(entry)),
        element("p", link(entry.url), class_="address"),
        element("p", joined(*(badge.drawn() for badge in looked.badges)), class_="marks"),
    )
    if preview is None:
        told = short(entry.error, MAX_SHOWN_CHARS) or "There is no preview."
        body = element("p", told, class_="banner error", dir="auto")
    else:
        body = joined(
            problem_list(looked.problems),
            pictures.kept(number, entry),
            panes(entry, preview, pictures),
            facts(entry, preview, is_open=is_open),
        )
    back = element("p", element("a", "Back to the list", href="#links"), class_="back") if several else None
    return element(
        "article", head, body, back, id=f"link-{number}", class_="entry", aria_labelledby=f"heading-{number}"
    )


def _heading(entry: Entry) -> str:
    title = entry.preview.title if entry.preview else None
    return short(title or entry.url, MAX_HEADING_CHARS) or "A link without an address"


def _language(entry: Entry) -> str | None:
    return language(entry.preview) if entry.preview and entry.preview.title else None


def _summary(looked: Sequence[_Looked]) -> str:
    """How many links there are, and how many of them fail."""
    told = many(len(looked), "link") if looked else "No links"
    told += f" as chat windows show {'it' if len(looked) == 1 else 'them'}"
    bare, faulty = (sum(each.rank == rank for each in looked) for rank in (0, 1))
    parts = [*([f"{bare} without a preview"] if bare else []), *([f"{faulty} with errors"] if faulty else [])]
    return f"{told}: {', '.join(parts)}." if parts and len(looked) > 1 else f"{told}."
