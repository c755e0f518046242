"""`assert_pages`: whether following the cursors shows everything once, in order, and ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from richresp.shaping.budget import Budget
from richresp.testing.comparing import gaps
from richresp.testing.documents import is_document
from richresp.testing.reading import Answer, Fault
from richresp.testing.shaped import answered, assert_shaped, paged_list, shape_whole
from richresp.typing import CountTokens
from richresp.values.plain import step

Call = Callable[[Any], object]
"""A handler as a page is asked for: takes the cursor, None for the first page, and returns its output."""


def assert_pages(
    call: Call,
    *,
    payload: Any,
    budget: Budget | None = None,
    profile: str | None = None,
    counter: CountTokens | None = None,
    drop: Iterable[str] = (),
    most: int = 1_000,
) -> int:
    """Follows all cursors of a handler, and checks each page as `assert_shaped` does.

    Args:
        call: asks the handler for a page: `lambda cursor: handler(query="x", cursor=cursor)`. It is called with None
            first, then with each next cursor. Pages begin at the head. Of an output of `shape_parts` it is called with the mapping of
            all its cursors.
        payload: what there is to show: a list, a text, or a dict with the list; for `shape_parts` the mapping of parts.
        budget: as for `assert_shaped`.
        profile: as for `assert_shaped`.
        counter: as for `assert_shaped`.
        drop: as for `assert_shaped`.
        most: how many pages there may be.

    Returns:
        How many pages there were.

    Raises:
        AssertionError: if an item comes twice, not at all, or out of order; if a page does not move on; if there is no end;
            or if a page is not what `assert_shaped` asks for.
    """
    whole = shape_whole(payload, drop)
    walks: dict[str | None, _Walk] = {}
    asked: Any = None
    seen: list[Any] = []
    while not seen or asked:
        if asked in seen:
            raise Fault(f"page {len(seen) + 1} was asked for with the cursor {asked!r} before: pages lead in a circle")
        if len(seen) == most:
            raise Fault(f"there are more than {most:,} pages: pass most= if that is right, or raise the budget")
        seen.append(asked)
        output = call(asked)
        assert_shaped(output, budget=budget, profile=profile, counter=counter, payload=payload, drop=drop, paged=False)
        answer = answered(output, None, whole)
        if not answer.known:
            raise Fault("only JSON and documents can be read back from a text: let the call return the result of shape")
        asked = _next(output, answer)
        for name, (original, value) in _parts(output, whole, answer.value).items():
            going_on = name in asked if isinstance(asked, dict) else asked is not None
            kind = answer.format if name is None else getattr(output, "parts")[name].format  # noqa: B009
            walk = walks.setdefault(name, _Walk(name, original))
            walk.take(value, len(seen), going_on=going_on, marked=going_on and not is_document(kind, original))
    lost = [name for name in whole if name not in walks] if None not in walks else []
    if lost:
        raise Fault(f"the part {lost[0]!r} is on no page, and no cursor leads to it: raise the budget")
    for walk in walks.values():
        walk.end()
    return len(seen)


def _next(output: object, answer: Answer) -> Any:
    cursors = getattr(output, "cursors", None)
    if cursors is not None:
        return dict(cursors)
    return getattr(output, "cursor", None) if not isinstance(output, str) else answer.cursor


def _parts(output: object, whole: Any, value: Any) -> dict[str | None, tuple[Any, Any]]:
    """What is followed on a page: each part by its name, or the payload, with what the page shows of it."""
    if getattr(output, "cursors", None) is None:
        return {None: (whole, value)}
    return {name: (whole[name], shown) for name, shown in value.items()}


class _Walk:
    """How far the pages of one payload have come."""

    def __init__(self, name: str | None, whole: Any) -> None:
        self._of = "" if name is None else f" of {name}"
        self._path, self._listed = paged_list(whole)
        self._done = 0

    def take(self, value: Any, page: int, *, going_on: bool, marked: bool) -> None:
        """Takes the next page in.

        Args:
            value: what it shows.
            page: its number.
            going_on: whether a cursor leads on from it.
            marked: whether a text that goes on ends in `…`.

        Raises:
            Fault: if it does not begin where the last one ended.
        """
        listed = self._listed
        if listed is None:
            return
        shown: Any = value if self._path == "" else _under(value, self._path)
        shown = [] if shown is None else shown
        cut = isinstance(shown, str) and marked
        size = len(shown) - cut
        behind = listed[self._done : self._done + size]
        where = f"page {page}{self._of}"
        if page > 1 and not size and going_on:
            raise Fault(f"{where} shows nothing new: a page that does not move on never ends")
        if isinstance(shown, str):
            if shown[:size] != behind:
                raise Fault(f"{where} does not begin where the page before it ended, at character {self._done:,}")
        else:
            self._compare(behind, shown, where)
        self._done += size

    def _compare(self, behind: Any, shown: Any, where: str) -> None:
        try:
            found = gaps(behind, shown)
        except Fault as fault:
            raise Fault(
                f"{where} does not go on with item {self._done:,}, behind the last one of the page before: items are lost, "
                f"repeated or out of order ({fault})"
            ) from None
        if len(shown) > len(behind) or any(gap.path == "" for gap in found):
            raise Fault(f"{where} shows items beyond the end of the payload")

    def end(self) -> None:
        """Raises:
        Fault: if there is something that no page has shown.
        """
        total = 0 if self._listed is None else len(self._listed)
        if self._done < total:
            what = "characters" if isinstance(self._listed, str) else "items"
            raise Fault(
                f"the pages{self._of} end after {self._done:,} of {total:,} {what} and no cursor leads "
                "on: hand the cursor of each result to the model, as the notice or beside it"
            )


def _under(value: Any, path: str) -> Any:
    if not isinstance(value, dict):
        return None
    return next((inner for name, inner in value.items() if step("", name) == path), None)
