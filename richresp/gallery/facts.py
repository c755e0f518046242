"""What stands beside the cards of a link: its problems above them, and below them where each field came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from richresp.gallery.cards import language
from richresp.gallery.markup import Markup, element, joined, link, short, verbatim
from richresp.gallery.model import Entry
from richresp.gallery.problems import FIELDS, Problem
from richresp.limits.gallery import MAX_HEADING_CHARS, MAX_LISTED, MAX_MARKDOWN_CHARS, MAX_SHOWN_CHARS
from richresp.links import Preview
from richresp.text import one_line
from richresp.tokens import count

_ADDRESSES = frozenset(("image", "url"))


def problem_list(problems: Sequence[Problem]) -> Markup | None:
    """What is wrong, one below the other; None where nothing is."""
    if not problems:
        return None
    more = len(problems) - MAX_LISTED
    return element(
        "section",
        element("h3", "Problems"),
        element("ul", joined(*map(_problem, problems[:MAX_LISTED]))),
        element("p", f"and {more} more", class_="told") if more > 0 else None,
        class_="problems",
    )


def facts(entry: Entry, preview: Preview, *, is_open: bool) -> Markup:
    """All that is known of a link beside its cards and its problems, folded or open."""
    fields = joined(*(_field(name, entry, preview) for name in FIELDS))
    source, told = preview.to_markdown(), " · ".join(_told(preview))
    way = element("p", told, class_="told") if told else None
    return element(
        "div",
        _part("Fields", element("dl", fields, class_="fields"), way, is_open=is_open),
        _part(f"Markdown, {count(source)} tokens", _source(source), is_open=is_open),
        class_="facts",
    )


def _part(name: str, *children: Markup | None, is_open: bool) -> Markup:
    return element("details", element("summary", element("h3", name)), *children, open=is_open)


def _problem(problem: Problem) -> Markup:
    told = element("span", short(problem.message, MAX_SHOWN_CHARS), dir="auto")
    source = element("small", link(problem.source, shown=problem.rule)) if problem.rule else None
    return element(
        "li",
        element("strong", problem.severity, class_=f"badge {problem.severity}"),
        element("div", told, source),
    )


def _source(source: str) -> Markup:
    shown = source if len(source) <= MAX_MARKDOWN_CHARS else f"{source[:MAX_MARKDOWN_CHARS]}…"
    return joined(
        element("pre", element("code", verbatim(shown), dir="auto")),
        None if shown == source else element("small", f"{len(source):,} characters in all"),
    )


def _field(name: str, entry: Entry, preview: Preview) -> Markup:
    """A field: its value, the tag that it came from, and of an image what became of it."""
    value, source = getattr(preview, name), preview.sources.get(name)
    return joined(
        element("dt", FIELDS[name].capitalize()),
        element(
            "dd",
            _value(name, value, preview),
            *(element("small", told, dir="auto") for told in _image(entry, preview) if name == "image"),
        ),
        element(
            "dd", element("code", short(source, MAX_HEADING_CHARS), dir="ltr") if source else None, class_="source"
        ),
    )


def _value(name: str, value: str | None, preview: Preview) -> Markup:
    if value is None or (whole := one_line(value)) is None:
        return element("em", "none")
    shown = short(whole, MAX_SHOWN_CHARS)
    more = element("small", f"{len(whole):,} characters in all") if shown != whole else None
    if name in _ADDRESSES:
        return joined(link(value), more)
    return joined(element("span", shown, dir="auto", lang=language(preview)), more)


def _image(entry: Entry, preview: Preview) -> Iterator[str]:
    if entry.picture is not None:
        yield f"{entry.picture.full_width} × {entry.picture.full_height} pixels"
    if entry.no_picture is not None:
        yield f"Not loaded: {short(entry.no_picture, MAX_SHOWN_CHARS)}"
    if entry.left_out is not None:
        yield f"Left out: {short(entry.left_out, MAX_SHOWN_CHARS)}"
    declared = next((image for image in preview.images if image.url == preview.image), None)
    if declared is not None:
        yield f"Alternative text: {short(declared.alt, MAX_SHOWN_CHARS)}" if declared.alt else "No alternative text"


def _told(preview: Preview) -> Iterator[str]:
    """What is known of the way to a page."""
    if preview.status is not None:
        yield f"HTTP {preview.status}"
    if preview.redirects:
        yield "1 redirect" if len(preview.redirects) == 1 else f"{len(preview.redirects)} redirects"
    if preview.size is not None:
        yield f"{preview.size / 1000:,.1f} kB read"
    if preview.elapsed is not None:
        yield f"{preview.elapsed:.2f} s"
    if preview.type is not None:
        yield short(preview.type, MAX_SHOWN_CHARS)
    if preview.locale is not None:
        yield short(preview.locale, MAX_SHOWN_CHARS)
