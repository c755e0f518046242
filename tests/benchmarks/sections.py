"""What `python -m tests.benchmarks` is made of: each section measures one thing of richresp beside its peers."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median

from richresp.links import extract as richresp_extract
from tests.benchmarks import (
    cache,
    documents,
    extract,
    fetch,
    formats,
    from_html,
    markdown,
    markdown_peers,
    middleware,
    peers,
    plots,
    preview_peers,
    shape,
)
from tests.benchmarks.beside import beside
from tests.benchmarks.measure import settled
from tests.benchmarks.tables import Table
from tests.links import bombs as kinds_of_bombs


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run was asked for.

    Attributes:
        quick: less of everything.
        pages: folders of saved pages.
        invented: whether those are of the benchmark's own making.
        node_modules: folders with peers of npm.
    """

    quick: bool
    pages: tuple
    invented: bool = True
    node_modules: tuple = ()

    def modules_with(self, *names):
        """The first folder in which one of these peers is; None without."""
        return next((home for home in self.node_modules if any((Path(home) / name).is_dir() for name in names)), None)


@dataclass(frozen=True, slots=True)
class Section:
    """What came of it.

    Attributes:
        tables: beside the peers.
        measured: values by key of a goal.
        notes: what differs from the words of a goal, by its key.
        charts: to draw.
        missing: peers that could not run.
        beside: what people choose by, out of the tables.
    """

    tables: list
    measured: dict = field(default_factory=dict)
    notes: dict = field(default_factory=dict)
    charts: list = field(default_factory=list)
    missing: tuple = ()
    beside: tuple = ()


def of_shape(asked):
    big, first = shape.big(asked.quick)
    small, second = shape.small(asked.quick)
    growth, third = shape.growth(asked.quick)
    measured = {("big", budget): [one[budget] for one in big.values()] for budget in shape.BIG}
    for name, (shares, _) in shape.SMALL.items():
        measured["small", name] = [one[share] for one in small.values() for share in shares]
    measured["growth"] = list(growth.values())
    notes = {"growth": "here 10 MB to 100 KB"} if asked.quick else {}
    with peers.installed(asked.modules_with("truncate-json")) as entrants:
        found, fourth = shape.against_peers(entrants, shape.peer_cases(asked.quick), 2 if asked.quick else 3)
        charts = [plots.shape_time(entrants, asked.quick), plots.use(found)]
    missing = tuple(name for name, peer in entrants.items() if peer is peers.NOT_INSTALLED)
    chosen = dict(zip(shape.BUDGETS, fourth, strict=True))[shape.MIDDLE]
    told = tuple(
        beside(what, chosen, column, ours="richresp.shape", without=[peers.BASELINE])
        for column, what in (
            ("over", f"texts over a budget of {shape.MIDDLE:,} tokens"),
            ("JSON", "texts that are JSON, where the payload was"),
        )
    )
    return Section([*first, *second, *third, *fourth], measured, notes, charts, missing, told)


def of_formats(_):
    found = formats.ratios(sorted(formats.SAMPLES.glob("*.json")))
    return Section([formats.table_of(found)], charts=[plots.format_tokens(found)])


def of_markdown(asked):
    ratios, speed = markdown.speed(asked.quick)
    costs, truth = markdown.costs(asked.quick), markdown.truth(asked.quick)
    tables = [speed, markdown.against_peers(asked.quick), costs, truth]
    measured = {
        ("table", kind): [one for (name, size), one in ratios.items() if name == kind and size >= 1_000]
        for kind in markdown.GOALS
    }
    told = (
        beside(
            f"tables that show the text they were given, {truth.head[1]}",
            truth,
            truth.head[1],
            ours="md.table",
            without=[markdown_peers.JOINED],
        ),
        beside("tokens of a table of 50 records", costs, "mixed 50", ours="md.table", without=markdown_peers.FORMATS),
    )
    return Section(tables, measured, missing=tuple(markdown_peers.installed()[1]), beside=told)


def of_extract(asked):
    pages = list(extract.cases(asked.pages, ()))
    with preview_peers.installed(asked.modules_with(*preview_peers.NPM)) as running:
        found = extract.asked(running, pages, 1 if asked.quick else 3)
        head, *rows = extract.table(running, pages, found)
    *_, times = found
    bare = times[preview_peers.BASELINE]
    measured = {
        key: [one / other for one, other in zip(times[name], bare, strict=True)]
        for key, name in (("extract", "richresp.extract"), ("extract full", preview_peers.FULL))
    }
    note = f"{len(pages)} pages{', invented' if asked.invented else ''}"
    table = Table(f"Previews of {note}: percent right, and times", head, rows, extract.reading(pages))
    missing = tuple(name for name, peer in running.items() if peer is preview_peers.NOT_INSTALLED)
    chart = plots.extract_time([len(page.body) for page, _ in pages], times)
    rows = {"median ms": "milliseconds of a page, median"}
    if not asked.invented:  # of those nobody gets a field wrong
        rows[extract.ALL_BUT_URL] = "site names, titles, descriptions and images that are right, in percent"
    ours, without = "richresp.extract", [preview_peers.BASELINE, preview_peers.FULL]
    told = tuple(beside(f"{what} ({note})", table, column, ours=ours, without=without) for column, what in rows.items())
    return Section([table], measured, dict.fromkeys(measured, note), [chart], missing, told)


