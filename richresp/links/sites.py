"""The name of a site, told from the titles of its pages and its host; and titles without it.

A title has segments (`What happened - Section | The Site`). One that says what the host says, spelled together, shortened or
in initials, is the site's name. Segments and hosts are compared without case, blanks, accents and punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from richresp.limits.extract import MAX_TITLE_CHARS

_SEPARATOR = re.compile(r" ?[|｜¦│] ?| (?:[-–—―‐·•∙⋅‣»«›‹/\\~:→>]{1,3}) | ?(?:::|—|―) ?|: ")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_APART = re.compile(r"[^\w]+|_")
_LOOSE_ENDS = " \t-–—―|·•∙⋅»«›‹/\\~:→>,;"  # of a title whose other part is missing, as `- The Site`
_AROUND = re.compile(r"^[^\w]+|[^\w+!]+$")
# Second-level labels under which countries register names (RFC 1591 leaves them to each registry; these are the usual ones).
REGISTRY = frozenset(
    ("ac", "ad", "co", "com", "edu", "go", "gob", "gouv", "gov", "govt", "mil", "ne", "net", "or", "org", "sch")
)
_SMALL_HOSTS = frozenset(("www", "m", "mobile", "amp", "touch"))
_SAID = (("&", " and "), ("+", " plus "))
# What is added to a name to get a host that was still free, and is not said.
_BEFORE = ("get", "go", "join", "my", "the", "try", "use")
_BEHIND = ("app", "co", "corp", "gmbh", "hq", "inc", "llc", "ltd", "official", "online", "site", "web")
_MAX_NAME_WORDS = 4
_MAX_SHORTENED_WORDS = 6
_LEAST_SHORT = 3
_MOST_SHORT = 24
_LEAST_OTHER = 2
_SMALL_WORDS = frozenset(("the", "of", "and", "for", "in", "on", "a", "an", "de", "du", "des", "la", "le", "der", "die", "das", "für", "und", "et", "y"))  # fmt: skip


def name_in_title(title: str, host: str) -> str | None:
    """The segment of a title that says just what the host says; the last one first, then the first, then the others.

    Args:
        title: one clean line.
        host: a host name.
    """
    labels = _labels(host)
    found = (segment for segment in _ends_first(segments_of(title)) if not labels.isdisjoint(_spellings(segment)))
    return next(found, None)


def name_shortened(title: str, host: str) -> str | None:
    """The last segment of a title if the host is made of its words' beginnings; or one at its ends that lacks what hosts add."""
    segments = _ends_first(segments_of(title))
    own = _own_label(host)
    short = _without_affixes(own)
    ends = segments[:2] if len(segments) > 1 else []
    if ends and _is_shortened(ends[0], own):
        return ends[0]
    return next((end for end in ends if not short.isdisjoint(_spellings(end))), None)


def is_named_like(name: str, host: str) -> bool:
    """Whether a name that is declared for a site is one for its host: spells it, has it among its words, or is what it shortens."""
    own = _own_label(host)
    name = name[:MAX_TITLE_CHARS]
    words = _words(name)[:_MAX_NAME_WORDS]
    return own in _runs(words) or not _labels(host).isdisjoint(_spellings(name)) or _is_shortened(name, own)


def name_around_host(title: str, host: str) -> str | None:
    """The last segment of a title if it is a short one with the host's name among its words, as `Site News`.

    What begins with a capital and has the name in small letters has it as a word: `Used cars in Ohio`.
    """
    segments = segments_of(title)
    name = segments[-1]
    words = _words(name)
    own = _own_label(host)
    if len(segments) < 2 or not 1 < len(words) <= _MAX_NAME_WORDS or len(own) < 2 or own not in _runs(words):
        return None
    return None if name[:1].isupper() and own in _runs([word for word in _APART.split(name) if word]) else name


