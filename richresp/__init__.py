"""Answers that fit a model's context.

`shape` trims any payload to a token budget, `markdown` writes tables and lists that render right for any text, and
`preview` tells what a link would look like. Names are loaded when they are first used, so `import richresp` costs next
to nothing in a handler.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # type checkers read it as true; importing it from typing would cost more than all the rest
if TYPE_CHECKING:
    from typing import Any

    from richresp import caching, hosts, markdown, tokens
    from richresp.attaching import Attached, aattach, attach
    from richresp.decorator import budgeted
    from richresp.exceptions import (
        Blocked,
        BudgetTooSmall,
        DeadlineExceeded,
        FetchError,
        InvalidCursor,
        InvalidPath,
        InvalidPayload,
        InvalidURL,
        MissingExtra,
        NotHTML,
        PreviewError,
        RichRespError,
        TooManyRedirects,
        UsageError,
    )
    from richresp.links import AsyncPreviewer, Image, Preview, Previewer, apreview, preview
    from richresp.shaping import Omission, Shaped, ShapedParts, explain, shape, shape_parts

__version__ = "0.1.0"

__all__ = [
    "AsyncPreviewer",
    "Attached",
    "Blocked",
    "BudgetTooSmall",
    "DeadlineExceeded",
    "FetchError",
    "Image",
    "InvalidCursor",
    "InvalidPath",
    "InvalidPayload",
    "InvalidURL",
    "MissingExtra",
    "NotHTML",
    "Omission",
    "Preview",
    "PreviewError",
    "Previewer",
    "RichRespError",
    "Shaped",
    "ShapedParts",
    "TooManyRedirects",
    "UsageError",
    "aattach",
    "apreview",
    "attach",
    "budgeted",
    "caching",
    "explain",
    "hosts",
    "markdown",
    "preview",
    "shape",
    "shape_parts",
    "tokens",
]

_HOME = {
    "attaching": ("Attached", "aattach", "attach"),
    "decorator": ("budgeted",),
    "links": ("AsyncPreviewer", "Image", "Preview", "Previewer", "apreview", "preview"),
    "shaping": ("Omission", "Shaped", "ShapedParts", "explain", "shape", "shape_parts"),
}
_MODULES = ("caching", "hosts", "markdown", "tokens")


def __getattr__(name: str) -> Any:
    """Loads a public name at its first use (PEP 562)."""
    if name in _MODULES:
        return import_module(f"richresp.{name}")
    if name not in __all__:
        raise AttributeError(f"module 'richresp' has no attribute {name!r}")
    home = next((home for home, names in _HOME.items() if name in names), "exceptions")
    value = getattr(import_module(f"richresp.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
