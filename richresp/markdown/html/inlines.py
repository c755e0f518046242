"""What the elements of a line mean: links, images, formulas, and signs for what markdown has no markup for."""

from __future__ import annotations

from richresp.limits.markdown import MAX_SCRIPT_CHARS
from richresp.markdown.html.elements import attribute
from richresp.markdown.html.frames import ListFrame
from richresp.markdown.html.phrases import fence_of
from richresp.markdown.html.reader import Leave, Reader, nothing
from richresp.markdown.html.tokens import BREAK, Mark, collapsed, is_blank
from richresp.markdown.inline import LOADED, code
from richresp.markdown.inline import image as image_of
from richresp.tree import Element

_RAISED = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()aeoxhklmnpstijruv", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ", strict=True))
_SOURCES = ("src", "data-src", "data-lazy-src", "data-original")
_TEX = "{\\displaystyle "


def line_break(reader: Reader, _: Element) -> None:
    """Two breaks in a row, as authors write for paragraphs, end one."""
    tokens = reader.tokens
    if not reader.in_line:
        for token in reversed(tokens):
            if token == BREAK:
                reader.flush()
                return
            if not is_blank(token):
                break
    tokens.append(BREAK)


def link(reader: Reader, element: Element) -> Leave | None:
    """A link to another page. One to a place on the page itself is its text, and nothing if it is only a sign."""
    href = element.get("href")
    if href is None:
        return nothing
    if reader.places.is_here(href):
        text = "".join(element.itertext())
        is_sign = text.strip() and not any(char.isalnum() for char in text)
        return None if is_sign and not reader.wishes.navigation else nothing
    url = reader.places.of(href) if reader.wishes.links else None
    if url is None:
        return nothing
    reader.start(Mark("link", url))
    return reader.end


def image(reader: Reader, element: Element) -> None:
    """An image as its alternative text, or as itself, by option. One of a pixel counts visitors."""
    wanted = reader.wishes.images
    if wanted == "drop" or element.get("width") in {"0", "1"} or element.get("height") in {"0", "1"}:
        return
    alt = collapsed(element.get("alt", ""))
    if wanted == "keep":
        for name in _SOURCES:
            url = reader.places.of(element.get(name, ""))
            if url is not None and LOADED.match(url):
                reader.tokens.append(image_of(alt, url, math=reader.wishes.style.math))
                return
    if alt:
        reader.tokens += [" ", alt, " "]


def formula(reader: Reader, element: Element) -> Leave | None:
    """A formula as the TeX it was written in, as code, in which nothing is escaped; else its signs."""
    tex = element.get("alttext", "").strip()
    for note in () if tex else element.iter("annotation"):
        if "tex" in attribute(note, "encoding").lower():
            tex = "".join(note.itertext()).strip()
    if tex.startswith(_TEX) and tex.endswith("}"):
        tex = tex[len(_TEX) : -1].strip()
    if not tex:
        return nothing
    if attribute(element, "display").lower() == "block" and not reader.in_line:
        reader.flush()
        reader.frames[-1].blocks.append(fence_of(tex, "math"))
    else:
        reader.tokens.append(code(collapsed(tex)))
    return None


def script(reader: Reader, element: Element) -> Leave | None:
    """What is raised or lowered, in the characters that Unicode has for it: 10⁶ is not 106. Else it is as the rest."""
    text = element.text or ""
    if len(element) or not 0 < len(text) <= MAX_SCRIPT_CHARS:
        return nothing
    signs = _RAISED if element.tag == "sup" else _LOWERED
    letters = sum(char.isalpha() for char in text)
    if letters > 1 or any(char not in signs for char in text):
        return nothing
    reader.tokens.append("".join(signs[char] for char in text))
    return None


def quotation(reader: Reader, _: Element) -> Leave:
    """A quotation in a line, in the marks that browsers put around it."""
    reader.tokens.append("“")
    return lambda: reader.tokens.append("”")


def reading(reader: Reader, _: Element) -> Leave:
    """How characters are read, in the brackets that stand there where readings cannot stand above."""
    reader.tokens.append("(")
    return lambda: reader.tokens.append(")")


def checkbox(reader: Reader, element: Element) -> None:
    """A box at the start of an item makes it a task; no other control shows."""
    frame = reader.frames[-1]
    if isinstance(frame, ListFrame) and frame.items and attribute(element, "type").lower() == "checkbox":
        item = frame.items[-1]
        if not (item.box or item.blocks or reader.in_line) and all(map(is_blank, reader.tokens)):
            item.box = "[ ] " if element.get("checked") is None else "[x] "
