"""`assert_shaped`: whether an output is what a handler may return."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from richresp.exceptions import UsageError
from richresp.limits.shape import NOTICE_PARTS
from richresp.shaping import Shaped, ShapedParts, shape
from richresp.shaping.budget import Budget, Caps, caps
from richresp.testing.comparing import Gap, check_cut, gaps
from richresp.testing.documents import check_page, is_document, read_document, stretch
from richresp.testing.markup import check_markdown, documents
from richresp.testing.reading import Answer, Fault, read
from richresp.testing.separated import DELIMITERS, check_rows, read_rows, records
from richresp.tokens import O200k
from richresp.typing import CountTokens
from richresp.values.plain import step

_WHOLE = 10**12
_HEAD = 9  # characters of a notice that no format spells otherwise
_SOME = re.compile(r"([0-9]+) of ([0-9]+) (items|keys|characters|parts)")
_SPAN = re.compile(r"(items|characters) ([0-9]+) to ([0-9]+) of ([0-9]+)")


def assert_shaped(
    output: object,
    *,
    budget: Budget | None = None,
    profile: str | None = None,
    counter: CountTokens | None = None,
    format: str | None = None,  # noqa: A002  # the word of the field
    payload: Any = ...,
    drop: Iterable[str] = (),
    notice: str | None = None,
    paged: bool = True,
) -> None:
    """Checks that an output is within its budget, valid, and honest about what is missing.

    It knows nothing of how the output was made: hand it the text that your handler returns, and it counts, parses and
    compares for itself. Nested so deep that Python's own JSON reader gives up (about 1,000 levels), an output is
    checked for its budget only.

    Args:
        output: the text as the model reads it, or what `shape` or `shape_parts` returned. Of a response of a framework
            give its text: `response.text`, `result.content[0].text`.
        budget: what the handler promised; as for `shape`.
        profile: a host whose caps it has to keep; as for `shape`.
        counter: as for `shape`.
        format: "json", "markdown", "csv", "tsv" or "text", if the output does not say it. By default a text that begins
            as JSON is JSON, and what else does not parse is text.
        payload: what there was to show. With it every value of the output is looked for there: nothing invented, order
            and types kept, no URL cut; and the notice must tell what is missing. A text in JSON is read back, also the rows
            of CSV and TSV, and a document in markdown or plain text; of other values in these two hand over the result of
            `shape` instead of its text. Give lists rather than iterators.
        drop: the paths that the handler drops, which are not missed.
        notice: what the handler tells beside the text, where that has no notice in it: of a text that is shortened, and
            with `notice="aside"`.
        paged: False where the handler offers no next page, and its notice needs no cursor.

    Raises:
        AssertionError: with what is wrong, where, and what to do about it.
        UsageError: for a budget or a path that is none; for a payload to which the text cannot be compared.
    """
    _check_budget(output, caps(budget, profile), counter or O200k())
    whole: Any = ... if payload is ... else shape_whole(payload, drop)
    try:
        answer = answered(output, format, whole, notice)
        if isinstance(output, (Shaped, ShapedParts)):
            _check_result(output, answer, whole)
        if answer.format in DELIMITERS:
            records(answer.text, answer.format)
        if whole is ...:
            return
        if answer.known:
            missing = _missing(output, whole, answer)
        elif answer.format in DELIMITERS:
            missing, answer = read_rows(answer, whole)
        else:
            raise UsageError(
                f"payload: a text in {answer.format} cannot be read back; give the result of shape instead of its text, say "
                "format= if it has another one, or leave payload= out"
            )
    except RecursionError:
        return
    _check_notice(missing, answer, named=isinstance(output, ShapedParts), blanks=not answer.known)
    if paged and isinstance(output, str):
        _check_cursor(whole, missing, answer)


def answered(output: object, format: str | None, whole: Any, notice: str | None = None) -> Answer:  # noqa: A002
    """An output taken apart, a document in plain sight read back too."""
    answer = read(output, format, whole)
    answer = replace(answer, notice=answer.notice or notice)
    if answer.format == "markdown":
        check_markdown(answer.text, documents(output, whole))
    return read_document(answer, whole) if not answer.known and is_document(answer.format, whole) else answer


def shape_whole(payload: Any, drop: Iterable[str] = ()) -> Any:
    """A payload as JSON-native values, without what is dropped."""
    return shape(payload, budget={"chars": _WHOLE}, drop=drop, notice="aside", counter=len, format="json").data


def _missing(output: object, whole: Any, answer: Answer) -> list[Gap]:
    """What is missing in an output. Each part of several has a notice of its own, and may be on a page of its own."""
    if not isinstance(output, ShapedParts):
        return compared(whole, answer.value, answer.notice, answer.format)
    found = gaps(whole, {name: whole[name] for name in answer.value if name in whole})
    for name, value in answer.value.items():
        if name not in whole:
            raise Fault(f"the part {name!r} is none of the payload")
        part = output.parts[name]
        inside = compared(whole[name], value, part.notice, part.format)
        found += [replace(gap, path=step("", name) + gap.path) for gap in inside]
    return found


def compared(whole: Any, value: Any, notice: str | None, format: str) -> list[Gap]:  # noqa: A002
    """What is missing of a payload; of a later page of a text what it does not show of it."""
    if is_document(format, whole):
        return stretch(whole, value, notice)
    span = _SPAN.search(notice or "") if isinstance(whole, str) and isinstance(value, str) else None
    if span is None or span[1] != "characters":
        return gaps(whole, value)
    start, end = int(span[2]) - 1, int(span[3])
    if value != whole[start:end] + ("…" if end < len(whole) else ""):
        raise Fault(f"the notice says {span[0]}, and the text shows something else: hand it on as it is")
    check_cut(whole, end, "the answer")
    return [Gap("", "characters", end - start, len(whole))]


def _check_budget(output: object, most: Caps, counter: CountTokens) -> None:
    text = output if isinstance(output, str) else getattr(output, "text", "")
    sizes = (("tokens", most.tokens), ("chars", most.chars), ("bytes", most.bytes))
    for unit, cap in sizes:
        if cap is not None and isinstance(text, str):
            used = (
                counter(text) if unit == "tokens" else len(text if unit == "chars" else text.encode("utf-8", "replace"))
            )
            if used > cap:
                raise Fault(
                    f"the text costs {used:,} {unit}, {used - cap:,} more than the budget of {cap:,}: shape last, with the "
                    "budget of the whole answer; what a handler adds behind shape is not counted"
                )


def _check_result(result: Shaped | ShapedParts, answer: Answer, whole: Any) -> None:
    """What a result says of itself, which its makers keep; not so somebody who replaces a field of it."""
    if answer.format == "json" and answer.value != result.data:
        raise Fault("the text and the data of the result show different things: change the payload, not the result")
    if answer.format in DELIMITERS:
        check_rows(answer, result.data)
    if isinstance(result.data, str) and answer.format != "json":
        check_page(result.text, result.data, result.notice, whole if isinstance(whole, str) else None)
    if result.truncated and result.notice is None:
        raise Fault("something is missing and the result has no notice: hand the result of shape on as it is")
    line = result.notice
    inline = line is not None and not isinstance(result.data, str) and line[:_HEAD] in result.text
    cursors = [result.cursor] if isinstance(result, Shaped) else list(result.cursors.values())[:NOTICE_PARTS]
    lost = next((cursor for cursor in cursors if cursor is not None and cursor not in (line or "")), None)
    if inline and lost is not None:
        raise Fault(
            f"the notice does not name the cursor {lost}, so the rest is lost to the model: hand the text on as it is"
        )


def _check_notice(missing: list[Gap], answer: Answer, *, named: bool, blanks: bool) -> None:
    """Whether the notice tells what is missing, and nothing else.

    Args:
        missing: what is missing.
        answer: has the notice.
        named: whether it tells of several parts.
        blanks: whether what is missing may be blank where it is shown, as keys in CSV are.
    """
    line = answer.notice
    told = None if line is None else _told(line)
    if missing and line is None:
        gap = missing[0]
        raise Fault(
            f"{gap.path or 'the answer'} shows {gap.kept:,} of {gap.total:,} {gap.kind} and no notice says so: the model takes "
            "what it sees for all there is. Return the text of shape, which tells it, or tell it beside the text"
        )
    if blanks and told is not None and told[0] == "keys":
        return
    if not missing and line is not None:
        raise Fault(f"nothing is missing, but the notice says {line!r}: return the text of shape as it is")
    if line is None or named or told is None:
        return
    kind, kept, total = told
    kind = "keys" if kind == "parts" else kind
    if not any((gap.kind, gap.kept, gap.total) == (kind, kept, total) for gap in missing):
        real = next((gap for gap in missing if gap.kind == kind), missing[0])
        raise Fault(
            f"the notice says {kept:,} of {total:,} {kind}, but {real.path or 'the answer'} shows {real.kept:,} of {real.total:,} "
            f"{real.kind}: filter the payload before it is shaped, not the result"
        )


def _told(line: str) -> tuple[str, int, int] | None:
    """What a notice counts: the kind, how many are shown, and how many there are."""
    if span := _SPAN.search(line):
        return span[1], int(span[3]) - int(span[2]) + 1, int(span[4])
    some = _SOME.search(line)
    return None if some is None else (some[3], int(some[1]), int(some[2]))


def _check_cursor(whole: Any, missing: list[Gap], answer: Answer) -> None:
    """Whether the notice tells how to get the rest of the list that has pages."""
    path, listed = paged_list(whole)
    cut = next((gap for gap in missing if gap.path == path and gap.kind in ("items", "characters")), None)
    line = answer.notice or ""
    last = (span := _SPAN.search(line)) is not None and span[3] == span[4]
    if cut is not None and listed and answer.cursor is None and not last and "a spread of" not in line:
        raise Fault(
            f"{path or 'the answer'} shows {cut.kept:,} of {cut.total:,} {cut.kind}, and the notice names no cursor: the rest is "
            "lost to the model. Return the notice whole, take a cursor= in your tool, or say paged=False here"
        )


def paged_list(whole: Any) -> tuple[str, Any]:
    """The path and the value of what cursors page through: the payload itself, or the longest list right under it."""
    if not isinstance(whole, dict):
        return "", whole if isinstance(whole, (list, str)) else None
    lists = [(name, value) for name, value in whole.items() if isinstance(value, list)]
    if not lists:
        return "", None
    name, value = max(lists, key=lambda pair: len(pair[1]))
    return step("", name), value
