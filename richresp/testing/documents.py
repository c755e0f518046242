"""Documents: texts that are shown in markdown or plain text, a stretch as it is and no `…` behind it.

A page in the middle of one says which characters it shows. Before its stretch stand the lines that open what it begins in (the
head of a table, the first line of a fence), behind it the line that closes a fence.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from richresp.testing.comparing import Gap, check_cut
from richresp.testing.reading import Answer, Fault
from richresp.text import one_line

_SHOWN = re.compile(r"(?:characters ([0-9]+) to ([0-9]+) of|([0-9]+) of) ([0-9]+)(?: characters)?")
_BACK = re.compile(r"(?:\n?[ \t>]*(?:`{3,}|~{3,})\n?)?")
_OPENS = " \t>-+*0123456789.)"


def is_document(format: str, whole: Any) -> bool:  # noqa: A002  # the word of the field
    """Whether a payload stands in a text as it is."""
    return isinstance(whole, str) and format in ("markdown", "text")


def stretch(whole: str, value: Any, notice: str | None) -> list[Gap]:
    """What a page does not show of a document.

    Raises:
        Fault: for what is no stretch of it, or another one than the notice says; for one that ends in a URL, a number or a
            character.
    """
    start, end = _told(notice, len(whole))
    if not isinstance(value, str) or whole[start : start + len(value)] != value:
        raise Fault(
            f"the document shows something that is not in the payload from character {start + 1:,} on: a page of a document is a "
            "stretch of it as it is, so hand the text of shape on"
        )
    if notice is not None and end is not None and end != start + len(value):
        raise Fault(
            f"the notice says {notice!r}, and the text ends at character {start + len(value):,}: hand it on as it is"
        )
    check_cut(whole, start + len(value), "the answer")
    return [] if value == whole else [Gap("", "characters", len(value), len(whole))]


def read_document(answer: Answer, whole: str) -> Answer:
    """The same answer with the stretch of a document that its text shows, which is told by the notice.

    Raises:
        Fault: if the text is no page that shows it.
    """
    if answer.text == whole:
        return replace(answer, value=whole, known=True, notice=None)
    start, end = _told(answer.notice, len(whole))
    if answer.notice is None:
        cut = next((at for at, pair in enumerate(zip(whole, answer.text, strict=False)) if pair[0] != pair[1]), None)
        kept = min(len(whole), len(answer.text)) if cut is None else cut
        if not _BACK.fullmatch(answer.text[kept:]):
            raise Fault(f"the text is another one than the payload from character {kept + 1:,} on: hand it on as it is")
        return replace(answer, value=whole[:kept], known=True)
    value = whole[start:end]
    check_page(answer.text, value, answer.notice, whole)
    return replace(answer, value=value, known=True)


def check_page(text: str, value: str, notice: str | None, whole: str | None) -> None:
    """Whether a text shows a stretch of a document, and around it no more than what opens and closes its markup.

    Raises:
        Fault: if it does not.
    """
    text = text if notice is None else text.removeprefix(f"{one_line(notice)}\n\n")
    at = text.rfind(value)
    if at < 0 or not _BACK.fullmatch(text[at + len(value) :]):
        raise Fault("the text shows something else than the stretch of the document it tells of: hand it on as it is")
    opening = (line.strip(_OPENS) for line in text[:at].split("\n"))
    strange = next((line for line in opening if whole is not None and line not in whole), None)
    if strange is not None:
        raise Fault(f"the text begins with {strange[:60]!r}, which the document has not: tell it beside the text")


def _told(notice: str | None, size: int) -> tuple[int, int | None]:
    """Where the stretch of a notice begins and ends; a text without one shows all, or nobody knows how much."""
    found = None if notice is None else _SHOWN.search(notice)
    if found is None or int(found[4]) != size:
        return 0, None
    return (0, int(found[3])) if found[3] else (int(found[1]) - 1, int(found[2]))
