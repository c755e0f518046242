"""The speed of `markdown.from_html` beside its rivals, and the tokens of what each makes, on the same saved pages in one run.

    python tests/benchmarks/from_html.py FOLDER ... [--rounds N] [--pages N] [--markdown FILE]

A folder holds a folder for each page: page.html (as served), and source.json with its url. Rivals that are not installed are
told as such: `pip install markdownify html2text trafilatura`. All get the same decoded text; times are of the processor, of
several rounds the best.
"""

import argparse
import json
import sys
import warnings
from importlib import import_module
from pathlib import Path
from statistics import median
from time import process_time

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from richresp import markdown as md
from richresp import tokens
from richresp.decode import decode
from tests.benchmarks.measure import settled

BASELINE = "markdownify"


def html2text(text, _):
    rival = import_module("html2text").HTML2Text()
    rival.body_width = 0
    return rival.handle(text)


PEERS = {
    "richresp": lambda text, url: md.from_html(text, url=url),
    "richresp, navigation": lambda text, url: md.from_html(text, url=url, navigation=True),
    "richresp, no links": lambda text, url: md.from_html(text, url=url, links=False),
    BASELINE: lambda text, _: import_module(BASELINE).markdownify(text),
    "html2text": html2text,
    "trafilatura": lambda text, url: import_module("trafilatura").extract(
        text, url=url, output_format="markdown", include_links=True, include_tables=True
    ),
}
VARIANTS = ("richresp, navigation", "richresp, no links")


def saved(folders):
    """Each page: its name, its text, its address."""
    for folder in folders:
        for path in sorted(folder.glob("*/page.html")):
            source = json.loads(path.with_name("source.json").read_text(encoding="utf-8"))
            yield path.parent.name, decode(path.read_bytes(), source.get("content_type"))[0], source["url"]


def timed(peer, text, url, rounds):
    """What a peer makes of a page, and its best time; None where it gives up."""
    best, made = None, None
    for _ in range(rounds):
        start = process_time()
        try:
            made = peer(text, url) or ""
        except Exception:  # noqa: BLE001 - whatever a rival raises
            return None, None
        best = min(best or 1e9, process_time() - start)
    return made, best


def contest(pages, rounds):
    """For each peer, and each page, its markdown and its seconds."""
    found = {}
    with settled(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, peer in PEERS.items():
            try:
                peer("<p>warm", "https://e.example/")
            except ImportError:
                continue
            found[name] = [timed(peer, text, url, rounds) for _, text, url in pages]
    return found


def table(pages, found):
    """A row for each peer."""
    base = found.get(BASELINE)
    head = ["", "MB/s", f"times {BASELINE}, median", "worst", "tokens, all pages", "gave up"]
    rows = [head]
    for name in PEERS:
        if name not in found:
            rows.append([name, "not installed", "", "", "", ""])
            continue
        done = [
            (len(text), seconds, made)
            for (_, text, _), (made, seconds) in zip(pages, found[name], strict=True)
            if made is not None
        ]
        ratios = [
            other / seconds
            for (_, seconds), (_, other) in zip(found[name], base or [], strict=False)
            if seconds is not None and other is not None
        ]
        rows.append([
            name,
            f"{sum(size for size, _, _ in done) / sum(seconds for _, seconds, _ in done) / 1e6:.1f}",
            f"{median(ratios):.1f}" if ratios else "",
            f"{min(ratios):.1f}" if ratios else "",
            f"{sum(tokens.count(made) for _, _, made in done):,}",
            f"{len(pages) - len(done)}",
        ])  # fmt: skip
    return rows


def costs(pages, found, most):
    """The tokens of some pages, by peer."""
    rows = [["page", "HTML", *found]]
    for place in range(0, len(pages), max(1, len(pages) // most)):
        name, text, _ = pages[place]
        made = [found[peer][place][0] for peer in found]
        rows.append(
            [name, f"{tokens.count(text):,}", *("" if each is None else f"{tokens.count(each):,}" for each in made)]
        )
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="of saved pages")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="turns of each peer on each page")
    parser.add_argument("--pages", type=int, default=10, metavar="N", help="pages whose tokens are told one by one")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the tables there, too")
    options = parser.parse_args()
    pages = list(saved(options.folders))
    found = contest(pages, options.rounds)
    text = "\n\n".join(
        str(md.table(rows[1:], columns=rows[0])) for rows in (table(pages, found), costs(pages, found, options.pages))
    )
    sys.stdout.write(text + "\n")
    if options.markdown:
        options.markdown.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
