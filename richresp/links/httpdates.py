"""Dates in header fields (RFC 9110, 5.6.7): the form that is written today and the two obsolete ones, in any case of letters.

What is written otherwise is no date: RFC 9111, 4.2, has caches refuse other zones than GMT, and take a bad date for long ago.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

_DAY = "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = f"({'|'.join(_MONTHS)})"
_TIME = "([0-9]{2}):([0-9]{2}):([0-9]{2})"
_IMF = re.compile(f"{_DAY}, ([0-9]{{2}}) {_MONTH} ([0-9]{{4}}) {_TIME} gmt", re.IGNORECASE | re.ASCII)
_RFC850 = re.compile(f"{_DAY}, ([0-9]{{2}})-{_MONTH}-([0-9]{{2}}) {_TIME} gmt", re.IGNORECASE | re.ASCII)
_ASCTIME = re.compile(f"{_DAY} {_MONTH} ([0-9]{{2}}| [0-9]) {_TIME} ([0-9]{{4}})", re.IGNORECASE | re.ASCII)
_MAX_CHARS = 40
_CENTURY_AHEAD = 50


def parse_http_date(text: str, now: float) -> float | None:
    """Seconds since the epoch of an HTTP date, None for what is none.

    Args:
        text: the value of the field.
        now: seconds since the epoch. A year of two digits that seems more than 50 years ahead of it is one of the past.
    """
    text = text.strip(" \t")
    if len(text) > _MAX_CHARS:
        return None
    if match := _IMF.fullmatch(text) or _RFC850.fullmatch(text):
        day, month, year, *clock = match.groups()
    elif match := _ASCTIME.fullmatch(text):
        month, day, *clock, year = match.groups()
    else:
        return None
    hours, minutes, seconds = map(int, clock)
    number = int(year) if len(year) == 4 else _full_year(int(year), now)
    try:
        at = datetime(
            number, _MONTHS.index(month.lower()) + 1, int(day), hours, minutes, min(seconds, 59), tzinfo=UTC
        )  # 60 is a leap second, of which the clock knows nothing
    except ValueError:
        return None
    return at.timestamp() if seconds <= 60 else None


def _full_year(digits: int, now: float) -> int:
    this = int(1970 + now / 31_556_952)
    year = this - this % 100 + digits
    return year - 100 if year > this + _CENTURY_AHEAD else year
