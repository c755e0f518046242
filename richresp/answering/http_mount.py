"""The path of a request as it is below the root of its application, by which routes are named, and as it is outside, where links lead.

Servers disagree on whether a path holds the root it was found below (uvicorn since 0.26: yes; a proxy that strips it: no), so each
is looked at.
"""

from __future__ import annotations

from urllib.parse import quote, unquote_to_bytes


def below(path: str, root: str) -> str:
    """A path below a root: without it, if it begins with it. Neither has escapes."""
    root = root.rstrip("/")
    return path[len(root) :] or "/" if _begins(path, root) else path


def outside(path: str, root: str) -> str:
    """A path as it is outside of a root: with it, if it does not begin with it.

    Args:
        path: as it was sent, escapes and all.
        root: without escapes.
    """
    root = f"/{stripped}" if (stripped := root.strip("/")) else ""
    if not root or not path.startswith("/") or _begins(unquote_to_bytes(path).decode("utf-8", "replace"), root):
        return path
    return quote(root, errors="replace") + path


def _begins(path: str, root: str) -> bool:
    return path.startswith(root) and path[len(root) : len(root) + 1] in {"", "/"}
