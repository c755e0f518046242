"""One budget for several payloads: fair shares, and what they leave given away.

All drafts of an answer stand in one line: first none of the parts is shown, then the first, the first two ... each in the
least room that is worth having; when all are, the room of all grows together. A small part stops growing when it is shown
whole, which leaves the others more: that is how water fills vessels.

Along the line each part shows more and more, so the answer is to be as far along it as fits. Costs do not grow evenly
there (a part that becomes whole needs no notice), so no search finds the very last draft that fits without looking at all.
What is done instead halves the line at places that do not depend on the budget. Of two budgets the bigger one then ends
at least as far along: where their ways part, the draft between them fits the bigger one only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from richresp.limits.shape import NOTICE_ROOM, SEAM_TOKENS, SHARE_GRAIN, SPARE_PARTS, SPARE_SHARE, SPARE_TRIES
from richresp.shaping.gauge import Gauge
from richresp.shaping.model import Shaped
from richresp.shaping.portion import Portion
from richresp.values.plain import quote


@dataclass(slots=True, eq=False)
class Draft:
    """An answer: each part as it is shown, None for one that is left out."""

    shown: list[Shaped | None]
    write: Callable[[Sequence[Shaped | None]], str]
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = self.write(self.shown)

    def with_part(self, at: int, shaped: Shaped) -> Draft:
        """The same with another version of one part."""
        return Draft([*self.shown[:at], shaped, *self.shown[at + 1 :]], self.write)


@dataclass(eq=False)
class Sharing:
    """The search for an answer.

    Attributes:
        portions: the parts, in order.
        gauge: says what fits.
        write: the text of an answer.
    """

    portions: Sequence[Portion]
    gauge: Gauge
    write: Callable[[Sequence[Shaped | None]], str]

    def whole(self) -> Draft | None:
        """All of all parts, if that fits; no more is looked at than would."""
        shown: list[Shaped | None] = []
        used = 0
        for portion in self.portions:
            shaped = None if portion.goes_on else portion.at(self.gauge.cap)
            if shaped is None or any(omission.kind != "replaced" for omission in shaped.omitted):
                return None
            shown.append(shaped)
            used += self.gauge.size(shaped) - SEAM_TOKENS
            if used > self.gauge.cap:
                return None
        draft = Draft(shown, self.write)
        return draft if self.gauge.fits(draft.text) else None

    def fair(self) -> tuple[Draft | None, int]:
        """The answer with the largest fair shares that fits, and how large they are; None if not even the one that shows
        nothing does.
        """
        nothing = Draft([None] * len(self.portions), self.write)
        if not self.gauge.fits(nothing.text):
            return None, 0
        for guess in (True, False):
            step, draft = self._search(guess=guess)
            if draft is not None:
                return draft, self._share(step)
        return nothing, 0

    def _search(self, *, guess: bool) -> tuple[int, Draft | None]:
        """The draft that fits and how far along the line it is, None for the one that shows nothing.

        Args:
            guess: whether drafts that are far from the budget count as fitting unseen. That has never been wrong, but
                the last one is looked at, and without it there is no answer.
        """
        best: Draft | None = None
        low, high = 0, 1 << (len(self.portions) + self.gauge.cap).bit_length()
        while high - low > max(1, self._share(low) // SHARE_GRAIN):
            middle = (low + high) // 2
            if guess and self._is_far_below(middle):
                low, best = middle, None
                continue
            draft = self._draft(middle)
            if draft is not None and self.gauge.fits(draft.text):
                low, best = middle, draft
            else:
                high = middle
        if best is None and low:
            best = self._draft(low)
            best = best if best is not None and self.gauge.fits(best.text) else None
        return low, best

    def filled(self, draft: Draft) -> Draft:
        """The same with what is left of the budget given to the parts that can use it, those first that show nothing."""
        needy = [at for at, shaped in enumerate(draft.shown) if shaped is None or shaped.truncated]
        needy.sort(key=lambda at: draft.shown[at] is not None)
        for at in needy[:SPARE_PARTS]:
            spare = self.gauge.room(draft.text)
            if spare <= SPARE_SHARE * self.gauge.cap:
                break
            draft = self._offer(draft, at, spare) or draft
        return draft

    def _offer(self, draft: Draft, at: int, spare: int) -> Draft | None:
        """The draft with as much more of one part as fits, if any does."""
        before, portion = draft.shown[at], self.portions[at]
        used = 0 if before is None else self.gauge.size(before)
        room = used + spare
        for _ in range(SPARE_TRIES):
            shaped = portion.at(room)
            if shaped is None or shaped is before or self.gauge.size(shaped) <= used:
                return None
            if shaped.truncated and room < self.gauge.least:
                return None
            more = draft.with_part(at, shaped)
            if self.gauge.fits(more.text):
                return more
            room = min(room, self.gauge.size(shaped)) - max(1, -self.gauge.room(more.text))
        return None

    def _is_far_below(self, step: int) -> bool:
        """Whether a draft is within the budget by so much that no notice can change it."""
        most = sum(portion.most(room) + self._around[at] for at, (portion, room) in enumerate(self._pairs(step)))
        return most + sum(self._around[step:]) <= self.gauge.cap

    @cached_property
    def _around(self) -> list[int]:
        """What the name and the notice of each part may take."""
        least = NOTICE_ROOM * self.gauge.least
        return [least + self.gauge.measure(quote(portion.name)) for portion in self.portions]

    def _draft(self, step: int) -> Draft | None:
        """A draft of the line; None if it is over for certain."""
        if self._share(step) > self.gauge.cap:
            return None
        shown: list[Shaped | None] = []
        used = 0
        for portion, room in self._pairs(step):
            shaped = portion.at(room)
            shown.append(shaped)
            used += 0 if shaped is None else self.gauge.size(shaped) - SEAM_TOKENS
            if used > self.gauge.cap:
                return None
        return Draft(shown + [None] * (len(self.portions) - len(shown)), self.write)

    def _pairs(self, step: int) -> Iterator[tuple[Portion, int]]:
        """The parts that a draft shows, each with its room."""
        share = self._share(step)
        for portion in self.portions if share else self.portions[:step]:
            yield portion, max(self.gauge.least, int(share * portion.weight / self._unit_weight))

    def _share(self, step: int) -> int:
        """How much room each part has in a draft; 0 where some have none."""
        beyond = step - len(self.portions)
        return 0 if beyond < 0 else self.gauge.least + beyond

    @cached_property
    def _unit_weight(self) -> float:
        return min(portion.weight for portion in self.portions)
