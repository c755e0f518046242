"""`shape`: the call itself. It checks what it was given, then lets the other files do the work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from numbers import Number
from typing import Any, Literal

from richresp.exceptions import BudgetTooSmall, InvalidCursor
from richresp.limits.shape import PAGED_SEARCH
from richresp.shaping.budget import Budget
from richresp.shaping.cursor import Seal
from richresp.shaping.data import data
from richresp.shaping.estimate import divisible
from richresp.shaping.fit import fill
from richresp.shaping.formats import Format, document_kind, document_writer, writer_for
from richresp.shaping.meter import Meter
from richresp.shaping.model import Shaped
from richresp.shaping.options import Options
from richresp.shaping.order import Strategy
from richresp.shaping.page import Page
from richresp.shaping.places import Place
from richresp.shaping.progress import Progress
from richresp.shaping.rank import Ranking
from richresp.shaping.reader import Child, Reader
from richresp.shaping.schemas import Schema, node_of
from richresp.shaping.shown import Path, omissions, origin
from richresp.shaping.whole import least_whole, whole
from richresp.tokens import O200k
from richresp.typing import CountTokens
from richresp.values.plain import pointer


def shape(
    payload: Any,
    *,
    budget: Budget | None = None,
    profile: str | None = None,
    format: Format = "auto",  # noqa: A002  # the word of the field, and of the design
    strategy: Strategy = "head",
    keep: Iterable[str] = (),
    drop: Iterable[str] = (),
    drop_order: Iterable[str] = (),
    notice: Literal["inline", "aside"] = "inline",
    counter: CountTokens | None = None,
    cursor: str | None = None,
    secret: str | bytes | None = None,
    fold_constant: bool = False,
    schema: Mapping[str, Any] | bool | None = None,
) -> Shaped:
    """Trims a payload to a token budget: valid, honest about what is missing, as full as can be.

    What fits comes back whole. Of what does not, short fields come first, list items in order, texts from their start;
    the result says what is missing, and a cursor gets the next page of the longest list.

    Args:
        payload: dicts, lists, strings and scalars, nested as deep as you like; dataclasses, attrs and pydantic models,
            enums, dates, Decimals, UUIDs, paths, sets; pandas and polars frames, numpy arrays; iterators. It is not
            changed, and read only as far as it is shown: what is wrong with a value beyond that is not found.
        budget: the most tokens that `text` may cost, notice and cursor included; or a mapping of caps on "tokens",
            "chars" and "bytes", all of which hold.
        profile: a host of `richresp.profiles.PROFILES`, whose caps hold as well.
        format: "json"; "markdown": records of one make as a table, others as lists, a dict as fields with tables and lists
            below; "csv" or "tsv", of a list; "text": indented lines without markup. A string is a document as it is, of
            markdown or of text, in pages that end between its blocks, paragraphs or lines; a reference link whose
            definition stands on another page shows as the text it is. "auto" is markdown where a list is a table that
            costs at least a tenth less than its JSON, as its first records tell; for a string what it looks like,
            markdown or text; else JSON.
        strategy: which items of a list are shown: "head" those at its start, "tail" at its end, "spread" some of its
            whole length, the first and the last among them, and without a cursor. Strings and dicts are shown from
            their start. Of an iterator that does not fit only the head can be known.
        keep: JSONPaths (RFC 9535: names, indexes, wildcards, descendants) of what is shown as soon as anything of its
            record is, uncut. The record is the nearest list item around it, or else the payload; of what a descendant
            (`..`) names, the container that it stands in. Items of the list that cursors page through are records.
        drop: JSONPaths of what is never shown, nor missed: no omission, no notice.
        drop_order: JSONPaths of what goes first, before anything else is cut; the first path before the second. The
            items of the list that cursors page through come in their turn all the same.
        notice: "inline" tells the model in the text what is missing: under the first free key of `_notice`,
            `_notice_2` ... of a dict, or as a first item of a list. "aside" leaves the text pure.
        counter: what counts tokens: of `tokens.counter(...)`, or any callable from text to int. By default o200k_base.
        cursor: of an earlier result for the same payload, to get the page after it.
        secret: signs cursors, so that none but your own are taken.
        fold_constant: whether columns of a markdown table are told once, above it, which have the same value in the
            first records and in all that are shown.
        schema: a JSON Schema (drafts 4 to 2020-12, as `$schema` says) that the result has to fit; needs the extra `schema`.
            Only optional entries and items beyond `minItems` are left out, strings are whole, and a page of fewer than
            `minItems` is not offered. The text is JSON without a notice, which is `r.notice`; it may use less of the budget.
            Nothing is fetched for a `$ref`, and `format` is not checked.

    Raises:
        BudgetTooSmall: if not even the smallest honest answer fits, with what `keep` names; `.needed` says what would.
        InvalidPayload: for bytes, cycles, keys that collide as text, types that have no JSON form, and what does not fit
            the schema.
        MissingExtra: for a schema, if jsonschema is not installed.
        InvalidPath: for a path that is none, or uses more of JSONPath than is read.
        InvalidCursor: if the cursor is not of this payload and these options.
        UsageError: for an argument that cannot be right.

    What an iterator, a model or a counter of your own raises passes through.
    """
    options = Options.read(
        budget=budget,
        profile=profile,
        format=format,
        strategy=strategy,
        keep=keep,
        drop=drop,
        drop_order=drop_order,
        notice=notice,
        counter=counter,
        secret=secret,
        fold_constant=fold_constant,
        schema=schema,
    )
    return shaped(payload, options, cursor)


def shaped(payload: Any, options: Options, cursor: str | None = None) -> Shaped:
    """The same by options that are read; it raises the same errors."""
    strategy, against = options.strategy, options.schema
    meter = Meter(options.caps, options.counter)
    reader = Reader(*options.wishes, node=against.root if against else None, strict=against is not None)
    value = reader.native(payload, str)
    top = Child(0, None, value, reader.start, lost=value is None and isinstance(payload, Number))
    if isinstance(value, str):
        strategy = "head"
    paged = _paged(top, reader) if options.paging is None else _paged_by(options.paging, top, reader, options)
    kind = None if against else document_kind("auto" if options.quoted else options.format, value)
    writer = None if kind or against else writer_for(options.format, top, paged, reader, fold=options.fold)
    written = ("markdown" if kind == "markdown" else "text") if kind else "json" if writer is None else writer.format

    pager = against or options.paging
    digested = f"{'json' if pager else written} {strategy} {options.wishes}" + (f" {pager.text}" if pager else "")
    seal = Seal(digested, strategy == "tail", options.secret)
    is_dropping = bool(options.wishes[1])
    start = mark = 0
    if cursor is not None:
        if paged is None or strategy == "spread" or not options.pages:
            raise InvalidCursor(reason="there are no pages of this payload with these options")
        start, mark = seal.read(cursor, _places(top, paged, reader)[1])
    start += options.skipped
    division = None
    if kind:
        from richresp.shaping.documents import divide

        division = divide(value, kind, start=start, mark=mark)
        writer = document_writer(written, division, quoted=options.quoted)
    if cursor is None and (fitting := whole(top, reader, meter, writer)) is not None:
        _validate(fitting.data, against, pointer, dropped=is_dropping)
        return replace(fitting, exact=options.exact)

    def draft() -> tuple[Page, Ranking]:
        root, inside = _places(top, paged or top, reader)
        inside.start, inside.division = start, division
        inside.most = options.most if paged is not None else None
        if against is not None and inside is not root:
            root.within[inside.child.order] = inside
        page = Page(
            root,
            inside if paged is not None else None,
            count=len if meter.is_foreign else O200k(),
            inline=options.inline,
            seal=seal if options.pages and strategy != "spread" else None,
            strategy=strategy,
            later=cursor is not None if options.most is None else options.most > 0 and paged is not None,
            writer=writer,
        )
        return page, Ranking(root, Progress(strategy, page.paged, page.later))

    try:
        page, used = fill(draft, meter)
    except BudgetTooSmall as error:
        raise error if cursor is not None else least_whole(top, reader, meter, error, writer) from None
    omitted, values = tuple(omissions(page.sheet.root)), data(page.sheet.root)
    _validate(values, against, partial(origin, page.sheet.root), dropped=is_dropping)
    return Shaped(
        page.text(),
        values,
        used,
        options.exact,
        written if writer is None else writer.format,
        omitted,
        page.notice,
        page.cursor,
        media_type="application/json" if writer is None else writer.media_type,
    )


def _validate(values: Any, against: Schema | None, where: Callable[[Path], str], *, dropped: bool) -> None:
    if against is not None:
        against.check(values, where, dropped=dropped)


def _paged(top: Child, reader: Reader) -> Child | None:
    """What cursors page through: the payload itself if it is a list or string, else the longest list right under it.

    A stream, whose length nobody knows, counts as the longest. Of a map with very many keys only the first are looked at.
    """
    if not isinstance(top.value, dict):
        return top if divisible(top.value) and _has_pages(top, reader) else None
    longest, most = None, 0.0
    for child in reader.lists(top.value, top.state, PAGED_SEARCH):
        if not child.turn and _has_pages(child, reader):
            total = reader.total(child.value, child.state)
            size = _ENDLESS if total is None else total
            if size > most:
                longest, most = child, size
    return longest


def _paged_by(schema: Schema, top: Child, reader: Reader, options: Options) -> Child | None:
    """The same as it is paged through against a schema."""
    strict = Reader(*options.wishes, node=schema.root, strict=True)
    found = _paged(top._replace(state=strict.start), strict)
    if found is None or found.name is None:
        return found and top
    return next((child for child in reader.children(top.value, top.state, str) if child.name == found.name), None)


_ENDLESS = float("inf")


def _has_pages(child: Child, reader: Reader) -> bool:
    """Whether a later part of a list or string may stand alone: not where a schema goes by the place of its items, or
    looks at all of them.
    """
    node = node_of(child.state)
    return not reader.is_held(child) and (node is None or not (node.demands.head or node.demands.every))


def _places(top: Child, paged: Child, reader: Reader) -> tuple[Place, Place]:
    """Fresh places of the payload and of what is paged through."""
    root = Place(None, top, reader)
    return root, root if paged is top else root.inside(paged)
