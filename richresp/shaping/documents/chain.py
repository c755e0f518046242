"""The windows of a document from one place on, each made when it is asked for and where the one before ends."""

from __future__ import annotations

from bisect import bisect_right

from richresp.shaping.chunks import chunk_end
from richresp.shaping.documents.places import places
from richresp.shaping.documents.window import Context, Window


class Reach:
    """A window with the places where it may be divided, up to where the next one begins.

    Attributes:
        end: that place; the end of the text in the last one.
    """

    def __init__(self, whole: str, start: int, context: Context, page: int) -> None:
        self.window = window = Window(whole, start, context)
        self._known: dict[int, bool] = {}
        found = sorted({at for at in places(window, page) if window.first < at <= window.certain})
        self._cuts = [at + window.shift for at in found]
        self._begin, self._context = start, context
        self._forced: int | None = None
        self.end = len(whole) if window.is_last else self._last()

    def _last(self) -> int:
        """The last place that holds; where none does, one that does not: a construct without end must not stop a page."""
        while self._cuts:
            if self._holds(self._cuts[-1]):
                return self._cuts.pop()
            self._cuts.pop()
        window = self.window
        at = window.line_start(window.line_at(window.certain))
        if at <= window.first:
            at = min(chunk_end(window.text, window.first, (len(window.text) - window.first) // 2), len(window.text))
        self._forced = at + window.shift
        return self._forced

    def _holds(self, at: int) -> bool:
        known = self._known.get(at)
        if known is None:
            known = self._known[at] = self.window.may_cut(at - self.window.shift)
        return known

    def last_before(self, start: int, limit: int) -> int | None:
        """The last place behind `start` and not behind `limit`."""
        if start < self.end <= limit:
            return self.end
        for index in range(bisect_right(self._cuts, limit) - 1, -1, -1):
            if self._cuts[index] <= start:
                return None
            if self._holds(self._cuts[index]):
                return self._cuts[index]
        return None

    def first_behind(self, start: int) -> int:
        """The first place behind `start`."""
        for at in self._cuts[bisect_right(self._cuts, start) :]:
            if self._holds(at):
                return at
        return self.end

    def context(self, at: int) -> Context:
        """What is open at a place."""
        if at == self._begin:
            return self._context
        found = None if at == self._forced else self.window.context(at - self.window.shift)
        return found or Context("", "", at)


class Chain:
    """The windows of a text from `start` on, for a page that begins at the offset `page`."""

    def __init__(self, text: str, start: int, context: Context, page: int) -> None:
        self._text, self._page = text, page
        self._reaches = [Reach(text, start, context, page)]
        self._starts = [start]

    def at(self, offset: int) -> int:
        """The number of the window that holds an offset: from where it begins to before where the next one does."""
        while (last := self._reaches[-1]).end <= offset and last.end < len(self._text):
            self._reaches.append(Reach(self._text, last.end, last.context(last.end), self._page))
            self._starts.append(last.end)
        return max(0, bisect_right(self._starts, offset) - 1)

    def end(self, start: int, limit: int) -> int:
        """The last place behind `start` and not behind `limit`, else the first one behind `start`."""
        first = self.at(start)
        for number in range(self.at(limit), first - 1, -1):
            found = self._reaches[number].last_before(start, limit)
            if found is not None:
                return found
        return self._reaches[first].first_behind(start)

    def context(self, at: int) -> Context:
        """What is open at a place."""
        return self._reaches[self.at(at)].context(at)

    def leaf_context(self, at: int) -> Context | None:
        """What is open at a place if the first block of all is a leaf that goes on until there."""
        return self._reaches[0].window.leaf_context(at, begins=self._text[at - 1 : at] in ("\n", "\r"))
