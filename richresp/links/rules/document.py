"""Rules on the document: whether hosts come to the tags at all, and read them as they are meant."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from richresp.decode import declarations
from richresp.limits.audit import CHARSET_BYTES, WHATSAPP_HEAD_BYTES
from richresp.limits.extract import MAX_BLOCK_CHARS
from richresp.limits.links import MAX_SCAN_CHARS, PRESCAN_BYTES
from richresp.links.rules.rule import HTML_CHARSET, OGP, WHATSAPP, X_MARKUP, Page, Place, Rule
from richresp.links.rules.rule import NOWHERE as END

_BEST_PRACTICES = "https://developers.facebook.com/docs/sharing/best-practices"
_ROBOTS = "https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag"
_JSON_LD = "https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents"
_WALLS = {
    "consent": "a consent page stands before it",
    "challenge": "a bot check stands before it",
    "login": "a login stands before it",
}
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_NAMED = re.compile(r"<meta\s[^<>]{0,256}?[\"'\s=](og:(?:title|description|image))[\"'\s][^<>]{0,256}+", re.IGNORECASE)
_EMPTY = re.compile(r"content\s*+=\s*+(?:\"\s*+\"|'\s*+')", re.IGNORECASE)
_CARD_NAMES = ("og:title", "og:description", "og:url", "og:image")
_FORBIDDING = {
    "noindex": "keeps it out of search",
    "none": "keeps it out of search",
    "nosnippet": "keeps its text out of search results",
    "max-snippet:0": "keeps its text out of search results",
    "max-image-preview:none": "keeps its image out of search results",
}


def _wall(page: Page) -> Iterator[Place]:
    if page.wall in _WALLS:
        yield 0, f"hosts that fetch this address do not get the page: {_WALLS[page.wall]}; let their crawlers through"


def _script_only(page: Page) -> Iterator[Place]:
    if page.wall == "script":
        yield 0, "only scripts fill this page, and hosts run none; write the tags on the server"


def _unread(page: Page, *, empty: bool) -> Iterator[tuple[int, str]]:
    """The names that stand in a tag which says nothing to a parser, each once."""
    seen = {meta.name for meta in page.head.metas}
    for found in _NAMED.finditer(page.text[:MAX_SCAN_CHARS]):
        name = found[1].lower()
        if name not in seen and empty == bool(_EMPTY.search(found[0])):
            seen.add(name)
            yield found.start(), name


def _empty(page: Page) -> Iterator[Place]:
    for at, name in _unread(page, empty=True):
        yield at, f"{name} is empty"


def _hidden(page: Page) -> Iterator[Place]:
    for at, name in _unread(page, empty=False):
        yield (
            at,
            f"{name} stands only in a script, a comment, noscript or template, where hosts do not look; write it out",
        )


def _late(page: Page) -> Iterator[Place]:
    early = {meta.name for meta in page.head.metas if not meta.late}
    late = {meta.name: meta.at for meta in reversed(page.head.metas) if meta.late and meta.name in _CARD_NAMES}
    names = sorted(late.keys() - early, key=late.__getitem__)
    if names:
        yield late[names[0]], f"{', '.join(names)} behind the head; move it before </head>"


def _far(page: Page) -> Iterator[Place]:
    far = [meta for meta in page.metas(*_CARD_NAMES) if not meta.late and meta.at > WHATSAPP_HEAD_BYTES // 4]
    if far and (position := len(page.text[: far[-1].at].encode(page.codec, "replace"))) > WHATSAPP_HEAD_BYTES:
        limit = WHATSAPP_HEAD_BYTES >> 10
        yield (
            far[-1].at,
            f"{far[-1].name} stands {position >> 10} KB into the page, of which WhatsApp reads {limit}; move it up",
        )


def _named(page: Page) -> Iterator[Place]:
    right = {meta.name for meta in page.head.metas if meta.attribute == "property"}
    wrong = [meta for meta in page.head.metas if meta.attribute == "name" and meta.name.startswith("og:")]
    names = dict.fromkeys(meta.name for meta in wrong if meta.name not in right)
    if names:
        shown = ", ".join(list(names)[:5])
        yield wrong[0].at, f"{shown}: written with name=, which not every host reads; write property="


def _card_missing(page: Page) -> Iterator[Place]:
    if page.stated("twitter:card") is None:
        yield END, "twitter:card is missing: without it X shows a small card, or none"


def _encoding(page: Page) -> tuple[str, int] | None:
    """The encoding that the first meta declares, and where that tag ends, in bytes."""
    found = next(declarations(page.body[:PRESCAN_BYTES]), None)
    return None if found is None else (found[0].decode("latin-1").strip(), page.body.find(b">", found[1]) + 1)


def _charset_missing(page: Page) -> Iterator[Place]:
    if not _declared(page) and not page.body.isascii() and _encoding(page) is None:
        yield 0, 'no encoding is declared: write <meta charset="utf-8"> first in the head'


def _charset_late(page: Page) -> Iterator[Place]:
    found = None if _declared(page) else _encoding(page)
    if found is not None and found[1] > CHARSET_BYTES:
        yield 0, f"the tag that declares the encoding ends at byte {found[1]}; move it into the first {CHARSET_BYTES}"


def _charset_other(page: Page) -> Iterator[Place]:
    found = _encoding(page)
    if found is not None and found[0].lower() not in ("utf-8", "utf8"):
        yield 0, f"the page declares {found[0]!r} as its encoding; new pages are UTF-8"


def _declared(page: Page) -> bool:
    """Whether the encoding is told before the first tag."""
    return page.body.startswith(_MARKS) or "charset=" in page.content_type.lower()


def _json_ld(page: Page) -> Iterator[Place]:
    for block in page.head.json_ld:
        if len(block.text) >= MAX_BLOCK_CHARS:
            continue  # the scan has cut it
        if not block.text.strip():
            continue
        try:
            json.loads(block.text)
        except ValueError as error:
            yield block.at, f"a JSON-LD block cannot be read: {str(error)[:120]}"
        except RecursionError:
            yield block.at, "a JSON-LD block is nested too deep to be read"


def _robots(page: Page) -> Iterator[Place]:
    for meta in page.metas("robots", "googlebot"):
        for directive in re.sub(r"\s", "", meta.content.lower()).split(",")[:16]:
            if directive in _FORBIDDING:
                yield meta.at, f"{meta.name} says {directive}, which {_FORBIDDING[directive]}"


RULES = (
    Rule("wall", "error", None, _BEST_PRACTICES, _wall),
    Rule("script-only", "error", None, WHATSAPP, _script_only),
    Rule("tags-hidden", "error", None, WHATSAPP, _hidden),
    Rule("tags-empty", "error", None, WHATSAPP, _empty),
    Rule("tags-late", "error", None, WHATSAPP, _late),
    Rule("tags-far", "error", None, WHATSAPP, _far),
    Rule("name-for-property", "warning", None, OGP + "#metadata", _named),
    Rule("charset-missing", "warning", None, HTML_CHARSET, _charset_missing),
    Rule("charset-late", "warning", None, HTML_CHARSET, _charset_late),
    Rule("json-ld-unreadable", "warning", None, _JSON_LD, _json_ld),
    Rule("card-missing", "hint", None, X_MARKUP, _card_missing),
    Rule("charset-other", "hint", None, HTML_CHARSET, _charset_other),
    Rule("robots", "hint", None, _ROBOTS, _robots),
)  # fmt: skip
"""In the order of severity, then of weight."""
