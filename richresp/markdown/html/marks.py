"""Emphasis that every parser reads as it was meant, or none.

A run of delimiters opens or closes by the characters beside it (CommonMark 6.2). Where it would not, the signs at the edge of
the marked text are moved out of it, as in `say "**now**"!`; where that does not help, the text goes without its mark. Where
parsers differ on a character, it counts as all that they take it for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from richresp.limits.markdown import MAX_MARK_ROUNDS
from richresp.markdown.html.tokens import End, Mark, Token
from richresp.markdown.inline import code
from richresp.markdown.raw import Code, Raw

_SIGNS = {"em": ("*", "_"), "strong": ("**", "__"), "del": ("~~", "~~")}
_BLANK, _LETTER, _SIGN, _UNSURE = "blank", "letter", "sign", "unsure"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a line: text, or the delimiters of the mark that starts at an index.

    Attributes:
        source: markdown.
        role: what it is.
        mark: the index of the mark.
        at: the index of the part itself.
        is_tight: whether it stands in a mark of the same sign that began in a run of three; two others keep apart by the rule of
            three (CommonMark 6.2, rules 9 and 10), whatever they could be taken for.
    """

    source: str
    role: Literal["text", "open", "close"] = "text"
    mark: int = -1
    at: int = -1
    is_tight: bool = False


def marked(tokens: Sequence[Token]) -> list[str]:
    """Text and Raw parts of which the delimiters are Raw, for tokens that `spaced` has made, without links."""
    found = list(tokens)
    if all(isinstance(token, str) for token in found):
        return _merged(token for token in found if isinstance(token, str))
    for _ in range(MAX_MARK_ROUNDS):
        pieces = _pieces(found)
        failing = [place for place, piece in enumerate(pieces) if piece.role != "text" and not _works(pieces, place)]
        if not failing:
            return _merged(piece.source if piece.role == "text" else Raw(piece.source) for piece in pieces)
        found = _mended(found, pieces, failing)
    return _merged(token for token in found if isinstance(token, str))


def _merged(parts: Iterable[str]) -> list[str]:
    """Parts in which no two spans of code touch: their backticks would be one run."""
    merged: list[str] = []
    for part in parts:
        before = merged[-1] if merged else None
        if isinstance(part, Code) and isinstance(before, Code):
            merged[-1] = code(before.text + part.text)
        else:
            merged.append(part)
    return merged


def _pieces(tokens: Sequence[Token]) -> list[_Piece]:
    pieces: list[_Piece] = []
    open_: list[_Piece] = []
    runs: dict[int, list[int]] = {}
    for at, token in enumerate(tokens):
        if isinstance(token, Mark):
            usual, other = _SIGNS[token.kind]
            above = pieces[-1] if pieces else None
            beside = above is not None and above.role == "close" and above.source[0] == usual[0]
            source = other if beside else usual
            run = [0]
            if above is not None and above.role == "open" and above.source[0] == source[0]:
                run = runs[above.mark]
            run[0] += len(source)
            around = (runs[each.mark] for each in open_ if each.source[0] == source[0])
            is_tight = any(each is not run and each[0] > 2 for each in around)
            runs[at] = run
            open_.append(_Piece(source, "open", at, at, is_tight))
            pieces.append(open_[-1])
        elif isinstance(token, End):
            opened = open_.pop()
            pieces.append(_Piece(opened.source, "close", opened.mark, at))
        else:
            pieces.append(_Piece(token, at=at))
    return pieces


def _works(pieces: Sequence[_Piece], place: int) -> bool:
    """Whether every parser takes delimiters for what they should be."""
    piece = pieces[place]
    if any(_joins(piece, pieces, beside) for beside in (place - 1, place + 1)):
        return False
    step = 1 if piece.role == "open" else -1
    inner, outer = _beside(pieces, place, step), _beside(pieces, place, -step)
    if piece.is_tight and any(_kind(outside) != _BLANK for outside in outer):
        return False
    return all(_flanks(piece.source[0], inside, outside) for inside in inner for outside in outer)


def _flanks(char: str, inside: str, outside: str) -> bool:
    """Whether a run of a character is one that opens or closes, by the characters in and out of what it marks."""
    if not inside or inside.isspace():
        return False
    return (char != "_" and _kind(inside) == _LETTER) or _kind(outside) in {_BLANK, _SIGN}


def _joins(piece: _Piece, pieces: Sequence[_Piece], place: int) -> bool:
    """Whether delimiters would be one run with those beside them, which do the opposite."""
    beside = pieces[place] if 0 <= place < len(pieces) else piece
    return beside.role not in {"text", piece.role} and beside.source[0] == piece.source[0]


def _beside(pieces: Sequence[_Piece], place: int, step: int) -> set[str]:
    """The character beside the run that a piece is part of, and the first one that is no tilde: cmark-gfm looks for it
    behind tildes, others do not.
    """
    piece = pieces[place]
    place += step
    while 0 <= place < len(pieces) and pieces[place].role == piece.role and pieces[place].source[0] == piece.source[0]:
        place += step
    found: set[str] = set()
    while 0 <= place < len(pieces):
        source = pieces[place].source if step > 0 else pieces[place].source[::-1]
        found.add(source[0])
        rest = source.lstrip("~")
        if rest:
            return {*found, rest[0]}
        place += step
    return {*found, ""}


def _kind(char: str) -> str:
    if not char or char in " \t\n":
        return _BLANK
    if char.isalnum():
        return _LETTER
    return _SIGN if char.isascii() and char.isprintable() else _UNSURE


def _mended(tokens: Sequence[Token], pieces: Sequence[_Piece], failing: Sequence[int]) -> list[Token]:
    """Tokens with the edges of failing marks moved out of them, or without these marks."""
    dropped: set[int] = set()
    heads: dict[int, int] = {}
    tails: dict[int, int] = {}
    for place in failing:
        piece = pieces[place]
        step = 1 if piece.role == "open" else -1
        leaf = place + step
        while pieces[leaf].role == piece.role:
            leaf += step
        text = pieces[leaf]
        size = _edge(text.source, step) if text.role == "text" and not isinstance(text.source, Raw) else 0
        if 0 < size < len(text.source):
            (heads if step > 0 else tails)[text.at] = size
        else:
            dropped.add(piece.mark)
    ends = {piece.at for piece in pieces if piece.role == "close" and piece.mark in dropped}
    return _moved(tokens, dropped | ends, heads, tails)


def _edge(text: str, step: int) -> int:
    """How many characters at one edge of a text are no letters."""
    size = 0
    for char in text if step > 0 else reversed(text):
        if _kind(char) == _LETTER:
            break
        size += 1
    return size


def _moved(tokens: Sequence[Token], dropped: set[int], heads: dict[int, int], tails: dict[int, int]) -> list[Token]:
    moved: list[Token] = []
    waiting = ""
    for at, token in enumerate(tokens):
        if at in dropped:
            continue
        if waiting and not isinstance(token, End):
            moved.append(waiting)
            waiting = ""
        if not isinstance(token, str) or isinstance(token, Raw):
            moved.append(token)
            continue
        head = heads.get(at, 0)
        tail = max(head, len(token) - tails.get(at, 0))
        if head:
            marks = len(moved)
            while marks and isinstance(moved[marks - 1], Mark):
                marks -= 1
            moved.insert(marks, token[:head])
        if token[head:tail]:
            moved.append(token[head:tail])
        waiting = token[tail:]
    return [*moved, waiting] if waiting else moved
