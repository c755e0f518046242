"""`_meta`: the facts about an answer, beside what the tool put there itself.

Keys of `_meta` are a prefix of labels with dots between, a slash, and a name; prefixes are to be reverse DNS names, and those
whose second label is `mcp` or `modelcontextprotocol` are reserved (MCP 2026-07-28, basic, "_meta"). `io.github.<owner>` is
the form for who has no domain of his own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from richresp.limits.tools import MAX_OMISSIONS

META_KEY = "io.github.richresp/shaped"
"""Where the facts stand: those of `Shaped.meta()`, `notice`, and of links that had no room, how many came."""


def is_page(meta: Mapping[str, Any] | None) -> bool:
    """Whether `_meta` says of a result that it was shortened already, or that more of it follows."""
    told = (meta or {}).get(META_KEY)
    return isinstance(told, Mapping) and bool(told.get("truncated") or told.get("cursor"))


def with_facts(meta: Mapping[str, Any] | None, facts: Mapping[str, Any], notice: str | None) -> dict[str, Any]:
    """What a tool put into `_meta`, and the facts.

    Args:
        meta: stays as it is.
        facts: of `Shaped.meta()`. Of many omissions the first are told, and how many more there are.
        notice: None for none.
    """
    told = dict(facts)
    omitted = told.get("omitted", [])
    if len(omitted) > MAX_OMISSIONS:
        told |= {"omitted": omitted[:MAX_OMISSIONS], "more_omitted": len(omitted) - MAX_OMISSIONS}
    if notice is not None:
        told["notice"] = notice
    return {**(meta or {}), META_KEY: told}
