"""Pages that stand in front of the page that was asked for: consent, bot checks, logins, shells that only scripts fill.

A rule looks for what a vendor's own markup or a standard says, never for the name of a site, and never alone: body and head
must show that nothing else is there. Many ordinary pages carry "captcha", a challenge script or "enable JavaScript", or are
about them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from richresp.limits.extract import (
    MAX_MARKED_WALL_CHARS,
    MAX_SCRIPTED_WALL_CHARS,
    MAX_SHELL_CHARS,
    MAX_TITLED_WALL_CHARS,
    MAX_WALL_CHARS,
)
from richresp.links.challenges import MARK, WATCH, WORDED, is_title
from richresp.links.head import Head
from richresp.text import one_line

# What is there in pages, and in no challenge that a vendor's script has yet to draw, nor in a shell.
_CONTENT = re.compile(
    r"<(?:h1|img|picture|canvas|video|audio|object|embed|article|table)[\s/>]|<a\s[^>]{0,500}?\bhref\b", re.IGNORECASE
)
_ARTICLE = re.compile(r"<article[\s>]", re.IGNORECASE)
# Descriptions that nobody wrote for the page: HUMAN's block page, the template of create-react-app.
_IDLE_DESCRIPTIONS = frozenset(("px-captcha", "web site created using create-react-app"))
_CONSENT_LABELS = frozenset(("consent", "guce"))  # the hosts of Google's and Yahoo's consent pages: consent.*, guce.*
_CONSENT_PATH = re.compile(
    r"/(?:cookie-?wall|consent-?wall|privacy-?(?:wall|gate)|cookie-?consent|cookies?-?absent)(?=[/.?]|$)", re.IGNORECASE
)
_CONSENT_FORM = re.compile(
    r"<form\b[^<>]{0,500}?\baction\s{0,9}=\s{0,9}[\"']?https?://consent\.[^\"'\s>]{1,200}/save\b", re.IGNORECASE
)
_LOGIN_PATH = re.compile(
    r"/(?:wp-login|log-?_?in|sign-?_?in|log-?_?on|sign-?_?on|servicelogin|authwall|sso|authorize|authenticate)(?=[/.?;]|$)",
    re.IGNORECASE,
)
_GRANT_PATH = re.compile(r"/(?:o?auth2?|authorize|connect|log-?in|sign-?in)(?=[/.?;]|$)", re.IGNORECASE)
_AUTHWALL = re.compile(r"/authwall(?=[/?]|$)", re.IGNORECASE)
# Where to go back to after the login: what frameworks call it (Django next, Rails return_to, ASP.NET ReturnUrl, CAS service ...)
_RETURNS = frozenset(
    ("next", "return", "return_to", "returnto", "return_url", "returnurl", "returnuri", "redirect", "redirect_to", "redirect_uri", "redirect_url",
     "redirecturl", "redirecturi", "redir", "continue", "goto", "dest", "destination", "back_url", "backurl", "forward", "returl", "rurl", "service",
     "sessionredirect", "session_redirect", "target", "targeturl", "callback", "callbackurl")
)  # fmt: skip
_PASSWORD = re.compile(r"<input\b[^<>]{0,500}?\btype\s{0,9}=\s{0,9}[\"']?password\b", re.IGNORECASE)
# What app generators (create-react-app, Vite, webpack, Angular, Vue) and editors write into a title that nobody changed.
_SHELL_TITLES = frozenset(
    ("", "react app", "vite app", "vite + react", "vite + react + ts", "vite + vue", "vite + vue + ts", "webpack app", "app", "document", "loading",
     "untitled", "index", "home", "please wait", "javascript required", "enable javascript", "javascript is disabled")
)  # fmt: skip
_SHELL_ROOT = re.compile(
    r"""<(?:div|main|section)\b[^<>]{0,300}?\bid\s{0,9}=\s{0,9}["']?(?:\w{1,40}[-_])?"""
    r"""(?:(?:react|vue|svelte|my)?[-_]?(?:root|app)|_{0,2}(?:next|nuxt)|_{0,3}gatsby|mount)(?:[-_][\w-]{0,40})?["'\s>]|<app-root[\s>]""",
    re.IGNORECASE,
)
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_SCRIPT = re.compile(r"<script[\s>]", re.IGNORECASE)
_RUN = re.compile(
    r"<!--(?:-?>|[\s\S]*?(?:--!?>|\Z))"
    r"|<(?P<raw>script|style|noscript|template|svg(?![^<>]*/>)|title|textarea|iframe|select)(?=[\s/>])(?:[^<]++|<(?!/(?P=raw)[\s/>]))*+(?:</(?P=raw)[^>]*+>?)?+"
    r"|</?[A-Za-z!?][^>]*+>?|(?P<text>[^<]++|<)",
    re.IGNORECASE,
)


