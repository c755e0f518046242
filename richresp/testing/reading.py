"""What a handler returned, taken apart: the text, its format, its notice, and the values that it shows."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, NoReturn

OPENING = "Shortened"
_KEY = re.compile(r"_notice(_[1-9][0-9]*)?")
_CURSOR = re.compile(r"\bcursor ([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)")


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
    kind = format or own or _guessed(text, payload)
    if kind == "json":
        value = _strict(text)
        value, line = _without_notice(value, payload)
    else:
        value = None
        line = next((line for line in text.split("\n")[:1] if line.lstrip('"').startswith(OPENING)), None)
    if not isinstance(output, str):
        line = getattr(output, "notice", line)
        if kind != "json":
            return Answer(text, kind, getattr(output, "data", None), known=True, notice=line)
    return Answer(text, kind, value, known=kind == "json", notice=line)


def _guessed(text: str, payload: object) -> str:
    first = text.lstrip()[:1]
    if isinstance(payload, str) and first != '"':
        return "text"
    if first in {"{", "["}:
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
