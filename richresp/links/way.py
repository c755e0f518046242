"""All answers on the way to a page, watched as they pass: what redirects and errors say of being kept counts as well."""

from __future__ import annotations

from collections.abc import Sequence

from richresp.links.freshness import Passed
from richresp.links.steps import Answer, Fetch, Told
from richresp.links.visit import Landing, Visit


class Way:
    """One way; another one begins where a visit is followed."""

    def __init__(self) -> None:
        self._answers: list[tuple[int, Passed]] = []

    def follow(self, visit: Visit) -> Visit:
        """The same visit."""
        self._answers.clear()
        told: Told = None
        try:
            while True:
                step = visit.send(told)
                told = yield step
                if isinstance(step, Fetch) and isinstance(told, Answer):
                    self._answers.append((told.status, (told.headers, step.headers)))
        except StopIteration as done:
            landing: Landing = done.value
            return landing
        finally:
            visit.close()

    @property
    def before(self) -> Sequence[Passed]:
        """The answers that led on."""
        return [passed for _, passed in self._answers[:-1]]

    def at_end(self, status: int | None) -> Passed:
        """The last answer, if that is the one of this status, which an error tells of; else one that says nothing."""
        return next((passed for seen, passed in self._answers[-1:] if seen == status), ((), ()))
