"""How the answers of a route are shaped: options that were checked once, and what is known of them before any answer comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from richresp.answering.routes import Routes, checked_routes
from richresp.exceptions import UsageError
from richresp.limits.answering import MAX_BODY_BYTES, THREAD_TOKENS
from richresp.shaping.budget import Budget, caps, whole_number
from richresp.shaping.meter import Meter
from richresp.shaping.options import Options, Wishes, then_previews

_FOR_PROGRAMS = {"/.well-known/*": None}
"""What programs ask for before anything else (RFC 8615): the manifest of a plugin, the keys of a server."""


class AnswerOptions(Wishes, total=False):
    """The options of `shape`, and those of answers over HTTP.

    Attributes:
        budget: as for `shape`.
        format: the same; "json" if it is left out.
        negotiate: whether a request that names text/markdown in its Accept gets markdown; True if it is left out.
        cursor_parameter: what the cursor is called in the query of a request; "cursor" if it is left out.
        max_body: the most bytes of a JSON answer that are held back to be shaped; a longer one passes whole, or is an error
            where `drop` names something.
    """

    budget: Budget | None
    negotiate: bool
    cursor_parameter: str
    max_body: int


@dataclass(frozen=True, slots=True)
class Way:
    """How answers are shaped.

    Attributes:
        options: of `shape`.
        profile: the host whose caps hold as well.
        meter: compares a body with the caps.
        floor: a body of at most so many bytes is within all caps, since no token or character is less than one; -1 where
            each body is to be looked at.
        drops: whether something is never to be shown, so that an answer that fits is shaped as well.
        is_heavy: whether to shape values takes long enough for a thread.
        negotiate: whether markdown may be asked for.
        cursor_parameter: what the cursor is called in a query.
        max_body: the most bytes that are held back.
    """

    options: Options
    profile: str | None
    meter: Meter
    floor: int
    drops: bool
    is_heavy: bool
    negotiate: bool
    cursor_parameter: str
    max_body: int

    @classmethod
    def checked(
        cls,
        *,
        negotiate: bool = True,
        cursor_parameter: str = "cursor",
        max_body: int = MAX_BODY_BYTES,
        **options: Any,
    ) -> Way:
        """What the options say.

        Raises:
            UsageError: for an option that cannot be right, whatever the answer.
            TypeError: for one that there is not.
        """
        named: object = cursor_parameter
        if not isinstance(named, str) or not named:
            raise UsageError(f"cursor_parameter={cursor_parameter!r}: give the name of a query parameter")
        if (whole_number(max_body) or 0) < 1:
            raise UsageError(f"max_body={max_body!r}: give a whole number of bytes")
        given = {"format": "json", **options, "drop_order": then_previews(options.get("drop_order", ()))}
        read = Options.read(**given)
        read.check()
        return cls._of(read, given.get("profile"), negotiate, cursor_parameter, max_body)

    @classmethod
    def _of(cls, options: Options, profile: str | None, negotiate: bool, cursor_parameter: str, max_body: int) -> Way:  # noqa: FBT001
        meter = Meter(options.caps, options.counter)
        drops = bool(options.wishes[1])
        return cls(
            options=options,
            profile=profile,
            meter=meter,
            floor=-1 if drops else _floor(meter),
            drops=drops,
            is_heavy=meter.about_tokens > THREAD_TOKENS,
            negotiate=bool(negotiate) and options.schema is None,  # what is to fit a schema is JSON
            cursor_parameter=cursor_parameter,
            max_body=max_body,
        )

    def rebudgeted(self, budget: Budget) -> Way:
        """The same for another budget; the caps of the profile hold as well."""
        options = replace(self.options, caps=caps(budget, self.profile))
        options.check()
        return self._of(options, self.profile, self.negotiate, self.cursor_parameter, self.max_body)

    def fits(self, body: bytes) -> bool:
        """Whether a body is within the caps as it is; where that has to be counted, only UTF-8 is."""
        if len(body) <= self.floor:
            return True
        if self.drops:
            return False
        try:
            text = body.decode()
        except UnicodeDecodeError:
            return False
        return self.meter.fits_text(text) is not None


def ways(routes: Mapping[str, Budget | None] | None, **options: Any) -> Routes[Way | None]:
    """The way of each path; None where answers are left untouched.

    Args:
        routes: budgets by route, None for those that are left untouched.
        options: for all routes. Without a budget or profile, nothing is shaped but the routes that have one.

    Raises:
        UsageError: for routes or options that cannot be right.
    """
    budgets = _FOR_PROGRAMS | checked_routes(routes)
    bare = options.get("budget") is None and options.get("profile") is None
    if not bare or not any(budget is not None for budget in budgets.values()):
        default = Way.checked(**options)
        found = {
            path: None if budget is None else _named(path, default.rebudgeted, budget)
            for path, budget in budgets.items()
        }
        return Routes(found, default)

    def alone(budget: Budget) -> Way:
        return Way.checked(**options | {"budget": budget})

    return Routes({path: None if one is None else _named(path, alone, one) for path, one in budgets.items()}, None)


def _named(path: str, make: Any, budget: Any) -> Way:
    """The way of one route; what is wrong with it is told with its path."""
    try:
        way: Way = make(budget)
    except UsageError as error:
        raise UsageError(f"routes: {path!r}: {error}") from error
    return way


def _floor(meter: Meter) -> int:
    sizes = [cap for cap in (meter.caps.chars, meter.caps.bytes) if cap is not None]
    if meter.caps.tokens is not None:
        sizes.append(-1 if meter.room is None else meter.room)
    return min(sizes)