def wall_of(head: Head, text: str, url: str) -> str | None:
    """The kind of wall that a page is.

    Args:
        head: what the page says about itself.
        text: the page.
        url: where it came from, after redirects.

    Returns:
        "consent", "challenge", "login" or "script" (a shell that only scripts fill); None for a page of its own.
    """
    host, path, query = _parts(url)
    title = (one_line((head.title or "")[:1_000]) or "").casefold().rstrip(" .…").replace("’", "'")
    fields = _fields(query)
    page = _Page(head, text, title, host, path, fields, _goes_back(fields))
    carded, long = _has_card(head), len(text) > MAX_WALL_CHARS
    if (carded or long) and not (_is_consent_host(page) or _is_login(page)):
        return None
    rules = _ALWAYS if carded else _ALWAYS + _BY_ADDRESS if long else _ALWAYS + _BY_ADDRESS + _BY_CONTENT
    shown = _visible_chars(text, MAX_TITLED_WALL_CHARS)
    return next((kind for kind, limit, shows in rules if shown < limit and shows(page)), None)


@dataclass(frozen=True, slots=True)
class _Page:
    """What rules look at. The title is in small letters, without dots at its end.

    Attributes:
        fields: of the query, names in small letters.
        returns: whether the query says where to go back to.
    """

    head: Head
    text: str
    title: str
    host: str
    path: str
    fields: dict[str, str]
    returns: bool

    def speaks(self) -> bool:
        """Whether the page describes itself, for links or for search, as no wall does."""
        head = self.head
        canonical = any("canonical" in link["rel"].lower().split() for link in head.links)
        described = any(
            meta.name == "description" and meta.content.strip().lower() not in _IDLE_DESCRIPTIONS for meta in head.metas
        )
        return canonical or described or any(block.text.strip() for block in head.json_ld) or _has_card(head)

    def marked(self, marks: re.Pattern[str]) -> bool:
        """Whether a mark stands in the page's markup or scripts; in its text it is spoken of."""
        return bool(marks.search(self.text)) and any(
            found["text"] is None and not found[0].startswith("<!--") and marks.search(found[0])
            for found in _RUN.finditer(self.text)
        )

    def has_content(self) -> bool:
        """Whether there is more than text to see."""
        return any(found["raw"] is None and _CONTENT.match(found[0]) for found in _RUN.finditer(self.text))


def _has_card(head: Head) -> bool:
    """Whether the page describes itself for links, as no wall does."""
    return any(meta[0].startswith(("og:", "twitter:")) for meta in head.metas)


def _fields(query: str) -> dict[str, str]:
    return {name.lower(): value for name, value in parse_qsl(query[:8_192])} if query else {}


def _goes_back(fields: dict[str, str]) -> bool:
    return any(
        name in _RETURNS and value.startswith(("/", "http:", "https:")) and value != "/"
        for name, value in fields.items()
    )


def _is_login(page: _Page) -> bool:
    """Whether an address is that of a login that was asked for by another page: it says where to go back to."""
    if "samlrequest" in page.fields:  # SAML 2.0 bindings, 3.4.4
        return True
    if "response_type" in page.fields and "client_id" in page.fields and _GRANT_PATH.search(page.path):
        return True  # RFC 6749, 4.1.1
    return page.returns and bool(_LOGIN_PATH.search(page.path))


