"""What a command looks at: a saved page, or a URL and where it may lead."""

from __future__ import annotations

from pathlib import Path

from richresp.links import Policy


def is_file(target: str) -> bool:
    """Whether there is such a file."""
    try:
        return Path(target).is_file()
    except (OSError, ValueError):  # a URL may be longer than any file name, and hold what none can
        return False


def everywhere() -> Policy:
    """Private addresses and any port as well, for whoever sits at the keyboard."""
    return Policy(allow_networks=("0.0.0.0/0", "::/0"), allow_ports=range(1, 1 << 16))
