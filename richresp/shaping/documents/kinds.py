"""Whether a plain text is prose, or code, a log or data of which every line stands for itself."""

from __future__ import annotations

import re
from typing import Literal

from richresp.limits.documents import KIND_SAMPLE

_CODE = re.compile(
    r"(?:\t| {2,}).*\S|.*[{}\[\];=(|\\]\s*$|\s*(?:#|//|/\*|\*/?|--|@|<[/!?\w])|\s*[\w.\"'-]+\s*[:=(]\s*\S*$"
)
_LOG = re.compile(
    r"\[?\d{4}[-/]\d\d[-/]\d\d[T ,]|\[?\d\d:\d\d:\d\d|\d{1,3}(?:\.\d{1,3}){3}\s|[A-Z][a-z]{2} [ \d]\d \d\d:"
    r"|[\[(<]?(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|CRITICAL|FATAL)\b"
)
_SEPARATORS = ("\t", ",", ";", "|")
_LEAST_LINES = 3
_LINE_SHARE = 0.5


def kind_of(text: str) -> Literal["text", "lines"]:
    """What a plain text is, by its first 4,096 characters: "lines" if half of its lines look like code, a log or rows."""
    sample = text[:KIND_SAMPLE]
    lines = [line for line in sample.splitlines() if line.strip()]
    if len(sample) < len(text) and len(lines) > 1:
        lines.pop()
    if len(lines) < _LEAST_LINES:
        return "text"
    looks = sum(bool(_CODE.match(line) or _LOG.match(line)) for line in lines)
    return "lines" if looks >= _LINE_SHARE * len(lines) or _is_rows(lines) else "text"


def _is_rows(lines: list[str]) -> bool:
    """Whether the lines have as many fields as each other."""
    for separator in _SEPARATORS:
        counts = [line.count(separator) for line in lines]
        usual = max(set(counts), key=counts.count)
        if usual > (separator == ",") and counts.count(usual) >= 0.9 * len(counts):
            return True
    return False