def of_bombs(asked):
    size, rows = 512 * 1_024, []
    single, twice = [], []
    with settled():
        for kind, make in kinds_of_bombs.BOMBS.items():
            once, double = make(size), make(2 * size)
            turns = [
                [kinds_of_bombs.seconds(_read, page.encode()) for page in (once, double)]
                for _ in range(1 if asked.quick else 3)
            ]
            single.append(min(turn[0] for turn in turns))
            twice.append(median(turn[1] / turn[0] for turn in turns))
            rows.append([kind, f"{1e3 * single[-1]:.1f}", f"{twice[-1]:.2f}"])
    rows.sort(key=lambda row: -float(row[1]))
    table = Table("extract of 512 KB bombs, the slowest first", ["bomb", "ms", "twice of it, ratio"], rows[:8])
    return Section([table], {"bombs": single, "bombs twice": twice})


def _read(body):
    richresp_extract(body, url="https://example.com/")


_LARGE = 300_000
"""Characters from which a page is left out of a quick run."""


def of_from_html(asked):
    pages = [page for page in from_html.saved(asked.pages) if len(page[1]) < _LARGE or not asked.quick]
    found = from_html.contest(pages, 1 if asked.quick else 3)
    head, *rows = from_html.table(pages, found)
    title = f"markdown of {len(pages)} {'invented ' if asked.invented else ''}pages"
    table = Table(title, head, rows)
    told = beside(f"tokens of the {title}", table, "tokens, all pages", ours="richresp", without=from_html.VARIANTS)
    missing = tuple(name for name in from_html.PEERS if name not in found)
    return Section([table], missing=missing, beside=(told,))


def of_fetch(asked):
    requests, rounds, values, cells = (200, 3, [], []) if asked.quick else (1_000, 5, [], [])
    with fetch.sites() as both:
        for row in (row for row in fetch.ROWS if row.goal or not asked.quick):
            seconds = fetch.contest(row, both[row.tls], requests, rounds)
            cells.extend(fetch.lines(row, seconds))
            if row.among is fetch.ASYNC and row.goal and row.kind == "page":
                values.extend(fetch.ratios(seconds[-1], seconds[0]))
    head = ["what", "side", "wall us", "CPU us", "wall ratio", "CPU ratio", "goal"]
    note = f"Medians of {rounds} rounds of {requests} requests a side; times are for one request."
    notes = {"fetch": f"{requests} at a time"} if asked.quick else {}
    return Section([Table("Previews over the wire", head, cells, (note,))], {"fetch": values}, notes)


def of_cache(asked):
    times, rounds, callers, pages = (200, 3, 200, 60) if asked.quick else (1_000, 5, 1_000, 500)
    with cache.surroundings() as (site, place):
        known, table = cache.of_known(site, place, times, rounds)
        crowd = cache.of_a_crowd(site, place, callers)
        tables = [table, crowd]
        tables += [cache.of_processes(site, place, pages)] if place.redis else []
    measured = {("cache", store): [one for (name, _), one in known.items() if name == store] for store in cache.GOALS}
    told = beside(
        f"requests for one page that {callers} callers want at once",
        crowd,
        "origin requests",
        ours="richresp, async",
        without=["richresp, sync"],
    )
    missing = () if place.redis else ("Redis, for there is no redis-server",)
    return Section(tables, measured, missing=missing, beside=(told,))


def of_documents(asked):
    size, rounds = (250_000, 2) if asked.quick else (1_000_000, 5)
    rows = []
    for kind in documents.KINDS:
        whole, *pages = documents.ratios(kind, size, rounds)
        rows.append([kind, f"{whole.seconds * 1e3:.0f}", *(f"{one.ratio:.4f}" for one in pages)])
    title = f"Pages of documents of {size:,} characters, to one parse by markdown-it-py"
    return Section([Table(title, ["kind", "parse ms", "first page", "a later page"], rows)])


def of_middleware(asked):
    _, small = middleware.small(11 if asked.quick else 41)
    return Section([replace(small, notes=()), middleware.large(5 if asked.quick else 15)])


SECTIONS = {
    "shape": of_shape,
    "formats": of_formats,
    "markdown": of_markdown,
    "extract": of_extract,
    "bombs": of_bombs,
    "from_html": of_from_html,
    "fetch": of_fetch,
    "cache": of_cache,
    "documents": of_documents,
    "middleware": of_middleware,
}
