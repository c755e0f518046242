"""What a reader of a record wants to see first: its name, then its facts and its content, and last what only machines
read. By the form of a value, and by names that are in common use; judged by eye on some twenty real kinds of answers.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from itertools import islice
from typing import Any

from richresp.exceptions import InvalidPayload
from richresp.limits.shape import STAKE, TITLE_CHARS
from richresp.shaping.estimate import divisible, is_divisible, is_url
from richresp.shaping.reader import Child, Reader
from richresp.values.plain import is_list

_WORDS_WEIGHT = 0.5
_SHORT_COST = 12
_SHORT_CODE = 20
_LONG_NAME = 40
_MANY_NUMBERS = 8
_MOST_POINT = 4


class Standing(IntEnum):
    """Where a field stands among its neighbours."""

    LEAD = 0
    FACT = 1
    CONTENT = 2
    PLAIN = 3
    LATE = 4


_LEAD = frozenset([
    "title", "name", "summary", "subject", "headline", "label", "displayname", "login", "username", "fullname",
    "firstname", "lastname", "event", "number", "question",
])  # fmt: skip
_FACT = frozenset([
    "id", "key", "status", "state", "severity", "priority", "level", "amount", "price", "total", "totalprice",
    "quantity", "currency", "date", "time", "datetime", "timestamp", "start", "end", "createdat", "opened",
    "published", "version", "latest", "score", "author", "email", "query", "message", "text", "description", "body",
    "snippet", "content", "note", "value", "mag", "place", "city", "country", "type",
])  # fmt: skip
_FACT_ENDING = re.compile(
    r"[_-](?:name|title|date|time|at|on|amount|price|total|status|state)$"
    r"|[a-z](?:Name|Title|Date|Time|At|On|Amount|Price|Total|Status|State)$"
)
_PAGE = frozenset([
    "url", "htmlurl", "weburl", "pageurl", "link", "href", "homepage", "permalink",
])  # fmt: skip
_LATE = frozenset([
    "etag", "nodeid", "gravatarid", "token", "accesstoken", "authorization", "sha", "sha1", "sha256", "shasum",
    "hash", "checksum", "digest", "md5", "integrity", "signature", "signatures", "sig", "keyid", "embedding",
    "embeddings", "vector", "vectors", "admingraphqlapiid", "icaluid", "sequence", "rev", "githead", "useragent",
    "browserip", "changeset", "generationtimems", "utcoffsetseconds", "presentmentmoney", "siteadmin",
    "userviewtype", "reactions", "thumbnail", "thumbnails", "favicon", "icon", "icons", "avatar", "iconuri",
    "nextsynctoken", "appid", "links", "crs", "bbox", "ids", "types", "nextpagetoken",
])  # fmt: skip
_LATE_ENDING = re.compile(r"(?:token|hash|checksum|graphql_api_id)$", re.IGNORECASE)
_FOLD = re.compile(r"[^a-z0-9]+")
_OPAQUE = re.compile(r"(?!\d{4}-\d\d-\d\d)[A-Za-z0-9+/=_:.-]{20,}")
_API = re.compile(r"[a-z]+://(?:api\.|[^/]*/(?:[^?]*/)?api/)|\{", re.IGNORECASE)


def standing(child: Child, reader: Reader) -> Standing:
    """Where a field of a record stands."""
    value = child.value
    name = _short(child.name or "")
    by_name = _by_name(name)
    if value is None or by_name is Standing.LATE:
        return Standing.LATE
    if isinstance(value, str):
        return _of_text(value, name, by_name)
    if isinstance(value, (bool, int, float)):
        return by_name
    if reader.total(value, child.state) == 0 or _is_grid(child, reader):
        return Standing.LATE
    return min(by_name, Standing.CONTENT)


def is_late(name: str, value: Any, reader: Reader) -> bool:
    """Whether a field is late, of a value that `measure` found plain and no path leads into."""
    if value is None:
        return True
    name = _short(name)
    by_name = _by_name(name)
    if by_name is Standing.LATE:
        return True
    if type(value) is str:
        if value and len(value) < _SHORT_CODE and "://" not in value[:_MANY_NUMBERS]:
            return False
        return _of_text(value, name, by_name) is Standing.LATE
    if type(value) is dict:
        return not value
    return isinstance(value, (list, tuple)) and (not value or _is_grid(Child(0, name, value), reader))


def weight(child: Child, cost: float, reader: Reader) -> float:
    """What puts a field behind those of the same standing: its cost if it is no short one, words before codes."""
    value = child.value
    if is_divisible(child, reader):
        return min(cost, STAKE)
    cost *= _WORDS_WEIGHT if isinstance(value, str) and " " in value else 1
    return cost if cost > _SHORT_COST else 0


def is_unit(child: Child, reader: Reader) -> bool:
    """Whether half of a value would be worse than none: the title of a record, a point, a range."""
    value = child.value
    if isinstance(value, str):
        return len(value) <= TITLE_CHARS and child.name is not None and standing(child, reader) is Standing.LEAD
    first = _first(child, reader, _MOST_POINT + 1)
    return 1 < len(first) <= _MOST_POINT and all(_is_number(inner.value) for inner in first)


def _of_text(value: str, name: str, by_name: Standing) -> Standing:
    if not value:
        return Standing.LATE
    if "://" in value[:_MANY_NUMBERS] and is_url(value):
        return Standing.PLAIN if _fold(name) in _PAGE and not _API.match(value) else Standing.LATE
    if len(value) >= _SHORT_CODE and " " not in value and by_name is not Standing.LEAD and _is_opaque(value, name):
        return Standing.LATE
    return min(by_name, Standing.CONTENT) if divisible(value) else by_name


def _is_opaque(value: str, name: str) -> bool:
    """Whether a string is a digest, a token or a UUID that is no id: a sixth of it digits, and no words."""
    if not _OPAQUE.fullmatch(value[: 2 * _LONG_NAME]) or _fold(name) == "id":
        return False
    return 6 * sum(char.isdigit() for char in value[: 2 * _LONG_NAME]) >= min(len(value), 2 * _LONG_NAME)


def _is_grid(child: Child, reader: Reader) -> bool:
    """Whether a list is one of many points: the coordinates of a shape."""
    inner, depth = _first(child, reader, 1), 0
    while inner and is_list(inner[0].value) and depth < _MOST_POINT:
        inner, depth = _first(inner[0], reader, _MOST_POINT), depth + 1
    return depth > 0 and len(inner) > 1 and all(_is_number(number.value) for number in inner)


def _first(child: Child, reader: Reader, count: int) -> list[Child]:
    """The first items of a list; none of what is no list."""
    if not is_list(child.value):
        return []
    try:
        return list(islice(reader.children(child.value, child.state, str), count))
    except InvalidPayload:  # raised again, with its place, when the value is to be shown
        return []


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _short(name: str) -> str:
    """A name that may be remembered; a longer one says nothing."""
    return name if len(name) <= _LONG_NAME else ""


@lru_cache(maxsize=4_096)
def _by_name(name: str) -> Standing:
    folded = _fold(name)
    if folded in _LATE or _LATE_ENDING.search(name):
        return Standing.LATE
    if folded in _LEAD:
        return Standing.LEAD
    return Standing.FACT if folded in _FACT or _FACT_ENDING.search(name) else Standing.PLAIN


@lru_cache(maxsize=4_096)
def _fold(name: str) -> str:
    return _FOLD.sub("", name.lower())