def _is_consent_host(page: _Page) -> bool:
    return page.host.partition(".")[0] in _CONSENT_LABELS and page.host.count(".") > 1


def _is_challenge_title(page: _Page) -> bool:
    return is_title(page.title) and (page.marked(MARK) or not (page.speaks() or _ARTICLE.search(page.text)))


def _is_challenge_address(page: _Page) -> bool:
    """Google's page of "unusual traffic"."""
    return page.path == "/sorry/index" and page.returns and not page.speaks()


def _is_shell(page: _Page) -> bool:
    """Whether a page without words waits for its scripts, and its title is that of the site or of nobody."""
    label = _NOT_PLAIN.sub("", page.host.removeprefix("www.").partition(".")[0])
    named = page.title in _SHELL_TITLES or _NOT_PLAIN.sub("", page.title) == label
    waits = bool(_SCRIPT.search(page.text)) and bool(_SHELL_ROOT.search(page.text))
    return named and waits and not page.speaks() and not page.has_content()


_ANY = MAX_TITLED_WALL_CHARS * 2
_Rule = tuple[str, int, Callable[[_Page], bool]]
"""Kind, below how many visible characters the rule is believed, and the rule."""

# Those that hold for pages with a card as well, those that hold for long pages, and those for short ones without a card.
_ALWAYS: tuple[_Rule, ...] = (
    ("consent", _ANY, lambda page: _is_consent_host(page) and (page.returns or "/collectconsent" in page.path.lower())),
    ("login", _ANY, lambda page: _is_login(page) and bool(_PASSWORD.search(page.text[:MAX_WALL_CHARS]))),
    ("login", MAX_MARKED_WALL_CHARS, lambda page: page.returns and bool(_AUTHWALL.search(page.path))),
)  # fmt: skip
_BY_ADDRESS: tuple[_Rule, ...] = (
    ("consent", MAX_TITLED_WALL_CHARS, _is_consent_host),
    ("login", MAX_MARKED_WALL_CHARS, _is_login),
)
_BY_CONTENT: tuple[_Rule, ...] = (
    ("challenge", MAX_TITLED_WALL_CHARS, _is_challenge_title),
    ("challenge", MAX_TITLED_WALL_CHARS, _is_challenge_address),
    ("consent", MAX_TITLED_WALL_CHARS,
     lambda page: (page.returns or "url" in page.fields) and bool(_CONSENT_PATH.search(page.path)) and not page.speaks()),
    ("challenge", MAX_MARKED_WALL_CHARS, lambda page: page.marked(MARK) and not page.speaks()),
    ("challenge", MAX_MARKED_WALL_CHARS, lambda page: bool(WORDED.search(page.text)) and not page.speaks()),
    ("challenge", MAX_SCRIPTED_WALL_CHARS,
     lambda page: page.marked(WATCH) and not page.speaks() and not page.has_content()),
    ("consent", MAX_MARKED_WALL_CHARS, lambda page: bool(_CONSENT_FORM.search(page.text)) and not page.speaks()),
    ("script", MAX_SHELL_CHARS, _is_shell),
)  # fmt: skip


def _visible_chars(text: str, limit: int) -> int:
    """How many characters of text a page shows, white space aside; counted no further than the limit."""
    shown = 0
    for found in _RUN.finditer(text):
        run = found["text"]
        if run and (bare := run.strip()):
            shown += len(bare)
            if shown >= limit:
                return limit
    return shown


def _parts(url: str) -> tuple[str, str, str]:
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").lower(), parts.path, parts.query
    except ValueError:
        return "", "", ""


def may_be_wall(url: str) -> bool:
    """Whether an address is such that a page with a card in its head may be a wall all the same, as its rest will tell."""
    host, path, query = _parts(url)
    if not query and host.partition(".")[0] not in _CONSENT_LABELS:
        return False
    fields = _fields(query)
    page = _Page(Head(), "", "", host, path, fields, _goes_back(fields))
    return _is_consent_host(page) or _is_login(page)
