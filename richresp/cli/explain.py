"""`richresp preview --explain`: for each field its value, the tag it came from, what was passed over and why, and what to fix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from rich.console import Console
from rich.text import Text

from richresp.cli.card import Canvas, written
from richresp.links import Explanation, Finding, audit, explain
from richresp.links.explain_places import Place
from richresp.links.explaining import Explained

_INDENT, _DEEPER = 13, 4
_LEAST = 10
_COLORS = {"error": "red", "warning": "yellow", "hint": "cyan"}


@dataclass(frozen=True, slots=True)
class Report:
    """All that is told of a page."""

    explanation: Explanation
    findings: list[Finding]

    def values(self) -> dict[str, Any]:
        """It as JSON-native values."""
        return {
            "preview": self.explanation.preview.to_dict(),
            "fields": [asdict(field) for field in self.explanation.fields],
            "findings": [asdict(finding) for finding in self.findings],
        }


def report(body: bytes, url: str, content_type: str | None = None) -> Report:
    """What is told of a page. Arguments and errors as for `extract`."""
    found = explain(body, url=url, content_type=content_type)
    return Report(found, audit(body, url=url, content_type=content_type))


def told(found: Report, canvas: Canvas) -> str:
    """It as text for people."""
    console = canvas.console()
    preview = found.explanation.preview
    console.print(Text(preview.final_url, style="bold", overflow="ignore"), soft_wrap=True)
    for field in found.explanation.fields:
        console.print()
        for row in _field(field):
            _print(console, canvas, row)
    for name, rows in (("warnings", [Row(warning) for warning in preview.warnings]), ("to fix", _findings(found))):
        if rows:
            console.print()
            for row in (replace(rows[0], name=name), *rows[1:]):
                _print(console, canvas, row)
    return written(console)


@dataclass(frozen=True, slots=True)
class Row:
    """Something told, beside a name or below it.

    Attributes:
        text: what is told.
        name: what it is told of.
        style: of the text.
        mark: what stands before it.
        color: of that.
        deeper: whether it belongs to the row before.
    """

    text: str
    name: str = ""
    style: str = ""
    mark: str = ""
    color: str = ""
    deeper: bool = False


def _field(field: Explained) -> Iterator[Row]:
    if field.value is None:
        yield Row("nothing", field.field, "dim")
    else:
        yield Row(field.value, field.field, "bold")
        yield Row(f"{_place(field.source or '', field.place)}{_tag(field.place)}", mark="from ", color="green")
    for passed in field.passed_over:
        yield Row(f"{_place(passed.source, passed.place)}, which {passed.reason}", mark="not ", color="yellow")
        if passed.stated not in passed.reason:
            yield Row(passed.stated, style="dim", deeper=True)
    if field.silent:
        yield Row(f"nothing in {', '.join(field.silent)}", style="dim")


def _findings(found: Report) -> list[Row]:
    rows = []
    for finding in found.findings:
        rows.append(
            Row(f"{finding.message} [{finding.rule}]", mark=f"{finding.severity}: ", color=_COLORS[finding.severity])
        )
        rows.append(Row(finding.source, style="dim", deeper=True))
    return rows or [Row("nothing that the audit knows of")]


def _place(source: str, place: Place | None) -> str:
    return source if place is None else f"{source} (line {place.line}, column {place.column})"


def _tag(place: Place | None) -> str:
    return "" if place is None else f": {place.tag}"


def _print(console: Console, canvas: Canvas, row: Row) -> None:
    """Prints a row, wrapped below itself; a pipe gets it in one piece."""
    indent = _INDENT + (_DEEPER if row.deeper else 0)
    body = Text.assemble((row.mark, row.color), (row.text, row.style))
    body.overflow = "fold"
    lines = body.wrap(console, max(_LEAST, canvas.width - indent)) if canvas.folds else [body]
    for number, line in enumerate(lines):
        line.rstrip()
        console.print(Text(f"{'' if number else row.name:<{indent}}") + line, soft_wrap=True)
