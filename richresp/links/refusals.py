"""Why a server gives no page: what its status and its bot check say, in words that hold nothing it sent.

A vendor's header tells by itself that a bot check answered, or only that one watches the site: the second counts where
the status turns a visitor away. Adding a vendor is a row.
"""

from __future__ import annotations

import re

from richresp.links.challenges import vendor_of
from richresp.links.fields import Fields

# Header, what its value holds in lower case, vendor.
_ANSWERED = (
    (b"cf-mitigated", "challenge", "Cloudflare"),
    (b"x-amzn-waf-action", "challenge|captcha|block", "AWS WAF"),
    (b"x-vercel-mitigated", "challenge|deny", "Vercel"),
    (b"x-vercel-challenge-token", "", "Vercel"),
    (b"x-dd-b", "", "DataDome"),
    (b"x-sucuri-block", "", "Sucuri"),
    (b"x-kpsdk-ct", "", "Kasada"),
)
_WATCHING = (
    (b"x-datadome", "", "DataDome"),
    (b"server", "datadome", "DataDome"),
    (b"x-sucuri-id", "", "Sucuri"),
    (b"server", "sucuri", "Sucuri"),
    (b"x-iinfo", "", "Imperva"),
    (b"x-cdn", "incapsula|imperva", "Imperva"),
    (b"server", "akamaighost", "Akamai"),
    (b"server", "ddos-guard", "DDoS-Guard"),
    (b"server", "cloudflare", "Cloudflare"),
)
_TURNED_AWAY = frozenset((401, 403, 406, 429, 503))
_WORDS = {
    401: "it asks for a login",
    403: "it lets nobody in, or not richresp",
    404: "not found",
    410: "gone",
    429: "too many requests",
    503: "it is overloaded, or down for a while",
}


def is_bot_check(fields: Fields) -> bool:
    """Whether the head of an answer says by itself that a bot check answered: nothing in its body is the page's."""
    return _named(fields, _ANSWERED) is not None


def reason_of(status: int, fields: Fields, body: str = "", *, wall: bool = False) -> str:
    """Why an answer is no page.

    Args:
        status: the HTTP status.
        fields: its header.
        body: what is there of its body, as latin-1.
        wall: whether the body is that of a challenge.
    """
    told = f"the server answers {status}"
    vendor = _named(fields, _ANSWERED)
    if vendor is None and (wall or status in _TURNED_AWAY):
        vendor = vendor_of(body)
    if vendor is not None or wall:
        return f"{told}: blocked by a bot check{_of(vendor)}, which may let another user_agent= in"
    watching = _named(fields, _WATCHING) if status in _TURNED_AWAY else None
    if watching is None or (status == 401 and fields.all(b"www-authenticate")):
        return f"{told}: {_WORDS[status]}" if status in _WORDS else told
    doubt = f"{_WORDS[503]}, or " if status == 503 else ""
    return f"{told}: {doubt}blocked by a bot check{_of(watching)}, which may let another user_agent= in"


def _of(vendor: str | None) -> str:
    return f" of {vendor}" if vendor else ""


def _named(fields: Fields, rows: tuple[tuple[bytes, str, str], ...]) -> str | None:
    for name, value, vendor in rows:
        told = fields.text(name)
        if told is not None and re.search(value, told.lower()):
            return vendor
    return None
