"""What a previewer says of itself in each request: who it is, what it takes, and which languages it would like.

Some sites give their card only to agents that they know, some turn others away. Whose name to use is the author's choice and
responsibility: an honest one is the default, and may name the author's own service.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from richresp.exceptions import UsageError
from richresp.limits.links import MAX_OPTION_CHARS
from richresp.links.kept import Header
from richresp.version import VERSION

USER_AGENTS: Mapping[str, str] = MappingProxyType(
    {
        "richresp": f"richresp/{VERSION} (link preview)",
        "facebook": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "twitter": "Twitterbot/1.0",
        "browser": (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
            " Chrome/141.0.0.0 Safari/537.36"
        ),
    }
)
"""What `user_agent=` may be called by name.

- "richresp": honest, and the default. Sites can tell it from others, allow it, and say why they do not.
- "facebook": the crawler that most pages write their og: tags for. Sites that fill pages by scripts often serve it a page that is
  ready, and some let it through their consent and login walls. Bot checks that look at addresses turn it away.
- "twitter": the same for twitter: tags; many sites that name the crawlers they let in name both.
- "browser": a current Chrome. It gets what visitors get: the walls as well, and pages that only scripts fill.
"""

_ACCEPT = b"text/html,application/xhtml+xml,*/*;q=0.5"
_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")


def request_headers(user_agent: str | None = None, accept_language: str | None = None) -> tuple[Header, ...]:
    """What every request says, but for its host and cookies.

    Args:
        user_agent: a name in USER_AGENTS, or a whole User-Agent value; None for "richresp".
        accept_language: a list of language ranges (RFC 9110, 12.5.4), as "de-CH, de;q=0.9, en;q=0.5", sent as it is; None to
            send none.

    Raises:
        UsageError: for a value that no header can have.
    """
    agent = "richresp" if user_agent is None else user_agent
    if isinstance(agent, str):
        agent = USER_AGENTS.get(agent, agent)
    headers = [
        (b"User-Agent", _value("user_agent", agent)),
        (b"Accept", _ACCEPT),
        (b"Accept-Encoding", b"gzip"),
    ]
    if accept_language is not None:
        headers.append((b"Accept-Language", _value("accept_language", accept_language)))
    return tuple(headers)


def told_in(headers: tuple[Header, ...]) -> tuple[str, str | None]:
    """The agent and the languages that requests name; None where they name no languages."""
    told = dict(headers)
    languages = told.get(b"Accept-Language")
    return told.get(b"User-Agent", b"").decode("ascii"), None if languages is None else languages.decode("ascii")


def _value(option: str, value: object) -> bytes:
    if not isinstance(value, str) or len(value) > MAX_OPTION_CHARS or not _VALUE.fullmatch(value):
        raise UsageError(
            f"{option}={value!r:.200}: give one line of ASCII, at most {MAX_OPTION_CHARS} characters, no blanks around it"
        )
    return value.encode("ascii")
