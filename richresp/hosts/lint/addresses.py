"""What a host can reach: rules for the URLs in manifests and OpenAPI documents. Nothing is looked up, nothing connected to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from urllib.parse import SplitResult, urlsplit

from richresp.exceptions import Blocked, InvalidURL
from richresp.hosts.lint.model import Finding
from richresp.hosts.lint.rules import found, quoted
from richresp.links import Policy, check_url

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def check_address(url: str, place: str, *, lower: bool = False) -> Iterator[Finding]:
    """What is wrong with a URL that a host of models has to fetch.

    Args:
        url: as it stands in the document.
        place: where.
        lower: whether a relative URL means less than a refusal.
    """
    parts = split(url)
    if parts is None:
        yield found("url-invalid", place, f"{quoted(url)} is no URL; write an absolute one, https://...")
    elif not parts.scheme or not parts.netloc:
        if parts.scheme and parts.scheme not in ("http", "https"):
            yield found("url-invalid", place, f"{quoted(url)} is fetched by no host; write https://...")
        else:
            yield found("url-relative", place, f"{quoted(url)} is relative; write it out, https://...", lower=lower)
    elif parts.scheme not in ("http", "https"):
        yield found("url-invalid", place, f"{quoted(url)} is fetched by no host; write https://...")
    elif is_local(parts):
        yield found("url-local", place, f"{quoted(url)} is on this machine: fine for trying it out, not for others")
    else:
        if parts.scheme == "http":
            yield found("url-plain-http", place, f"{quoted(url)} is not encrypted; serve and write https://...")
        try:
            check_url(url, policy=_policy())
        except InvalidURL as error:
            yield found("url-invalid", place, f"{quoted(url)}: {error.reason}; mend it")
        except Blocked as error:
            yield found("url-private", place, f"{quoted(url)} is out of reach for a host: {error.reason}")


def split(url: str) -> SplitResult | None:
    """The parts of a URL; None where it has none."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def is_local(parts: SplitResult) -> bool:
    """Whether a URL leads to the machine that it is read on."""
    host = (parts.hostname or "").rstrip(".")
    return host in _LOOPBACK or host.endswith(".localhost")


def root_domain(url: str | None) -> str | None:
    """The domain that a manifest speaks for: its host without `www.`; None on this machine, and for addresses of numbers."""
    parts = split(url) if url else None
    if parts is None or parts.scheme not in ("http", "https") or is_local(parts):
        return None
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    return host if "." in host and not host.replace(".", "").isdigit() and ":" not in host else None


def is_within(host: str, root: str) -> bool:
    """Whether a host is a domain or below it."""
    return host == root or host.endswith(f".{root}")


def second_level(host: str) -> str:
    """The last two labels. Under a suffix like `co.uk` that is too little to tell two owners apart, so none is accused."""
    return ".".join(host.rstrip(".").split(".")[-2:])


@cache
def _policy() -> Policy:
    return Policy(allow_ports=range(1, 1 << 16))
