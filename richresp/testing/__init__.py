"""A kit for the tests of those who write handlers: payloads to feed to a handler, and checks of what it returns.

`assert_shaped` and `assert_pages` need nothing beyond the library and work with any test runner. The strategies make payloads
for hypothesis, which the extra `testing` installs; they are loaded at their first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from richresp.exceptions import MissingExtra
from richresp.testing.pages import assert_pages
from richresp.testing.shaped import assert_shaped

if TYPE_CHECKING:
    from richresp.testing.strategies import (
        geojson,
        logs,
        nested,
        payloads,
        records,
        scalars,
        search_hits,
        tables,
        texts,
        urls,
    )

__all__ = [
    "assert_pages",
    "assert_shaped",
    "geojson",
    "logs",
    "nested",
    "payloads",
    "records",
    "scalars",
    "search_hits",
    "tables",
    "texts",
    "urls",
]


def __getattr__(name: str) -> Any:
    """Loads a strategy at its first use.

    Raises:
        MissingExtra: where hypothesis is not installed.
    """
    if name not in __all__:
        raise AttributeError(f"module 'richresp.testing' has no attribute {name!r}")
    try:
        strategies = import_module("richresp.testing.strategies")
    except ModuleNotFoundError as error:
        if error.name is not None and error.name.partition(".")[0] == "hypothesis":
            raise MissingExtra(extra="testing") from error
        raise
    return getattr(strategies, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
