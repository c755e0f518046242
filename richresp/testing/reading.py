"""What a handler returned, taken apart: the text, its format, its notice, and the values that it shows."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, NoReturn

_OPENING = "Shortened"
_KEY = re.compile(r"_notice(_[1-9][0-9]*)?")
_CURSOR = re.compile(r"\bcursor ([A-Za-z0-9_-]+)")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_RULE = re.compile(r"\|?(?: *:?-+:? *\|)* *:?-+:? *\|?")
_BAR = re.compile(r"(?<!\\)\|")


class Fault(AssertionError):
    """What is wrong with an output, and what its handler should do about it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An output.

    Attributes:
        text: what the model reads.
        format: "json", "markdown", "csv", "tsv" or "text".
        value: what it shows, as values without the notice; None where only the text is known.
        known: whether `value` is.
        notice: the line that tells what is missing.
    """

    text: str
    format: str
    value: Any
    known: bool
    notice: str | None

    @property
    def cursor(self) -> str | None:
        """The cursor that the notice names."""
        match = None if self.notice is None else _CURSOR.search(self.notice)
        return None if match is None else match[1]


def read(output: object, format: str | None, payload: object) -> Answer:  # noqa: A002  # the word of the field
    """Takes an output apart.

    Args:
        output: text, or a result of `shape` or `shape_parts`.
        format: of the text, if the output does not say it.
        payload: as JSON-native values; what it has under the key of a notice is no notice.

    Raises:
        Fault: for what is not in its format.
    """
    text = output if isinstance(output, str) else getattr(output, "text", None)
    if not isinstance(text, str):
        raise Fault(
            f"the output is a {type(output).__name__}: give the text that the model reads, or what shape returned; of a "
            "response of a framework, its body as text"
        )
    own = None if isinstance(output, str) else getattr(output, "format", None)
    kind = format or own or _guessed(text)
    if kind == "json":
        value = _strict(text)
        value, line = _without_notice(value, payload)
    else:
        value = None
        line = next((line for line in text.split("\n")[:1] if line.lstrip('"').startswith(_OPENING)), None)
        _CHECKS.get(kind, _nothing)(text)
    if not isinstance(output, str):
        line = getattr(output, "notice", line)
        if kind != "json":
            return Answer(text, kind, getattr(output, "data", None), known=True, notice=line)
    return Answer(text, kind, value, known=kind == "json", notice=line)


def _guessed(text: str) -> str:
    if text.lstrip()[:1] in {"{", "["}:
        return "json"
    try:
        json.loads(text)
    except ValueError:
        return "text"
    return "json"


def _strict(text: str) -> Any:
    try:
        text.encode()
        value = json.loads(text, object_pairs_hook=_no_doubles, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise Fault(
            f"the text has a lone surrogate at character {error.start}, which no UTF-8 holds: return what shape wrote, or "
            "replace it before"
        ) from None
    except json.JSONDecodeError as error:
        around = text[max(0, error.pos - 30) : error.pos + 30]
        raise Fault(
            f"the text is not JSON: {error.msg} at character {error.pos:,} of {len(text):,}, near {around!r}. Nothing may be "
            "cut off, put before or put behind what shape returned; markdown needs format='markdown' here"
        ) from None
    return value


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entries = dict(pairs)
    if len(entries) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise Fault(
            f"an object has the key {double!r} twice, and readers differ on which one counts: build it as a dict"
        )
    return entries


def _no_constant(name: str) -> NoReturn:
    raise Fault(
        f"the text has {name}, which is not JSON: pass the payload to shape, which writes null, or allow_nan=False"
    )


def _without_notice(value: Any, payload: Any) -> tuple[Any, str | None]:
    """The value, and the notice in it: under the first key of a dict, or as a first item, that the payload has not."""
    holder = value[0] if isinstance(value, list) and value else value
    name = next(iter(holder), "") if isinstance(holder, dict) else ""
    line = holder[name] if _KEY.fullmatch(name) else None
    if not isinstance(line, str) or (isinstance(value, list) and len(holder) > 1):
        return value, None
    if isinstance(value, dict):
        own = isinstance(payload, dict) and name in payload
        return (value, None) if own else ({key: inner for key, inner in value.items() if key != name}, line)
    own = isinstance(payload, list) and bool(payload) and payload[0] == holder
    return (value, None) if own else (value[1:], line)


def _markdown(text: str) -> None:
    """A fence that is never closed swallows the rest; a row with other cells than its head is no table any more."""
    opened = None
    for match in _FENCE.finditer(text):
        ticks = match[1]
        if opened is None:
            opened = ticks
        elif ticks[0] == opened[0] and len(ticks) >= len(opened):
            opened = None
    if opened is not None:
        raise Fault(
            "a code fence is opened and never closed, so all that follows is code: cut with shape, not by slicing"
        )
    lines = text.split("\n")
    for number, line in enumerate(lines[1:], 1):
        if "|" in line and "-" in line and _RULE.fullmatch(line.strip()) and "|" in lines[number - 1]:
            _rows(lines, number)


def _rows(lines: list[str], rule: int) -> None:
    columns = _cells(lines[rule])
    for number in range(rule + 1, len(lines)):
        if "|" not in lines[number]:
            return
        found = _cells(lines[number])
        if found != columns:
            raise Fault(
                f"line {number + 1} has {found} cells under a head of {columns}: {lines[number][:60]!r}. Bars in cells are "
                "escaped by richresp.markdown.table, and rows are never cut by slicing"
            )


def _cells(line: str) -> int:
    return len(_BAR.split(line.strip().removeprefix("|").removesuffix("|")))


def _csv(text: str, delimiter: str = ",") -> None:
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Fault(f"the text is not CSV: {error}. Nothing may be cut off what shape returned") from None
    if rows and len(rows[0]) == 1 and rows[0][0].startswith(_OPENING):
        del rows[0]
    sizes = {len(row) for row in rows if row}
    if len(sizes) > 1:
        raise Fault(f"the rows have {min(sizes)} to {max(sizes)} fields: cut with shape, which never cuts a row")


def _nothing(text: str) -> None:
    text.encode()


_CHECKS: dict[str, Callable[[str], None]] = {"markdown": _markdown, "csv": _csv, "tsv": partial(_csv, delimiter="\t")}
