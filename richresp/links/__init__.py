"""What a link looks like: its site, title, description, image and address.

    bytes -> decode -> scan (tags of the head) -> sources (an ordered chain for each field) -> Preview
    URL -> policy (where may it lead) -> flow (what to fetch next) -> transport (guarded) -> bytes

`extract` is the first line, and needs no network; `preview` is both. `audit` says what to mend so that a page's card
shows, and `meta_tags` writes the tags of a preview for a page of your own. Names that need httpx are loaded at first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from richresp.links.audit import audit
from richresp.links.extract import extract
from richresp.links.model import Icon, Image, Preview
from richresp.links.policy import Policy, check_url
from richresp.links.rules.rule import Finding
from richresp.links.tags import meta_tags

if TYPE_CHECKING:
    from richresp.links.agents import USER_AGENTS
    from richresp.links.async_client import AsyncPreviewer, apreview
    from richresp.links.client import Previewer, preview
    from richresp.links.whole import Fetched

__all__ = [
    "USER_AGENTS",
    "AsyncPreviewer",
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
    "extract",
    "meta_tags",
    "preview",
]


_HOME = {"USER_AGENTS": "agents", "AsyncPreviewer": "async_client", "apreview": "async_client", "Fetched": "whole"}


def __getattr__(name: str) -> Any:
    """Loads what fetches at its first use (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module 'richresp.links' has no attribute {name!r}")
    return getattr(import_module(f"richresp.links.{_HOME.get(name, 'client')}"), name)
