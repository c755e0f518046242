"""Where text may be cut so that the counts of its parts add up.

Byte-pair encoding works on pieces, which a pattern finds; tokens never cross from one into the next. Two facts serve:

* After a letter or digit and before white space or an ASCII mark (but not an apostrophe, for `'s` is part of a piece),
  a piece ends whatever stands around it. `SEAM` finds such places.
* The pattern never looks back, and ahead only to keep one blank for the next word. So text may be cut at the end of any
  of its pieces. `pieces` finds them all, as o200k_base does; it is slow, and for text that has no seam.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from richresp.limits.tokens import RUN_CHARS

PATTERN = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n/]*"
    r"|\s*[\r\n]+"
    r"|\s+(?!\S)"
    r"|\s+"
)
"""How o200k_base finds its pieces (tiktoken_ext/openai_public.py)."""

SEAM = re.compile(r"""(?<=[^\W_])(?=[\s!-&(-/:-@\[-`{-~])""")
"""A place where text may be cut, whatever stands before and behind."""

Classify = Callable[[str, str], str]
"""A Unicode class of PATTERN (`\\p{Lu}`) and a text in, the characters of the text that belong to it out."""

# One stand-in for each set of characters that PATTERN cannot tell apart. Each is ASCII or in the re-written class below.
_STAND_INS = {
    r"\s": "\t",
    r"\p{N}": "1",
    r"\p{Ll}": "a",
    r"[\p{Lu}\p{Lt}]": "A",
    r"[\p{Lm}\p{Lo}]": "ª",
    r"\p{M}": "\u0300",
}
_ELSE = "!"
_CONTRACTED = "\u017f\u212a"  # long s and the Kelvin sign are letters that `(?i:'s)` and its like may match
_SKELETON = re.compile(
    PATTERN.replace(r"[^\r\n\p{L}\p{N}]", r"[^\r\n0-9A-Za-zª\u017f\u212a]")
    .replace(r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[A-Z\u212aª\u0300]")
    .replace(r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]", r"[a-z\u017fª\u0300]")
    .replace(r"\p{N}", "[0-9]")
    .replace(r"[^\s\p{L}[0-9]]", r"[^\t-\r 0-9A-Za-zª\u017f\u212a]")
    .replace(r"\s", r"[\t-\r ]")
    .replace(r"\S", r"[^\t-\r ]")
)
_RUN = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+|[^\w\s]*[\r\n/]*|\s+|(.)\1*")


def has_long_piece(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` may hold a piece of 2 * RUN_CHARS characters or more.

    Such a piece fills a whole window of RUN_CHARS, and all of it is letters, or marks, or blanks: a look at each window
    is enough, and ends after a few characters in any ordinary one.
    """
    return any(_RUN.fullmatch(text, at, at + RUN_CHARS) for at in range(start, end - RUN_CHARS + 1, RUN_CHARS))


def pieces(text: str, classify: Classify) -> Iterator[tuple[int, int]]:
    """The bounds of each piece of text, in order.

    `classify` asks the encoder itself which class a character is in, since engines differ in their Unicode version;
    after that a skeleton of stand-ins, for which all engines agree, decides.
    """
    odd = "".join({char for char in text if not char.isascii()}.difference(_CONTRACTED))
    table = dict.fromkeys(map(ord, odd), _ELSE)
    for pattern, stand_in in _STAND_INS.items():
        table.update(dict.fromkeys(map(ord, classify(pattern, odd)), stand_in))
    for match in _SKELETON.finditer(text.translate(table)):
        yield match.span()


def solid_part(text: str) -> tuple[int, int] | None:
    """The bounds of the first and the last seam of a text: what lies between costs the same in any surroundings.

    None where there is no seam. A text of which only one place is a seam has an empty solid part there.
    """
    first = SEAM.search(text)
    if first is None:
        return None
    last = first.start()
    for back in (64, 1024, len(text)):
        found = [match.start() for match in SEAM.finditer(text, max(last, len(text) - back))]
        if found:
            return first.start(), found[-1]
    return first.start(), last
