"""What is wrong with a link, as one list: findings of the audit, warnings of the preview, what its picture has, what lacks.

A fault is told once. Where a finding of the audit says what a warning says as well, the finding stays, for it weighs the fault and
names its source; of the size of an image what was measured counts, not what the page declares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from richresp.gallery.model import Entry
from richresp.links import Finding, Preview
from richresp.links.sizes import finding_of_size

WALLS = {
    "consent": "behind a consent wall",
    "challenge": "behind a bot check",
    "login": "behind a login",
    "script": "a page that only scripts fill",
}
FIELDS = {
    "site_name": "site name",
    "title": "title",
    "description": "description",
    "image": "image",
    "url": "address",
}
SEVERITIES = ("error", "warning", "hint")
_SIZES = frozenset(("image-tiny", "image-small", "image-below-recommended"))
_WALL_RULES = frozenset(("wall", "script-only"))
_WALL_WARNING = "the page is a wall "

# Of a warning how it is worded, and the rules that find the same; a group is what it speaks of, which a finding names as well.
_SAME = (
    (re.compile(r"no site_name"), ("site-name-missing",)),
    (re.compile(r"no title"), ("title-missing",)),
    (re.compile(r"no description|the description is the first paragraph .*"), ("description-missing",)),
    (re.compile(r"no image"), ("image-missing", "image-useless")),
    (re.compile(r"(og:image) is relative, .*"), ("image-relative",)),
    (re.compile(r"(og:image) is no address .*"), ("image-useless",)),
    (re.compile(r"(\S+) (?:is blank|holds a placeholder: .*)"), ("text-placeholder", "tags-empty", "image-useless")),
    (re.compile(r"(og:description) only repeats the title.*"), ("description-repeats",)),
    (re.compile(r"(\S+) is no public address: .*"), ("url-useless",)),
    (re.compile(r"(\S+) leads to another site: .*"), ("url-elsewhere",)),
    (re.compile(r"(\S+) leads to the site's front page.*"), ("url-home",)),
    (re.compile(r"some meta tags stand behind the head.*"), ("tags-late",)),
    (re.compile(r"a JSON-LD block cannot be read.*"), ("json-ld-unreadable",)),
)
_NAMES = {"link:canonical": "the canonical link"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault.

    Attributes:
        severity: "error", "warning" or "hint", as of a Finding.
        message: what is wrong, and what to do.
        rule, source: of the finding that says so; empty for others.
    """

    severity: str
    message: str
    rule: str = ""
    source: str = ""


def problems_of(entry: Entry) -> tuple[Problem, ...]:
    """All that is wrong with a link, errors first, each once. Of a link without a preview its error says it."""
    if entry.preview is None:
        return ()
    found = dict.fromkeys(_all(entry, entry.preview))
    return tuple(sorted(found, key=lambda problem: SEVERITIES.index(problem.severity)))


def lacking(preview: Preview) -> list[str]:
    """The names of the fields that a card has not. Of a page behind a wall none is known to lack."""
    if preview.wall is not None and preview.wall != "script":
        return []
    return [told for name, told in FIELDS.items() if getattr(preview, name) is None]


def _all(entry: Entry, preview: Preview) -> Iterator[Problem]:
    findings = list(_findings(entry))
    rules = {finding.rule for finding in findings}
    if preview.status is not None and preview.status >= 400:
        yield Problem("error", f"the server answers with status {preview.status}")
    if preview.wall is not None and not rules & _WALL_RULES:
        told = WALLS.get(preview.wall, "behind a wall")
        yield Problem("error", f"{told}: chat windows meet it as well, and show what it says or nothing")
    if preview.stale:
        yield Problem("warning", "this preview is remembered and old: nothing newer could be had")
    for finding in findings:
        severity = finding.severity if finding.severity in SEVERITIES else "hint"
        yield Problem(severity, finding.message, finding.rule, finding.source)
    if entry.no_audit is not None:
        yield Problem("warning", f"the page could not be audited: {entry.no_audit}")
    if entry.no_picture is not None and "image-type" not in rules:
        yield Problem("warning", f"the image could not be loaded: {entry.no_picture}")
    lacks = {f"no {name}": f"no {told}" for name, told in FIELDS.items() if told in lacking(preview)}
    for warning in dict.fromkeys((*preview.warnings, *lacks)):
        if not warning.startswith(_WALL_WARNING) and not _is_told(warning, findings):
            yield Problem("warning", lacks.get(warning, warning))


def _findings(entry: Entry) -> Iterator[Finding]:
    """Those of the audit, with what was measured of the image in the place of what is declared."""
    picture = entry.picture
    measured = None if picture is None else finding_of_size(picture.full_width, picture.full_height)
    if measured is not None:
        yield measured
    for finding in entry.findings or ():
        if measured is None or finding.rule not in _SIZES:
            yield finding


def _is_told(warning: str, findings: Iterable[Finding]) -> bool:
    for worded, rules in _SAME:
        if said := worded.fullmatch(warning):
            about = said[1] if worded.groups else ""
            name = _NAMES.get(about, about)
            return any(finding.rule in rules and name in finding.message for finding in findings)
    return False
