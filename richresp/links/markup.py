"""How tags are written, as patterns: each finds what HTML's tokenizer finds (HTML 13.2.5), in one pass over the text.

Every repetition is possessive and every step takes exactly the characters that the tokenizer would take, so that no text
is read twice for want of an end: a tag, quote or comment without an end reaches to the end of the text and is nothing.
White space is HTML's five characters; Python's has more.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import islice
from string import ascii_lowercase

from richresp.limits.extract import LONG_TAG_CHARS
from richresp.limits.links import MAX_ATTRIBUTES
from richresp.links import references

_W = r"\t\n\f\r "
_END_OF_NAME = rf"(?=[{_W}/>])"
_NAME = rf"[a-zA-Z][^{_W}/>]*+"
# The rest of a tag behind its name. The first way is quick and takes what is usual; where it stops short of the tag's end
# the second starts anew and takes everything: names that begin with `=`, blanks around the equals sign, empty values.
_USUAL = rf"""[^>"'=]*+(?:(?<![{_W}/"'=])=(?:"[^"]*+"|'[^']*+'|[^{_W}>"'=][^{_W}>]*+)[^>"'=]*+)*+>"""
_EXACT = (
    rf"(?:[{_W}/]++|[^{_W}/>][^{_W}/>=]*+"
    rf"""(?:[{_W}]*+=[{_W}]*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^{_W}>"'][^{_W}>]*+|(?=>)))?+)*+>"""
)
_REST = rf"(?:{_USUAL}|{_EXACT})"
# Of a script that is surely no JSON-LD: its type would have a plus sign, or a reference to one.
_PLAIN_REST = rf"""(?:[^>"'=+&]++|(?<![{_W}/"'=])=(?:"[^"+&]*+"|'[^'+&]*+'|[^{_W}>"'=+&][^{_W}>+&]*+))*+>"""
_ATTRIBUTE = re.compile(
    rf"([^{_W}/>][^{_W}/>=]*+)"
    rf"""(?:[{_W}]*+=[{_W}]*+(?:"([^"]*+)"|'([^']*+)'|([^{_W}>"'][^{_W}>]*+))?+)?+"""
)
# A meta as almost all are written, with one name in it, and content before or behind that.
_ASIDE = rf"""(?:[{_W}]++(?:data-[a-z-]++|id|class|lang)="[^"]*+")*+"""
_USUAL_META = (
    rf"""()[mM][eE][tT][aA](?:[{_W}]++content="([^"\r]*+)")?+{_ASIDE}"""
    rf"""[{_W}]++(property|name|itemprop)="([!#-%'-~]++)"{_ASIDE}(?:[{_W}]++content="([^"\r]*+)")?+{_ASIDE}[{_W}]*+/?>"""
)
# Metas for the browser alone; where they lead elsewhere they are left to be looked at.
_SILENT_META = (
    rf"""[mM][eE][tT][aA][{_W}]++(?:charset="[^"]*+"|http-equiv="(?![rR])[^"]*+"[{_W}]++content="[^"]*+")[{_W}]*+/?>"""
)
_BOGUS = r"(?:[!?]|/(?![a-zA-Z]))[^>]*+>"  # what is neither tag nor comment, and ends at the first `>`
_COMMENT = r"!--(?:-?>|(?:[^-]++|-(?!-!?>))*+--!?>)"
_UPPER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def _letter(char: str) -> str:
    return f"[{char}{char.upper()}]" if char.isalpha() else re.escape(char)


def _any_case(name: str) -> str:
    return "".join(map(_letter, name)) + _END_OF_NAME


def one_of(names: Collection[str]) -> str:
    """A pattern for any of these names in any case, as a tree of letters: the first letter rules most tags out."""
    tails: dict[str, list[str]] = {}
    for name in sorted(names):
        tails.setdefault(name[:1], []).append(name[1:])
    ways = [_letter(first) + one_of(rest) for first, rest in tails.items() if first]
    if "" in tails:
        ways.append("")
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


_SCRIPT = _any_case("script")
# Elements that hold only text and say nothing: whole ones are skipped at once. A script with `<!--` in it is not that simple.
_SILENT = "|".join(
    rf"{_any_case(name)}{rest}[^<]*+(?:<(?:[^/!<]|(?=<)|/(?!{_any_case(name)})|!{but})[^<]*+)*+</{_any_case(name)}{_REST}"
    for name, rest, but in (("script", _PLAIN_REST, "(?!--)"), ("style", _REST, ""), ("noscript", _REST, ""))
)
# Links that only load something, of which most pages have many.
_LOADING = "(?:stylesheet|preload|modulepreload|prefetch|dns-prefetch|preconnect)"
_LOADING_LINK = (
    rf"""{_any_case("link")}[{_W}]++(?:(?!rel=)[a-z-]++=(?:"[^"]*+"|'[^']*+')[{_W}]++)*+"""
    rf"""rel=(?:"{_LOADING}"|'{_LOADING}'){_REST}"""
)
_MEANINGLESS_END = rf"/(?!{one_of(('body', 'html', 'br', 'head'))}{_END_OF_NAME}){_NAME}{_REST}"


def _but(names: Collection[str]) -> str:
    """The first letter of a name that is none of these; most letters rule them all out."""
    letters = {name[0] for name in names}
    free = "".join(letter + letter.upper() for letter in ascii_lowercase if letter not in letters)
    return rf"(?:[{free}]|(?!{one_of(names)}{_END_OF_NAME})[a-zA-Z])"


def _drawing(drawn: Collection[str]) -> str:
    """A pattern for a whole SVG with nothing in it but shapes and titles without tags."""
    title, svg = _any_case("title"), _any_case("svg")
    inner = rf"/?+{_but(drawn)}[^{_W}/>]*+(?:>|{_REST})|{_COMMENT}|{title}{_REST}(?<!/>)[^<]*+</{title}{_REST}"
    return rf"{svg}{_REST}(?<!/>)[^<]*+(?:<(?:{inner})[^<]*+)*+</{svg}{_REST}"


def next_of(
    opening: Collection[str], closing: Collection[str], *, drawn: Collection[str] = (), section: bool = False
) -> re.Pattern[str]:
    """A pattern that skips text and all tags but these, and stops behind the next of them.

    Groups: 1 is all of what is behind `<`; 2 is `![CDATA[`, 3 the slash of an end tag, 4 the name, 5 the rest of the tag if
    it has an end.

    Args:
        opening: the names of the start tags.
        closing: the names of the end tags.
        drawn: the names of the tags that mean something in drawings: a drawing without any is skipped. Empty in drawings,
            where scripts and styles are tags like others.
        section: whether there are CDATA sections.
    """
    tag = rf"(?:/{_but(closing)}|{_but(opening)})[^{_W}/>]*+(?:>|{_REST})"
    cdata = r"!\[CDATA\[" if section else "(?!)"
    silent = f"{_SILENT}|{_LOADING_LINK}|{_drawing(drawn)}|" if drawn else ""
    # Of several `<` only the last may begin something.
    skipped = rf"[^<]*+(?:<++(?:{tag}|{silent}{_COMMENT}|(?!!--|{cdata}){_BOGUS}|(?![a-zA-Z/!?]))[^<]*+)*+"
    every = one_of({*opening, *closing})
    return re.compile(rf"{skipped}<++(({cdata})|(/?)({every}{_END_OF_NAME})({_REST})?+)")


def next_in_head(names: Collection[str]) -> re.Pattern[str]:
    """The same for the head of a page: it stops at these start tags and at the end of the head; without a group where
    something ends the head that stands before its end. Five groups stand before those, of a meta that is written as
    almost all are: where it begins, the content if it stands first, the naming attribute, the name in it, and the content if it
    stands last.
    """
    skipped = rf"[{_W}]*+(?:<(?:{_SILENT}|{_SILENT_META}|{_LOADING_LINK}|{_COMMENT}|(?!!--){_BOGUS}|{_MEANINGLESS_END})[{_W}]*+)*+"
    slash = rf"/(?={_any_case('head')})"
    general = rf"(()({slash}|)({one_of(names)}{_END_OF_NAME})({_REST})?+)"
    return re.compile(rf"{skipped}(?:<(?:{_USUAL_META}|{general}))?+")


def lower(name: str) -> str:
    """The name of a tag or attribute, with its ASCII letters small: of no other letter is the case folded."""
    return name.lower() if name.isascii() else name.translate(_UPPER)


def attributes(text: str, start: int, end: int) -> dict[str, str]:
    """The first attributes of a tag, decoded. Of two with the same name the first stands.

    Args:
        text: the page.
        start: where the name of the tag ends.
        end: where the tag ends.
    """
    values: dict[str, str] = {}
    if end - start < LONG_TAG_CHARS:
        every = _ATTRIBUTE.findall(text, start, end - 1)[:MAX_ATTRIBUTES]
    else:
        every = [found.groups("") for found in islice(_ATTRIBUTE.finditer(text, start, end - 1), MAX_ATTRIBUTES)]
    for written, double, single, bare in every:
        name = written.lower() if written.isascii() else lower(written)
        if name not in values:
            value = double or single or bare
            values[name] = references.in_attribute(newlines(value)) if "&" in value or "\r" in value else value
    return values


def closes_itself(text: str, start: int, end: int) -> bool:
    """Whether a tag ends in a slash that is not part of an attribute."""
    if text[end - 2] != "/":
        return False
    last = start
    for found in _ATTRIBUTE.finditer(text, start, end - 1):
        last = found.end()
    return last < end - 1


def newlines(text: str) -> str:
    """Text with each line ended by a line feed, as HTML reads it (13.2.3.5)."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def end_of_section(text: str, position: int) -> int:
    """Where a CDATA section ends; -1 if it does not."""
    end = text.find("]]>", position)
    return end + 3 if end >= 0 else -1


def end_of_text(name: str) -> re.Pattern[str]:
    """A pattern for the end tag of an element that holds only text; group 1 is the rest of the tag if it has an end."""
    return re.compile(f"</{_any_case(name)}({_REST})?+")


_SCRIPT_END = end_of_text("script")
_SCRIPT_ESCAPE = re.compile(f"-->|<(/?){_SCRIPT}")


def end_of_script(text: str, position: int) -> int:
    """Where the text of a script ends: at its end tag, but not at one within `<!-- <script> ... </script>`.

    These are the escaped states (HTML 13.2.5.20 to 13.2.5.30), which old pages rely on. Without an end it is the text's.
    """
    end = -1
    while True:
        if end < position:
            closed = _SCRIPT_END.search(text, position)
            end = closed.start() if closed else len(text)
        escape = text.find("<!--", position, end)
        if escape < 0:
            return end
        doubly = False
        position = escape + 2
        while (found := _SCRIPT_ESCAPE.search(text, position)) is not None:
            position = found.end()
            if found[0] == "-->":
                break
            if found[1] and not doubly:
                return found.start()
            doubly = not found[1]
        else:
            return len(text)
