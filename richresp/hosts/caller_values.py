"""What one hint says, read by the rule for its kind. A reader takes anything and returns None for what is not of that kind."""

from __future__ import annotations

import json
import re
import unicodedata
import zoneinfo
from collections.abc import Callable
from typing import Any

from richresp.limits.hosts import (
    MAX_HINT_CHARS,
    MAX_ID_CHARS,
    MAX_LANGUAGES,
    MAX_LOCALE_CHARS,
    MAX_PLACE_CHARS,
    MAX_ZONE_CHARS,
)
from richresp.text import one_line

SUBDIVISION = "openai-subdivision-1-iso-code"
_SUBDIVISION = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")  # ISO 3166-2, and the country alone
_PART = re.compile(r"[A-Z0-9]{1,3}")
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")  # RFC 5646, 2.1; neither grandfathered nor only private
_RANGE = re.compile(r"([A-Za-z0-9*-]+)[ \t]*(?:;[ \t]*[qQ]=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?")  # RFC 9110, 12.4.2
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9][A-Za-z0-9_+-]*){0,2}")
_NO_ZONES = frozenset(
    ("factory", "localtime", "posix", "posixrules", "right")
)  # files and folders beside those of the zones
_ID = re.compile(r"[\x21-\x7e]+")


def as_subdivision(value: Any) -> str | None:
    """The code of a country or of its subdivision; also in the JSON object `{"openai-subdivision-1-iso-code": "US-CA"}`."""
    text = _brief(value, MAX_HINT_CHARS)
    if text is not None and text[0] in '{"':
        text = _brief(_in_json(text), MAX_HINT_CHARS)
    code = None if text is None or not text.isascii() else text.upper()
    return code if code is not None and _SUBDIVISION.fullmatch(code) else None


def as_country(value: Any) -> str | None:
    """The code of a country."""
    code = as_subdivision(value)
    return code if code is not None and len(code) == 2 else None


def subdivision_in(country: str | None, region: str | None) -> str | None:
    """The code of a region that is told by code, in capitals or in small letters: whole, or the part behind that of its country."""
    if region is None or country is None:
        return None
    region = region.upper() if region.isascii() and region.islower() else region
    code = region if region.startswith(f"{country}-") else f"{country}-{region}"
    return code if _PART.fullmatch(code[3:]) else None


def as_locale(value: Any) -> str | None:
    """A language tag in the case that RFC 5646, 2.1.1, recommends. An underscore counts as a hyphen, as in POSIX."""
    text = _brief(value, MAX_LOCALE_CHARS)
    if text is None or not _TAG.fullmatch(tag := text.replace("_", "-")):
        return None
    language, *others = tag.lower().split("-")
    cased, single = [language], False
    for part in others:
        cased.append(part if single else part.upper() if len(part) == 2 else part.title() if _is_script(part) else part)
        single = single or len(part) == 1
    return "-".join(cased)


def as_languages(value: Any) -> str | None:
    """The language of an Accept-Language header with the highest quality; of several the first."""
    text = _brief(value, MAX_HINT_CHARS)
    best, quality = None, 0.0
    for entry in [] if text is None else text.split(",")[:MAX_LANGUAGES]:
        match = _RANGE.fullmatch(entry.strip(" \t"))
        if match is None:
            continue
        weight, tag = float(match[2] or 1), as_locale(match[1])
        if tag is not None and weight > quality:
            best, quality = tag, weight
    return best


def as_zone(value: Any) -> str | None:
    """A name of the tz database; where none is installed, what may be one."""
    text = _brief(value, MAX_ZONE_CHARS)
    if text is None or not _ZONE.fullmatch(text) or text.partition("/")[0].lower() in _NO_ZONES:
        return None
    return text if _is_zone(text) else None


def as_id(value: Any) -> str | None:
    """An opaque name: visible ASCII."""
    text = _brief(value, MAX_ID_CHARS)
    return text if text is not None and _ID.fullmatch(text) else None


def as_name(value: Any) -> str | None:
    """The name of a place, in any script, without anything that is not seen."""
    text = _brief(value, MAX_PLACE_CHARS)
    if text is None or any("\ud800" <= char <= "\udfff" for char in text):
        return None
    seen = one_line(text)
    return seen if seen == unicodedata.normalize("NFC", text) else None


def as_coordinate(most: float) -> Callable[[Any], float | None]:
    """What reads degrees from `-most` to `most`."""

    def read(value: Any) -> float | None:
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return float(value) if is_number and abs(value) <= most else None  # what is no number is not smaller either

    return read


def _brief(value: Any, most: int) -> str | None:
    """A text that is neither empty nor longer than its kind may be."""
    return value if isinstance(value, str) and 0 < len(value) <= most else None


def _in_json(text: str) -> object:
    """The code in a JSON string, or under its name in an object; None where there is none."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return value
    return next((code for name, code in value.items() if name.lower() == SUBDIVISION), None)


def _is_script(part: str) -> bool:
    return len(part) == 4 and part.isalpha()


def _is_zone(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return name != "UTC" and not _is_zone("UTC")
    return True
