"""How vendors' challenges and block pages look: their whole titles, their markup, their words.

A mark is what a vendor's challenge consists of. Where the vendor puts it into every page that it watches, it says less, and
stands apart. Adding a vendor is a row.
"""

from __future__ import annotations

import re

# Whole titles, as the vendors' own challenge and block pages have them, without dots at the end.
_TITLES = {
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
    "Cloudflare": r"_cf_chl_opt\b|cf-browser-verification|cf_chl_prog|/cdn-cgi/challenge-platform/[\w/-]{0,40}/orchestrate/",
    "Imperva": r"_Incapsula_Resource\?CWUDNSAI=|Incapsula incident ID",
    "HUMAN (PerimeterX)": r"id=[\"']?px-captcha|captcha\.px-cdn\.net",
    "Akamai": r"sec-if-cpt-container|/_sec/cp_challenge/",
    "Amazon": r"action\s{0,9}=\s{0,9}[\"']?/errors/validateCaptcha\b",
    "Anubis (TecharoHQ/anubis)": r"anubis_challenge|/\.within\.website/x/cmd/anubis/",
    "Vercel Firewall": r"/\.well-known/vercel/security/",
    "DDoS-Guard": r"/\.well-known/ddos-guard/(?:check|js-challenge)",
    "Sucuri": r"sucuri_cloudproxy_js",
    "kyprizel/testcookie-nginx-module": r"slowAES\.decrypt\(",
    "Alibaba Cloud WAF": r"acw_sc__v2|aliyun_waf_",
    "F5": r"window\[[\"']bobcmd[\"']\]",
    "Reblaze": r"window\.rbzns\b",
    "Radware Bot Manager": r"validate\.perfdrive\.com",
    "Imunify360": r"wsidchk\b",
    "Fastly Bot Management": r"/_fs-ch-[0-9A-Za-z]{8}",
}
# Scripts of vendors who watch every page with them: they make a challenge only of a page that has nothing else.
_WATCHING_MARKS = {
    "HUMAN (PerimeterX)": r"_pxBlockScript",
    "DataDome": r"\b(?:geo|ct|interstitial)\.captcha-delivery\.com",
    "Kasada": r"window\.KPSDK\s{0,9}=",
    "AWS WAF": r"window\.gokuProps\b|\.captcha-sdk\.awswaf\.com/",
    "Akamai": r"bm-verify",
    "F5": r"/TSPD/[0-9a-f]{8}",
}
MARK = re.compile("|".join(_CHALLENGE_MARKS.values()))
"""What stands in challenges only."""

WATCH = re.compile("|".join(_WATCHING_MARKS.values()))
"""What makes a challenge only of a page that has nothing else."""

WORDED = re.compile(r"\bhttps?(?:://|&#58;&#47;&#47;)errors(?:\.|&#46;)edgesuite(?:\.|&#46;)net(?:/|&#47;)[0-9a-f]")
"""Akamai's block page has its mark in the text, and escapes all of it."""


def is_title(title: str) -> bool:
    """Whether a title is a challenge's: in small letters, without dots at its end."""
    return title in _TITLES or bool(_BLOCK_TITLE.fullmatch(title))


def vendor_of(text: str) -> str | None:
    """Whose challenge or block page a text is, if it bears a mark of one or has the title of one."""
    for vendor, mark in (_CHALLENGE_MARKS | _WATCHING_MARKS).items():
        if re.search(mark, text):
            return vendor
    if WORDED.search(text):
        return "Akamai"
    title = _TITLE.search(text)
    words = title[1].strip().casefold().rstrip(" .…").replace("’", "'") if title else ""
    if _BLOCK_TITLE.fullmatch(words):
        return "Cloudflare"
    return _TITLES[words].partition(",")[0] if words in _TITLES else None


_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{1,200})", re.IGNORECASE)
