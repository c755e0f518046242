"""Which values a preview or an error may have that comes out of a cache: those that a page could have had us store, and no others.

Their types are checked before, and that the text is clean. Whoever can write to a cache can put other words on a card, as every
page can; but no address that `links.urls` takes from no page, no wall that there is not, and no text without an end.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from richresp.exceptions import DeadlineExceeded, FetchError
from richresp.limits.links import MAX_FIELD_CHARS
from richresp.links.model import CARD, Icon, Image
from richresp.links.urls import is_normal, may_be_stated

_OWN = frozenset(("final_url", "redirects"))
"""Addresses that were asked for, under the policy of whoever did; all others are claims of the page."""
_STATED = frozenset(("canonical_url", "icon", "image", "oembed", "og_url", "url"))
_STATUSES = range(100, 1_000)
"""All that three digits can say: LinkedIn's 999 is real."""
_WALLS = frozenset((None, "consent", "challenge", "login", "script"))
_CARD = frozenset(CARD)
_NUMBERS = range(1 << 31)


def is_sound_preview(values: Mapping[str, Any]) -> bool:
    """Whether a page could have had us store these values of a preview."""
    final_url = values["final_url"]
    return (
        all(map(is_normal, (final_url, *values.get("redirects", ()))))
        and values.get("wall") in _WALLS
        and (values.get("status") is None or values["status"] in _STATUSES)
        and (values.get("elapsed") or 0.0) >= 0.0
        and values.get("sources", {}).keys() <= _CARD
        and all(_is_sound(name, value, final_url) for name, value in values.items() if name not in _OWN)
    )


def is_sound_error(kind: type[Exception], values: Mapping[str, Any]) -> bool:
    """Whether these are values of an error that is stored at all, with a short reason."""
    return (
        issubclass(kind, FetchError)
        and not issubclass(kind, DeadlineExceeded)
        and (values.get("status") is None or values["status"] in _STATUSES)
        and all(_is_sound(name, value, "") for name, value in values.items())
    )


def _is_sound(name: str, value: Any, base: str) -> bool:
    if isinstance(value, str):
        return may_be_stated(value, base) if name in _STATED else len(value) <= MAX_FIELD_CHARS
    if isinstance(value, tuple):
        return all(_is_sound(name, each, base) for each in value)
    if isinstance(value, (Image, Icon)):
        named = [(each, getattr(value, each)) for each in value.__slots__]
        return all(_is_sound(part, told, base) for part, told in named)
    if isinstance(value, Mapping):
        return all(len(each) <= MAX_FIELD_CHARS for each in value.values())
    return type(value) is not int or value in _NUMBERS
