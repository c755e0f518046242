"""Rules on text: title, description, name of the site, type and language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from richresp.limits.audit import CARD_DESCRIPTION_CHARS, CARD_TITLE_CHARS
from richresp.links.rules.rule import (
    FACEBOOK,
    HTML_ATTRIBUTES,
    OGP,
    WHATSAPP,
    X_LARGE,
    X_MARKUP,
    Page,
    Place,
    Rule,
    quoted,
    says,
)
from richresp.links.rules.rule import NOWHERE as END

_LOCALE = re.compile(r"[a-z]{2,3}_[A-Z]{2}")
_REFERENCE = re.compile(
    r"&(?:#[0-9]{1,8}|#[xX][0-9A-Fa-f]{1,7}|amp|lt|gt|quot|apos|nbsp|[lr]squo|[lr]dquo|[mn]dash|hellip);"
)
_END_TAG = re.compile(r"</[A-Za-z][A-Za-z0-9]{0,15}\s*+>|<br\s*+/?>")
_DASHES = "-–—:"
_BARS = "|·•»"
_SINGLE = ("og:title", "og:description", "og:site_name", "og:type")
_TEXTS = ("og:title", "og:description", "og:site_name", "description", "twitter:title", "twitter:description")


def _none(names: tuple[str, ...], message: str, *, title: bool = False) -> Callable[[Page], Iterator[Place]]:
    def check(page: Page) -> Iterator[Place]:
        if page.stated(*names) is None and not (title and says(page.head.title or "")):
            yield END, message

    return check


def _title_not_og(page: Page) -> Iterator[Place]:
    if page.stated("og:title") is None:
        other = page.stated("twitter:title")
        if other is not None or says(page.head.title or ""):
            yield END, f"og:title is missing; not every host falls back to {other.name if other else '<title>'}"


def _description_not_og(page: Page) -> Iterator[Place]:
    other = page.stated("description", "twitter:description")
    if page.stated("og:description") is None and other is not None:
        yield END, f"og:description is missing; not every host falls back to {other.name}"


def _placeholder(page: Page) -> Iterator[Place]:
    for meta in page.metas(*_TEXTS):
        if says(meta.content) is None:
            yield meta.at, f"{meta.name} is {quoted(meta.content)}, which was meant to be filled"


def _escaped_twice(page: Page) -> Iterator[Place]:
    for meta in page.metas(*_TEXTS):
        if found := _REFERENCE.search(meta.content):
            yield meta.at, f"{meta.name} is escaped twice: hosts show {quoted(found[0])} as it stands"


def _markup(page: Page) -> Iterator[Place]:
    for meta in page.metas(*_TEXTS):
        if found := _END_TAG.search(meta.content):
            yield (
                meta.at,
                f"{meta.name} holds markup, {quoted(found[0])}, which hosts show as it stands; write plain text",
            )


def _too_long(names: tuple[str, ...], most: int) -> Callable[[Page], Iterator[Place]]:
    def check(page: Page) -> Iterator[Place]:
        meta = next((found for name in names if (found := page.stated(name))), None)
        text = says(meta.content) if meta else None
        if meta and text and len(text) > most:
            yield (
                meta.at,
                f"{meta.name} has {len(text)} characters, of which X takes {most}; say the most important first",
            )

    return check


def _branded(page: Page) -> Iterator[Place]:
    title, site = page.stated("og:title"), page.stated("og:site_name")
    if title is None or site is None:
        return
    text, name = says(title.content) or "", says(site.content) or ""
    before = text.removesuffix(name)
    *_, blank, sign = " ", " ", *before.rstrip()
    # A hyphen within a word, as in Web-Site, separates nothing.
    apart = sign in _BARS or (sign in _DASHES and (blank.isspace() or (sign != "-" and before[-1].isspace())))
    if name and before != text and apart:
        yield title.at, f"og:title ends with the name of the site, {quoted(name)}, which og:site_name says already"


def _repeated(page: Page) -> Iterator[Place]:
    title, description = page.stated("og:title"), page.stated("og:description")
    if title and description and says(title.content) == says(description.content):
        yield description.at, "og:description says what og:title says; describe the page"


def _conflicting(page: Page) -> Iterator[Place]:
    for name in _SINGLE:
        values = {says(meta.content): meta.at for meta in reversed(list(page.metas(name)))}
        values.pop(None, None)
        if len(values) > 1:
            at = sorted(values.values())[1]
            yield (
                at,
                f"{name} is there with {len(values)} different values; hosts take the first, so leave out the others",
            )


def _locale(page: Page) -> Iterator[Place]:
    for meta in page.metas("og:locale"):
        if not _LOCALE.fullmatch(meta.content.strip()):
            yield meta.at, f"og:locale is {quoted(meta.content)}; write language_TERRITORY, as in en_US"


RULES = (
    Rule("title-missing", "error", "title", OGP,
         _none(("og:title", "twitter:title"), "the page has no title: give og:title and <title>", title=True)),
    Rule("description-missing", "error", "description", WHATSAPP,
         _none(("og:description", "description", "twitter:description"), "the page has no og:description")),
    Rule("text-placeholder", "error", None, WHATSAPP, _placeholder),
    Rule("title-not-og", "warning", "title", WHATSAPP, _title_not_og),
    Rule("description-not-og", "warning", "description", WHATSAPP, _description_not_og),
    Rule("text-escaped-twice", "warning", None, HTML_ATTRIBUTES, _escaped_twice),
    Rule("text-markup", "warning", None, OGP + "#data_types", _markup),
    Rule("text-conflicting", "warning", None, OGP + "#array", _conflicting),
    Rule("title-long", "warning", "title", X_MARKUP, _too_long(("twitter:title", "og:title"), CARD_TITLE_CHARS)),
    Rule("description-long", "hint", "description", X_MARKUP,
         _too_long(("twitter:description", "og:description"), CARD_DESCRIPTION_CHARS)),
    Rule("description-repeats", "hint", "description", X_LARGE, _repeated),
    Rule("title-branded", "hint", "title", FACEBOOK, _branded),
    Rule("site-name-missing", "hint", "site_name", OGP + "#optional",
         _none(("og:site_name",), "og:site_name is missing: hosts show it above the title")),
    Rule("type-missing", "hint", None, OGP + "#metadata", _none(("og:type",), 'og:type is missing: "article" or "website"')),
    Rule("locale-form", "hint", None, OGP + "#optional", _locale),
)  # fmt: skip
"""In the order of severity, then of weight."""
