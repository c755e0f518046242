"""Pages that stand in front of the page that was asked for: consent, bot checks, logins, shells that only scripts fill.

A rule looks for what a vendor's own markup or a standard says, never for the name of a site, and never alone: words of body
and head must show that nothing else is there. Many ordinary pages carry "captcha", a challenge script or "enable
JavaScript". Adding a vendor is a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from richresp.limits.extract import MAX_MARKED_WALL_CHARS, MAX_SHELL_CHARS, MAX_TITLED_WALL_CHARS, MAX_WALL_CHARS
from richresp.links.scan import Head
from richresp.text import one_line

# Whole titles, as the vendors' own challenge and block pages have them, without dots at the end.
_CHALLENGE_TITLES = {
    "just a moment": "Cloudflare, challenge page",
    "attention required! | cloudflare": "Cloudflare, block page 1020",
    "please wait... | cloudflare": "Cloudflare, challenge page",
    "ddos-guard": "DDoS-Guard",
    "pardon our interruption": "Imperva Advanced Bot Protection (Distil)",
    "access to this page has been denied": "HUMAN (PerimeterX) block page",
    "human verification": "AWS WAF, CAPTCHA action",
    "vercel security checkpoint": "Vercel Firewall",
    "making sure you're not a bot!": "Anubis (TecharoHQ/anubis)",
    "client challenge": "Fastly Bot Management",
    "bot verification": "LiteSpeed reCAPTCHA",
    "one moment, please": "Imunify360 bot protection",
    "radware captcha page": "Radware Bot Manager",
    "radware bot manager captcha": "Radware Bot Manager",
    "shieldsquare captcha": "Radware Bot Manager (ShieldSquare)",
    "sucuri website firewall - access denied": "Sucuri",
    "you are being redirected": "Sucuri",
    "checking your browser": "Cloudflare, and proxies that imitate it",
    "checking your browser before accessing": "Cloudflare, and proxies that imitate it",
    "verifying you are human": "Cloudflare, heading of the challenge",
    "verify you are human": "HUMAN, Cloudflare Turnstile",
    "are you a robot?": "HUMAN block page, customised",
    "robot or human?": "HUMAN block page, customised",
    "access denied | cloudflare": "Cloudflare",
}
_BLOCK_TITLE = re.compile(
    r"access denied \| .{1,100} used cloudflare to restrict access", re.IGNORECASE
)  # Cloudflare 1020
# Markup that a vendor's challenge consists of, and that it does not put into pages it lets through.
_CHALLENGE_MARKS = {
    "Cloudflare": r"_cf_chl_opt\b|cf-browser-verification|cf_chl_prog",
    "Imperva": r"_Incapsula_Resource\?CWUDNSAI=|Incapsula incident ID",
    "HUMAN (PerimeterX)": r"id=[\"']?px-captcha|_pxBlockScript|captcha\.px-cdn\.net",
    "DataDome": r"\b(?:geo|ct|interstitial)\.captcha-delivery\.com",
    "Kasada": r"window\.KPSDK\s{0,9}=",
    "AWS WAF": r"window\.gokuProps\b",
    "Akamai": r"sec-if-cpt-container|/_sec/cp_challenge/|bm-verify|errors\.edgesuite\.net",
    "Anubis (TecharoHQ/anubis)": r"anubis_challenge|/\.within\.website/x/cmd/anubis/",
    "Vercel Firewall": r"/\.well-known/vercel/security/",
    "DDoS-Guard": r"/\.well-known/ddos-guard/(?:check|js-challenge)",
    "Sucuri": r"sucuri_cloudproxy_js",
    "kyprizel/testcookie-nginx-module": r"slowAES\.decrypt\(",
    "Alibaba Cloud WAF": r"acw_sc__v2|aliyun_waf_",
    "F5": r"window\[[\"']bobcmd[\"']\]|/TSPD/[0-9a-f]{8}",
    "Reblaze": r"window\.rbzns\b",
    "Radware Bot Manager": r"validate\.perfdrive\.com",
    "Imunify360": r"wsidchk\b",
    "Fastly Bot Management": r"/_fs-ch-[0-9A-Za-z]{8}",
}
_MARKED = re.compile("|".join(_CHALLENGE_MARKS.values()))
_CONSENT_LABELS = frozenset(("consent", "guce"))  # the hosts of Google's and Yahoo's consent pages: consent.*, guce.*
_CONSENT_PATH = re.compile(
    r"/(?:cookie-?wall|consent-?wall|privacy-?(?:wall|gate)|cookie-?consent|cookies?-?absent)(?=[/.?]|$)", re.IGNORECASE
)
_CONSENT_FORM = re.compile(
    r"<form\b[^>]{0,500}?\baction\s{0,9}=\s{0,9}[\"']?(?:https?://consent\.[^\"'\s>]{1,200}/save|[^\"'\s>]{0,200}/collectConsent)\b",
    re.IGNORECASE,
)
_LOGIN_PATH = re.compile(
    r"/(?:log-?_?in|sign-?_?in|log-?_?on|sign-?_?on|servicelogin|authwall|sso|authorize|authenticate)(?=[/.?;]|$)",
    re.IGNORECASE,
)
# Where to go back to after the login: what frameworks call it (Django next, Rails return_to, ASP.NET ReturnUrl, CAS service ...)
_RETURNS = frozenset(
    ("next", "return", "return_to", "returnto", "return_url", "returnurl", "returnuri", "redirect", "redirect_to", "redirect_uri", "redirect_url",
     "redirecturl", "redirecturi", "redir", "continue", "goto", "dest", "destination", "back", "back_url", "backurl", "from", "forward", "ref", "r",
     "returl", "rurl", "service", "sessionredirect", "session_redirect", "target", "targeturl", "callback", "callbackurl", "u", "url")
)  # fmt: skip
_PASSWORD = re.compile(r"<input\b[^>]{0,500}?\btype\s{0,9}=\s{0,9}[\"']?password\b", re.IGNORECASE)
# What app generators (create-react-app, Vite, webpack, Angular, Vue) and editors write into a title that nobody changed.
_SHELL_TITLES = frozenset(
    ("", "react app", "vite app", "vite + react", "vite + react + ts", "vite + vue", "vite + vue + ts", "webpack app", "app", "document", "loading",
     "untitled", "index", "home", "please wait", "javascript required", "enable javascript", "javascript is disabled")
)  # fmt: skip
_SHELL_ROOT = re.compile(
    r"""<(?:div|main|section)\b[^>]{0,300}?\bid\s{0,9}=\s{0,9}["']?[\w-]{0,40}(?:root|app|main|__next|__nuxt|___gatsby|mount)[\w-]{0,40}["'\s>]"""
    r"|<app-root[\s>]",
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
    if host.partition(".")[0] in _CONSENT_LABELS and host.count(".") > 1:
        return "consent"
    if _is_login(path, query) and (not _has_card(head) or _PASSWORD.search(text[:MAX_WALL_CHARS])):
        return "login"
    if _has_card(head) or len(text) > MAX_WALL_CHARS:
        return None
    title = (one_line((head.title or "")[:1_000]) or "").casefold().rstrip(" .…").replace("’", "'")
    shown = _visible_chars(text, MAX_TITLED_WALL_CHARS)
    page = _Page(head, text, title, host, path)
    return next((kind for kind, limit, shows in _RULES if shown < limit and shows(page)), None)


@dataclass(frozen=True, slots=True)
class _Page:
    """What rules look at: a page without a card of its own. The title is in small letters, without dots at its end."""

    head: Head
    text: str
    title: str
    host: str
    path: str


def _has_card(head: Head) -> bool:
    """Whether the page describes itself for links, as no wall does."""
    return any(meta[0].startswith(("og:", "twitter:")) for meta in head.metas)


def _is_login(path: str, query: str) -> bool:
    """Whether an address is that of a login that was asked for by another page: it says where to go back to."""
    values = dict(parse_qsl(query[:8_192], max_num_fields=None)) if query else {}
    names = {name.lower(): value for name, value in values.items()}
    if "samlrequest" in names:  # SAML 2.0 bindings, 3.4.4
        return True
    if "response_type" in names and "client_id" in names:  # RFC 6749, 4.1.1
        return True
    back = any(
        name in _RETURNS and value.startswith(("/", "http:", "https:")) and value != "/"
        for name, value in names.items()
    )
    return back and bool(_LOGIN_PATH.search(path))


def _is_challenge_title(page: _Page) -> bool:
    return page.title in _CHALLENGE_TITLES or bool(_BLOCK_TITLE.fullmatch(page.title))


def _is_shell(page: _Page) -> bool:
    """Whether a page without words waits for its scripts, and its title is that of the site or of nobody."""
    if page.head.json_ld or any(meta[0] == "description" for meta in page.head.metas):
        return False
    label = _NOT_PLAIN.sub("", page.host.removeprefix("www.").partition(".")[0])
    named = page.title in _SHELL_TITLES or _NOT_PLAIN.sub("", page.title) == label
    return named and bool(_SCRIPT.search(page.text)) and bool(_SHELL_ROOT.search(page.text))


# Kind, below how many visible characters the rule is believed, and the rule.
_RULES: tuple[tuple[str, int, Callable[[_Page], bool]], ...] = (
    ("challenge", MAX_TITLED_WALL_CHARS, _is_challenge_title),
    ("consent", MAX_TITLED_WALL_CHARS, lambda page: bool(_CONSENT_PATH.search(page.path))),
    ("challenge", MAX_MARKED_WALL_CHARS, lambda page: bool(_MARKED.search(page.text))),
    ("consent", MAX_MARKED_WALL_CHARS, lambda page: bool(_CONSENT_FORM.search(page.text))),
    ("script", MAX_SHELL_CHARS, _is_shell),
)


def _visible_chars(text: str, limit: int) -> int:
    """How many characters of text a page shows, white space aside; counted no further than the limit."""
    shown = 0
    for found in _RUN.finditer(text):
        run = found["text"]
        if run and (bare := run.strip()):
            shown += len(bare)
            if shown >= limit:
                break
    return shown


def _parts(url: str) -> tuple[str, str, str]:
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").lower(), parts.path, parts.query
    except ValueError:
        return "", "", ""
