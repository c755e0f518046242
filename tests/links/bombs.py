"""Pages made to take a parser's time or memory: each kind at any size.

Run as a program it reads them all within a limit of memory and prints, for each kind, the seconds for a page and for one of
twice the size.
"""

import random
import resource
import sys
import time
from itertools import cycle, islice


def repeated(piece, before="", after=""):
    return lambda size: before + piece * (size // len(piece)) + after


def numbered(piece, before="", after=""):
    def make(size):
        parts, length = [], 0
        for number in range(size):
            parts.append(piece.format(number))
            length += len(parts[-1])
            if length >= size:
                break
        return before + "".join(parts) + after

    return make


def in_turn(*pieces):
    return lambda size: "".join(islice(cycle(pieces), size * len(pieces) // sum(map(len, pieces))))


def in_thirds(first, second, third):
    return lambda size: "".join(piece * (size // 3 // len(piece)) for piece in (first, second, third))


def noise(alphabet, seed):
    return lambda size: "".join(random.Random(seed).choices(alphabet, k=size // 2))


_SYNTAX = [
    "<",
    ">",
    "/",
    "=",
    '"',
    "'",
    " ",
    "!",
    "-",
    "--",
    "&",
    "a",
    "meta ",
    "svg",
    "script",
    "title",
    "</",
    "<!--",
    "-->",
    "content",
]

BOMBS = {
    "unclosed formatting": repeated("<b>"),
    "many attributes": numbered(" a{}=1", "<meta", ">"),
    "many attributes of a link": numbered(' a{}="1"', "<link", ">"),
    "many attributes, no end": numbered(" a{}=1", "<meta"),
    "many attributes of an uninteresting tag": numbered(" a{}='1'", "<p", ">"),
    "many metas": repeated("<meta property=og:image content=http://example.com/a.png>"),
    "many metas in the body": repeated("<meta name=a content=b>", "<body>"),
    "unclosed comment": repeated("-", "<!--"),
    "comments without an end": repeated("<!--"),
    "comments within a comment": repeated("<!-->-", "<!-- "),
    "ends of comments": repeated("--!", "<!--"),
    "short comments": repeated("<!---->"),
    "bogus comments": repeated("<!"),
    "short bogus comments": repeated("<!>"),
    "processing instructions": repeated("<?"),
    "references in a title": repeated("&", "<title>"),
    "references in titles": repeated("<title>&amp"),
    "long references": repeated("&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "<title>"),
    "a long number": repeated("9", "<title>&#", ";</title>"),
    "references in an attribute": repeated("&copy", "<meta name=a content='", "'>"),
    "numbers in an attribute": repeated("&#x41;", "<meta name=a content='", "'>"),
    "misnested formatting": in_turn("<a><b><i><u>", "<p>"),
    "thirds of formatting": in_thirds("<b i>", "<i i>", "x</b>"),
    "open divisions": repeated("<div>"),
    "options": repeated("<select><option>"),
    "document types": numbered('<!ENTITY e{} "&e;&e;&e;&e;">', "<!DOCTYPE x [", "]>"),
    "NUL in names": repeated("<me\0ta "),
    "NUL only": repeated("\0"),
    "ends of a script": repeated("</scrip", "<script>"),
    "scripts without an end": repeated("<script>"),
    "scripts in comments in scripts": repeated("<!--<script>", "<script>"),
    "comments in a script": repeated("<!---->", "<script>", "</script>"),
    "comments in scripts": repeated("<script><!--"),
    "comments in whole scripts": repeated("<script><!--></script>"),
    "whole scripts": repeated("<script></script>"),
    "JSON-LD scripts": repeated("<script type=application/ld+json>{}</script>"),
    "a long JSON-LD script": repeated("9", "<script type=application/ld+json>", "</script>"),
    "styles without an end": repeated("<style>"),
    "ends of a style": repeated("</styl", "<style>"),
    "titles without an end": repeated("<title>"),
    "ends of a title": repeated("</titl", "<title>"),
    "text areas": repeated("<textarea>"),
    "noscripts": repeated("<noscript>"),
    "frames": repeated("<iframe>"),
    "plain text": repeated("<plaintext>"),
    "less-than signs": repeated("<"),
    "less-than signs and slashes": repeated("</"),
    "greater-than signs": repeated(">"),
    "equals signs": repeated("<a ="),
    "quotes without an end": repeated('<a b="'),
    "quotes of two kinds": repeated("""<a b="'"""),
    "metas without an end": repeated("<meta "),
    "metas with an open quote": repeated('<meta content="'),
    "names without an end": repeated("<a"),
    "one long name": repeated("a", "<"),
    "slashes": repeated("/", "<meta ", ">"),
    "blanks": repeated(" ", "<meta ", ">"),
    "blanks around equals signs": repeated(" = ", "<meta a", ">"),
    "blanks only": repeated(" "),
    "line feeds": repeated("\r\n", "<meta name=a content='", "'>"),
    "drawings": repeated("<svg>"),
    "closed drawings": repeated("<svg></svg>"),
    "drawings of shapes": repeated("<svg><path>"),
    "drawings that break": repeated("<svg><path><p>"),
    "deep groups": in_thirds("<svg><g>", "<desc>", "</g>"),
    "titles in drawings": repeated("<svg><title>"),
    "links in a drawing": in_thirds("<svg><a>", "</b><svg>", "</a>"),
    "ends of unknown parts": repeated("</mi>", "<svg>" * 500),
    "formulas": repeated("<math><mi>"),
    "sections": repeated("<![CDATA[", "<svg>"),
    "short sections": repeated("<![CDATA[]]>", "<svg>"),
    "templates": repeated("<template>"),
    "ends of templates": repeated("</template>", "<template>" * 500),
    "templates and drawings": repeated("<template><svg>"),
    "heads": repeated("<head></head>"),
    "bodies": repeated("<body>"),
    "bases": repeated("<base href=a>"),
    "links": repeated("<link rel=icon href=a>"),
    "loading links": repeated('<link a="" rel="stylesheet">'),
    "links that are nearly loading": repeated('<link a=""', "", ">"),
    "html tags": repeated("<html a=b>"),
    "wide characters": repeated("<meta 日本='語'>\U0001f600"),
    "noise": noise(_SYNTAX, 1),
    "noise of quotes": noise(["<a ", "=", '"', "'", ">", "x", " "], 2),
    "noise of drawings": noise(["<svg>", "</svg>", "<g>", "</g>", "<title>", "</title>", "<p>", "</p>", "<template>", "</template>"], 3),
}  # fmt: skip


def seconds(read, page):
    start = time.process_time()
    read(page)
    return time.process_time() - start


def main(size, megabytes):
    from richresp.links.scan import scan

    scan("<p>")
    limit = megabytes << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    for kind, make in BOMBS.items():
        single, double = make(size), make(2 * size)
        turns = [(seconds(scan, single), seconds(scan, double)) for _ in range(3)]
        sys.stdout.write(f"{min(turn[0] for turn in turns):.6f} {min(turn[1] for turn in turns):.6f} {kind}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
