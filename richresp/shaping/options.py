"""What `shape` is told beside the payload and the cursor, read and checked: the same for every payload of a handler."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self, TypedDict

from richresp.exceptions import BudgetTooSmall, UsageError
from richresp.shaping.budget import Caps, caps, counting
from richresp.shaping.formats import FORMATS, Format
from richresp.shaping.order import STRATEGIES, Strategy
from richresp.shaping.reader import Reader
from richresp.shaping.schemas import Schema, read_schema
from richresp.typing import Counter, CountTokens

_NOTICES = ("inline", "aside")
_PREVIEWS = "$..preview"


class Wishes(TypedDict, total=False):
    """What may be said to `shape` beside a payload, a budget and a cursor: of the same names and meanings wherever answers are shaped."""

    profile: str | None
    format: Format
    strategy: Strategy
    keep: Iterable[str]
    drop: Iterable[str]
    drop_order: Iterable[str]
    notice: Literal["inline", "aside"]
    counter: CountTokens | None
    secret: str | bytes | None
    fold_constant: bool
    schema: Mapping[str, Any] | bool | None


@dataclass(frozen=True, slots=True)
class Options:
    """The options of `shape`, which knows what they mean.

    Attributes:
        caps: of the budget and the profile.
        counter: what counts tokens.
        exact: whether its counts are exact.
        format: as it was asked for.
        strategy: which items of a list are shown.
        wishes: the paths of `keep`, `drop` and `drop_order`.
        inline: whether the notice stands in the text.
        secret: signs cursors.
        fold: whether columns of one value are told once.
        schema: what the result has to fit.
        pages: whether a cursor can be asked for: if not, none is offered.
        quoted: whether the text is JSON that stands for a value: a string in it is a document all the same, with its notice.
        paging: the schema by which another call pages through the same: this one reads and writes its cursors, and cuts entries.
        most: how many items of what is paged through one page shows at the most, and then at least one; 0 for a page of what
            stands around them; None for no bound.
        skipped: how many items behind the cursor are passed over.
    """

    caps: Caps
    counter: CountTokens
    exact: bool
    format: Format
    strategy: Strategy
    wishes: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    inline: bool
    secret: bytes | None
    fold: bool
    schema: Schema | None
    pages: bool = True
    quoted: bool = False
    paging: Schema | None = None
    most: int | None = None
    skipped: int = 0

    @classmethod
    def read(
        cls,
        *,
        budget: Any = None,
        profile: Any = None,
        format: Any = "auto",  # noqa: A002  # the word of the field, and of `shape`
        strategy: Any = "head",
        keep: Any = (),
        drop: Any = (),
        drop_order: Any = (),
        notice: Any = "inline",
        counter: Any = None,
        secret: Any = None,
        fold_constant: bool = False,
        schema: Any = None,
        pages: bool = True,
        quoted: bool = False,
    ) -> Self:
        """The options as they are given to `shape`.

        Raises:
            MissingExtra: for a schema, if jsonschema is not installed.
            UsageError: for one that cannot be right. The paths are read with a payload, or by `check`.
        """
        for option, given, known in (
            ("format", format, FORMATS),
            ("notice", notice, _NOTICES),
            ("strategy", strategy, STRATEGIES),
        ):
            if given not in known:
                raise UsageError(f"{option}={given!r}: take one of {', '.join(known)}")
        if secret is not None and (not isinstance(secret, (str, bytes)) or not secret):
            raise UsageError("secret: give text or bytes that only your handler knows")
        wishes = _paths("keep", keep), _paths("drop", drop), _paths("drop_order", drop_order)
        against = _schema(schema, format)
        return cls(
            caps(budget, profile),
            counting(counter),
            counter.exact if isinstance(counter, Counter) else True,
            format,
            strategy,
            wishes,
            notice == "inline" and against is None,
            secret.encode() if isinstance(secret, str) else secret,
            fold_constant,
            against,
            pages,
            quoted,
        )

    def check(self) -> None:
        """Reads what is else read with each payload.

        Raises:
            BudgetTooSmall: for a cap that not even a digit is within.
            InvalidPath: for a path that is none, or uses more of JSONPath than is read.
        """
        for unit in ("tokens", "chars", "bytes"):
            cap = getattr(self.caps, unit)
            if cap is not None and cap < 1:
                raise BudgetTooSmall(budget=cap, needed=1, unit=unit)
        Reader(*self.wishes)


def then_previews(drop_order: Any) -> Any:
    """The paths of `drop_order`, and behind them those of the cards that `attach` sets beside links: in a handler's answer they go
    before anything that is not named. What are no paths is left to those who read them.
    """
    listed = isinstance(drop_order, Iterable) and not isinstance(drop_order, str)
    return (*drop_order, _PREVIEWS) if listed else drop_order


def _schema(schema: Any, format: object) -> Schema | None:  # noqa: A002
    if schema is not None and format not in {"auto", "json"}:
        raise UsageError(f"format={format!r}: what is to fit a schema is JSON; leave the format out")
    return None if schema is None else read_schema(schema)


def _paths(option: str, paths: object) -> tuple[str, ...]:
    listed = tuple(paths) if isinstance(paths, Iterable) and not isinstance(paths, str) else None
    if listed is None or not all(isinstance(path, str) for path in listed):
        raise UsageError(f"{option}={paths!r}: give a list of JSONPaths")
    return listed
