"""The speed of documents by pages, beside one parse of the whole by markdown-it-py: ratios measured in one run.

    python tests/benchmarks/documents.py [--quick]

A page is divided into the chunks that `shape` would ask for, up to about 1,000 tokens; nothing is counted. Goals: the first
page of 1 MB takes at most 1.5 of a parse, one from a cursor a hundredth.
"""

import argparse
import sys
from functools import cache, partial
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from markdown_it import MarkdownIt

from richresp.shaping.documents import divide
from tests.benchmarks.measure import in_turns

PAGE = 4_000
FIRST, NEXT = 1.5, 0.01
_PROSE = (
    "The {0}th part tells of *{0} things*, a [link](https://example.com/{0}) and `code {0}`, in a sentence or two. "
)
_KINDS = {
    "manual": lambda n: (
        f"## Part {n}\n\n{_PROSE.format(n) * 4}\n\n- one item of {n}\n- another with **weight**\n  - and one in it\n\n"
        f"```python\nx{n} = {n}\nprint(x{n})\n```\n\n| name | value |\n|---|--:|\n| a {n} | {n} |\n| b | 2 |\n\n> A quote.\n\n"
    ),
    "prose": lambda n: _PROSE.format(n) * 6 + "\n\n",
    "one table": lambda n: (
        ("" if n else "| number | name | link |\n|--:|---|---|\n") + f"| {n} | name {n} | <https://e.com/{n}> |\n"
    ),
    "one list": lambda n: f"- item {n} with some words\n  - a nested one of {n}\n  - [another](https://e.com/{n})\n",
    "one fence": lambda n: (
        ("" if n else "```python\n") + f"    value_{n} = compute({n}, {n + 1})\n" + ("\n" if n % 9 == 0 else "")
    ),
    "one line": _PROSE.format,
}
KINDS = tuple(_KINDS)


@cache
def document(kind, size):
    """A document of about so many characters."""
    parts, total, make = [], 0, _KINDS[kind]
    while total < size:
        parts.append(make(len(parts)))
        total += len(parts[-1])
    return "".join(parts)


def page(text, start=0, mark=None):
    """One page, in chunks that grow as those of `shape` do."""
    division, end = divide(text, "markdown", start=start, mark=mark), start
    while end < len(text) and end - start < PAGE:
        end = division.end(end, max(32, (end - start) // 20))
    return division.page(start, end), end, division.mark(end)


def cursor(text, share):
    """Where a page ends at a share of a text, and its mark, found page by page."""
    start, mark = 0, None
    while start < share * len(text):
        _, start, mark = page(text, start, mark)
    return start, mark


def ratios(kind, size, rounds, share=0.9):
    """What the first page and a later one take of one parse."""
    text = document(kind, size)
    start, mark = cursor(text, share)
    works = [partial(page, text), partial(page, text, start, mark)]
    return in_turns(partial(MarkdownIt("gfm-like", {"linkify": False}).parse, text), works, rounds)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a quarter of the size, fewer rounds")
    quick = parser.parse_args().quick
    size = 250_000 if quick else 1_000_000
    write = sys.stdout.write
    write(f"{size:,} characters; goals {FIRST} and {NEXT}\n{'':12}{'parse ms':>10}{'first':>10}{'next':>10}\n")
    for kind in KINDS:
        whole, first, later = ratios(kind, size, 2 if quick else 5)
        write(f"{kind:12}{whole.seconds * 1e3:10.0f}{first.ratio:10.4f}{later.ratio:10.4f}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
