"""Arrays and tables of numpy, pandas and polars as JSON has them, without importing any of the three.

A type is known by its package and its name. Rows are read in slices, when they are asked for; each value keeps the type of
its own column. What is missing (NaT, NA, a masked entry) is None. An index of pandas that says something is kept, as
leading columns: one that has a name, and one that has none but holds other things than integers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from richresp.values.items import Chunked, NoForm, Sized

_TIMEDELTA = re.compile(r"m8\[(\d*)([a-zA-Z]+)\]$")
_ATTOSECONDS = {
    "W": 604_800 * 10**18,
    "D": 86_400 * 10**18,
    "h": 3_600 * 10**18,
    "m": 60 * 10**18,
    "s": 10**18,
    "ms": 10**15,
    "us": 10**12,
    "ns": 10**9,
    "ps": 10**6,
    "fs": 10**3,
    "as": 1,
}


def iso_duration(attoseconds: int) -> str:
    """A duration by ISO 8601, exact, with days as its largest unit: `P1DT2H3M4.5S`; `-` before it where it is negative."""
    sign, rest = ("-", -attoseconds) if attoseconds < 0 else ("", attoseconds)
    parts = []
    for unit in ("D", "h", "m"):
        count, rest = divmod(rest, _ATTOSECONDS[unit])
        parts.append(f"{count}{unit.upper()}" if count else "")
    seconds, fraction = divmod(rest, 10**18)
    if rest:
        parts.append(f"{seconds}.{fraction:018}".rstrip("0").rstrip(".") + "S")
    days, clock = parts[0], "".join(parts[1:])
    return f"{sign}P{days}T{clock}" if clock else f"{sign}P{days or 'T0S'}"


def timedelta_text(value: Any) -> str:
    """A timedelta by ISO 8601, with the nanoseconds that those of pandas have."""
    microseconds = (value.days * 86_400 + value.seconds) * 10**6 + value.microseconds
    return iso_duration(microseconds * 10**12 + getattr(value, "nanoseconds", 0) * 10**9)


def _missing(_: Any) -> None:
    """What stands where nothing is."""


def _numpy_scalar(value: Any) -> Any:
    item = value.item()
    if type(item) is not type(value):
        return item
    # Python has nothing as wide as a long double, so that item() gives it back.
    return complex(value) if value.dtype.kind == "c" else float(value)


def _numpy_record(value: Any) -> Any:
    names = value.dtype.names
    return value.item() if names is None else {name: value[name] for name in names}


def _numpy_datetime(value: Any) -> str | None:
    text = str(value)
    return None if text == "NaT" else text


def _numpy_timedelta(value: Any) -> str | int | None:
    if str(value) == "NaT":
        return None
    found = _TIMEDELTA.search(value.dtype.str)
    count = int(value.astype("int64"))
    if found is None:
        return count
    count *= int(found[1] or 1)
    if found[2] in _ATTOSECONDS:
        return iso_duration(count * _ATTOSECONDS[found[2]])
    return f"{'-' if count < 0 else ''}P{abs(count)}{found[2]}"


def _numpy_array(value: Any) -> Any:
    # item() of a masked array gives what the mask hides.
    return Sized(len(value), value.__getitem__) if value.shape else value[()]


def _numpy_matrix(value: Any) -> Any:
    """The array of a matrix, whose rows are matrices again, without end."""
    return _numpy_array(value.A)


def _pandas_frame(value: Any) -> Chunked:
    index = value.index
    labelled = any(name is not None for name in index.names) or index.dtype.kind not in "iu"
    head = value.iloc[:0]
    if labelled:
        try:
            head = head.reset_index()
        except (TypeError, ValueError) as error:
            raise NoForm("the index of a DataFrame has no place beside its columns; rename it, or drop it") from error
    if not head.columns.is_unique:
        raise NoForm("a DataFrame has two columns of the same name; rename one of them")

    def load(start: int, stop: int) -> list[Any]:
        part = value.iloc[start:stop]
        rows: list[Any] = (part.reset_index() if labelled else part).to_dict("records")
        return rows or [{} for _ in range(start, stop)]  # pandas 2 has no records of rows without columns

    return Chunked(len(value), load)


def _pandas_series(value: Any) -> Any:
    index = value.index
    if type(index).__name__ == "RangeIndex":
        return Chunked(len(value), lambda start, stop: value.iloc[start:stop].tolist())
    if index.nlevels > 1 or not index.is_unique:
        raise NoForm("a Series whose labels are no unique names has no JSON form; call reset_index() first")
    return value.to_dict()


def _pandas_array(value: Any) -> Chunked:
    return Chunked(len(value), lambda start, stop: value[start:stop].tolist())


def _polars_frame(value: Any) -> Chunked:
    return Chunked(value.height, lambda start, stop: value.slice(start, stop - start).to_dicts())


def _polars_series(value: Any) -> Chunked:
    return Chunked(len(value), lambda start, stop: value.slice(start, stop - start).to_list())


def _polars_lazy(_: Any) -> Any:
    raise NoForm("a LazyFrame holds no rows yet; call collect() first")


FORMS: dict[tuple[str, str], Callable[[Any], Any]] = {
    ("numpy", "MaskedConstant"): _missing,
    ("numpy", "datetime64"): _numpy_datetime,
    ("numpy", "generic"): _numpy_scalar,
    ("numpy", "matrix"): _numpy_matrix,
    ("numpy", "mvoid"): _numpy_record,
    ("numpy", "ndarray"): _numpy_array,
    ("numpy", "timedelta64"): _numpy_timedelta,
    ("numpy", "void"): _numpy_record,
    ("pandas", "DataFrame"): _pandas_frame,
    ("pandas", "ExtensionArray"): _pandas_array,
    ("pandas", "Index"): _pandas_array,
    ("pandas", "Interval"): str,
    ("pandas", "NAType"): _missing,
    ("pandas", "NaTType"): _missing,
    ("pandas", "Period"): str,
    ("pandas", "Series"): _pandas_series,
    ("polars", "DataFrame"): _polars_frame,
    ("polars", "LazyFrame"): _polars_lazy,
    ("polars", "Series"): _polars_series,
}
"""How a type is adapted, by its package and its name. The nearest of a type's bases counts."""
