"""A report for people: one finding a line, the bill as a table, the sources below. Nothing in it that a terminal obeys."""

from __future__ import annotations

from collections.abc import Callable

from richresp.hosts.lint.model import SEVERITIES, Bill, Charge, Report, Severity
from richresp.limits.lint import MAX_BILL_LINES, MAX_PLACE_CHARS, MAX_QUOTED_CHARS

_WORD = max(map(len, SEVERITIES))
_COLUMNS = ("per conversation", "of it parameters", "answer")


def show(report: Report, *, name: str = "", mark: Callable[[Severity], str] = str) -> str:
    """The report as text, the same for the same report.

    Args:
        report: of `lint`.
        name: how the document is called. Places in it are `#/paths/...`; those in another one begin with what that is called.
        mark: what is made of the word of a severity, which gives it a colour.
    """
    sources = list(dict.fromkeys((one.read, one.source) for one in report.findings if one.source))
    counts = ", ".join(_plural(report.count(severity), severity) for severity in SEVERITIES)
    held = f"; profiles: {', '.join(report.profiles)}" if report.profiles else ""
    lines = [f"{_safe(name) + ': ' if name else ''}{report.kind}; {counts}{held}", ""]
    for finding in report.findings:
        number = f" [{sources.index((finding.read, finding.source)) + 1}]" if finding.source else ""
        profile = f" ({finding.profile})" if finding.profile else ""
        place = _shortened(f"{finding.document}#{finding.place}")
        word = mark(finding.severity) + " " * (_WORD - len(finding.severity))
        lines.append(f"{word} {finding.code:<22} {place}  {finding.message}{profile}{number}")
    lines += [""] if report.findings else []
    lines += _table(report.bill)
    if sources:
        lines += ["", *(f"[{number}] read {read}: {source}" for number, (read, source) in enumerate(sources, 1))]
    return "\n".join(lines)


def _table(bill: Bill) -> list[str]:
    shown = bill.charges[:MAX_BILL_LINES]
    rows = [(_label(charge), str(charge.conversation), str(charge.request), _answer(charge)) for charge in shown]
    total = ("all", str(bill.conversation), str(sum(charge.request for charge in bill.charges)), "")
    table = [("tokens", *_COLUMNS), *rows, total]
    widths = [max(len(row[column]) for row in table) for column in range(len(total))]
    lines = [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        ).rstrip()
        for row in table
    ]
    if len(bill.charges) > len(shown):
        lines.insert(-1, f"and {len(bill.charges) - len(shown):,} more")
    return [*lines, "", f"Counted by {bill.counter}{'' if bill.exact else ', an estimate'}: {bill.counted}"]


def _answer(charge: Charge) -> str:
    if charge.answer is None:
        return "?" if charge.place else ""
    return f"{charge.answer} ({charge.answer_from})"


def _label(charge: Charge) -> str:
    label = _safe(charge.name)
    return label if len(label) <= MAX_QUOTED_CHARS else f"{label[:MAX_QUOTED_CHARS]}…"


def _shortened(place: str) -> str:
    shown = _safe(place)
    return (
        shown if len(shown) <= MAX_PLACE_CHARS else f"{shown[: MAX_PLACE_CHARS // 2]}…{shown[-MAX_PLACE_CHARS // 2 :]}"
    )


def _safe(text: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in text)


def _plural(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
