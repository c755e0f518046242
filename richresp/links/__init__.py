"""What a link looks like: its site, title, description, image and address.

    bytes -> decode -> scan (tags of the head) -> sources (an ordered chain for each field) -> Preview
    URL -> policy (where may it lead) -> flow (what to fetch next) -> transport (guarded) -> bytes

`extract` is the first line, and needs no network; `preview` is both. `explain` tells which tag each field came from, `audit` says
what to mend so that a page's card shows, and `meta_tags` writes the tags of a preview for a page of your own. Each name is
loaded at its first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from richresp.links.agents import USER_AGENTS
    from richresp.links.async_client import AsyncPreviewer, apreview
    from richresp.links.auditing import audit
    from richresp.links.client import Previewer, preview
    from richresp.links.explaining import Explanation, explain
    from richresp.links.extracting import extract
    from richresp.links.model import Icon, Image, Preview
    from richresp.links.policy import Policy, check_url
    from richresp.links.rules.rule import Finding
    from richresp.links.tags import meta_tags
    from richresp.links.whole import Fetched

__all__ = [
    "USER_AGENTS",
    "AsyncPreviewer",
    "Explanation",
    "Fetched",
    "Finding",
    "Icon",
    "Image",
    "Policy",
    "Preview",
    "Previewer",
    "apreview",
    "audit",
    "check_url",
    "explain",
    "extract",
    "meta_tags",
    "preview",
]

# No module has the name of what it offers: importing it would put itself in that place.
_HOME = {
    "USER_AGENTS": "agents",
    "AsyncPreviewer": "async_client",
    "Explanation": "explaining",
    "Fetched": "whole",
    "Finding": "rules.rule",
    "Icon": "model",
    "Image": "model",
    "Policy": "policy",
    "Preview": "model",
    "Previewer": "client",
    "apreview": "async_client",
    "audit": "auditing",
    "check_url": "policy",
    "explain": "explaining",
    "extract": "extracting",
    "meta_tags": "tags",
    "preview": "client",
}


def __getattr__(name: str) -> Any:
    """Loads a name at its first use (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module 'richresp.links' has no attribute {name!r}")
    value = getattr(import_module(f"richresp.links.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
