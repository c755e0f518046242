"""What the author of a page should fix so that its card shows everywhere.

Each rule stands on documentation of a host or a standard, and is applied to the bytes as they are: no network, no script. That
richresp reads a page well is no excuse for it; the rules speak of what other hosts document.
"""

from __future__ import annotations

from itertools import islice

from richresp.decode import decode
from richresp.limits.audit import MAX_AUDIT_PLACES
from richresp.limits.links import MAX_FIELD_CHARS
from richresp.links.extracting import given
from richresp.links.media import kind_of
from richresp.links.rules import addresses, document, images, words
from richresp.links.rules.rule import Finding, Page, Rule
from richresp.links.scan import scan
from richresp.links.urls import absolute, page_address
from richresp.links.walls import wall_of

_ORDER = {"error": 0, "warning": 1, "hint": 2}

RULES: tuple[Rule, ...] = (*document.RULES, *words.RULES, *images.RULES, *addresses.RULES)
"""All rules. Of findings at the same place, the one of the earlier rule comes first."""


def audit(body: bytes | bytearray | memoryview, *, url: str, content_type: str | None = None) -> list[Finding]:
    """What to fix in a page: errors first, then warnings, then hints, each in the order of the document.

    A rule has at most four findings; what is missing comes behind what is there. A page behind a wall has that one finding, and
    what is no page at all has none.

    Args:
        body: the page as served; it may be cut anywhere.
        url: where it came from, after redirects.
        content_type: the header of that name, which may name the encoding.

    Raises:
        InvalidURL: if `url` is not an absolute http or https URL.
        UsageError: if an argument is of another type.
    """
    body = given(body, content_type)
    final = page_address(url)
    if kind_of(body, content_type) is not None:
        return []
    page = _page(body, final, content_type)
    rules = RULES if page.wall in (None, "script") else document.RULES[:1]
    found = [
        (_ORDER[rule.severity], at, rank, Finding(rule.name, rule.severity, rule.field, message, rule.source))
        for rank, rule in enumerate(rules)
        for at, message in islice(rule.check(page), MAX_AUDIT_PLACES)
    ]
    return [finding for *_, finding in sorted(found, key=lambda item: item[:3])]


def _page(body: bytes, url: str, content_type: str | None) -> Page:
    text, codec = decode(body, content_type)
    head = scan(text)
    head.metas = [meta._replace(content=meta.content[:MAX_FIELD_CHARS]) for meta in head.metas]
    base = absolute(head.base, url) if head.base else None
    return Page(url, base or url, body, text, codec, content_type or "", head, wall_of(head, text, url))