def name_among_words(title: str, host: str) -> str | None:
    """The words of a title that spell the host, as `Posted on Tall Trees`; not in small letters, for then they may be words.

    Only for a host right below its registry's: `blog.` of a name is another site than the one of that name.
    """
    labels = _labels(host) if _is_whole(host) else set()
    words = title[:MAX_TITLE_CHARS].split(" ")
    plain = [folded(word) for word in words]
    if not any(label in "".join(plain) for label in labels):
        return None
    for length in range(min(_MAX_NAME_WORDS, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            if "".join(plain[start : start + length]) in labels:
                name = _AROUND.sub("", " ".join(words[start : start + length]))
                if name != name.lower():
                    return name
    return None


def without_name(title: str, names: Iterable[str], host: str) -> str:
    """A title without the segments at its ends that name the site; the title itself where nothing else is left."""
    found = list(_SEPARATOR.finditer(title[:MAX_TITLE_CHARS]))
    if not found:
        return title.strip() or title
    known = {spelling for name in names for spelling in _spellings(name)} | _labels(host)
    start, end = 0, len(title)
    while found and not known.isdisjoint(_spellings(title[found[-1].end() : end])):
        end = found.pop().start()
    while found and not known.isdisjoint(_spellings(title[start : found[0].start()])):
        start = found.pop(0).end()
    return title[start:end].strip() or title


def segments_of(title: str) -> list[str]:
    """The parts of a title between the marks that set its parts apart; at least one."""
    parts = (part.strip(_LOOSE_ENDS) for part in _SEPARATOR.split(title[:MAX_TITLE_CHARS]))
    return [part for part in parts if part] or [title]


def folded(text: str) -> str:
    """A text without case, accents and whatever is no letter or digit: what is left to compare names by."""
    return "".join(_words(text))


def _ends_first(segments: list[str]) -> list[str]:
    return [segments[-1], *segments[:-1]]


def _runs(words: list[str]) -> Iterator[str]:
    """What words that stand side by side spell."""
    return ("".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1))


def _words(text: str) -> list[str]:
    plain = text if text.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return [word for word in _APART.split(plain.casefold()) if word]


def _spellings(text: str) -> Iterator[str]:
    """How a name may be spelled in a host: with its signs left out or said, and without an article in front."""
    said = text
    for sign, word in _SAID:
        said = said.replace(sign, word)
    for spelling in (text, said) if said != text else (text,):
        words = _words(spelling)
        if words:
            yield "".join(words)
        if len(words) > 1 and words[0] == "the":
            yield "".join(words[1:])


def _parts(host: str) -> tuple[list[str], int]:
    """The labels of a host, and how many of them are a registry's."""
    labels = [_readable(label) for label in host.lower().split(".")]
    while len(labels) > 2 and labels[0] in _SMALL_HOSTS:
        del labels[0]
    national = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in REGISTRY
    return labels, 2 if national else min(1, len(labels) - 1)


def _own_label(host: str) -> str:
    """What the owner of a host called it: the label before the registry's."""
    labels, ending = _parts(host)
    return folded(labels[-ending - 1])


def _is_whole(host: str) -> bool:
    labels, ending = _parts(host)
    return len(labels) == ending + 1


def _without_affixes(label: str) -> set[str]:
    shorter = {label.removeprefix(affix) for affix in _BEFORE} | {label.removesuffix(affix) for affix in _BEHIND}
    return {name for name in shorter if len(name) >= _LEAST_SHORT and name != label}


def _labels(host: str) -> set[str]:
    """The spellings of a host that a name can match: its own label, with all below it, with what is behind it."""
    labels, ending = _parts(host)
    own = len(labels) - ending - 1
    below = labels[:own]
    kept = [labels[own], *([] if not below else ["".join([*below, labels[own]]), labels[own] + "".join(below[::-1])])]
    return {folded(name) for name in (*kept, "".join(labels[own:]), "".join(labels))} - {""}


def _readable(label: str) -> str:
    """A label in the letters that it stands for (RFC 3492)."""
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode().decode("punycode")
    except UnicodeError:
        return label


def _is_shortened(segment: str, label: str) -> bool:
    """Whether a label is made of beginnings of all the words of a name, in order; articles and the like may be left out.

    Each word must say something: a label that is nearly all one word is that word, with a letter that could be any other's.
    """
    if not _LEAST_SHORT <= len(label) <= _MOST_SHORT:
        return False
    spelled = [word for word in _APART.split(segment) if word]
    if not 1 < len(spelled) <= _MAX_SHORTENED_WORDS:
        return False
    reached = {0: 0}  # how far into the label, and the most that one word gave, where it is least
    for word in spelled:
        plain = folded(word)
        further = dict(reached) if plain in _SMALL_WORDS else {}
        for start, most in reached.items():
            for length in _shared(plain, label[start:]):
                end = start + length
                further[end] = min(further.get(end, end), max(most, length))
        reached = further
    return len(label) - reached.get(len(label), len(label)) >= _LEAST_OTHER


def _shared(word: str, rest: str) -> range:
    """The lengths that beginnings of a word and of the rest of a label share."""
    length = 0
    while length < min(len(word), len(rest)) and word[length] == rest[length]:
        length += 1
    return range(1, length + 1)
