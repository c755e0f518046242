"""A loopback site for benchmarks, in a process of its own: pages that differ, made in less time than any client reads them.

    python tests/benchmarks/fetch_site.py [--tls FILE]

It writes its port, serves `/KIND/NUMBER` and ends with its standard input, so that it never outlives who started it. A page
is the same whenever its number is asked for.
"""

import argparse
import asyncio
import gzip
import re
import ssl
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from random import Random

SIZE = 20_000
"""Bytes of a page, about, but for a tiny one."""

_NUMBER = b"00000000"  # where a page's number goes, as wide as any
_ORIGIN = b"http://the.site"  # where the address of the site goes, as its client calls it
_WORDS = """river bridge water stone town winter market road people year night story council mason flood lamp boat child
the a of and to in was that it with for as on by at from when after before while slowly again never under between"""

_HEAD = """<!doctype html>
<html lang="en" prefix="og: https://ogp.me/ns#"><head><meta charset="utf-8">
<title>Story 00000000 of bridges &amp; rivers | The Example</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="What became of bridge 00000000, and who mends it now.">
<link rel="canonical" href="http://the.site/story/00000000">
<meta property="og:site_name" content="The Example"><meta property="og:type" content="article">
<meta property="og:title" content="Story 00000000 of bridges &amp; rivers">
<meta property="og:description" content="What became of bridge 00000000, and who mends it now.">
<meta property="og:url" content="http://the.site/story/00000000"><meta property="og:locale" content="en_GB">
<meta property="og:image" content="https://img.example.com/00000000/large.jpg?w=1200&amp;h=630">
<meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">
<meta name="twitter:card" content="summary_large_image"><meta name="twitter:site" content="@example">
<meta property="article:published_time" content="2026-01-02T03:04:05Z"><meta name="author" content="A. Writer">
<link rel="icon" href="/favicon.ico" sizes="any"><link rel="apple-touch-icon" href="/touch.png">
<link rel="preconnect" href="https://fonts.example.com" crossorigin><link rel="stylesheet" href="/site.css?v=12">
<link rel="alternate" type="application/rss+xml" title="The Example" href="/feed.xml">
<script src="/vendor.js" defer></script><script src="/site.js?v=12" defer></script>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Story 00000000",
"datePublished": "2026-01-02T03:04:05Z", "author": [{"@type": "Person", "name": "A. Writer"}],
"publisher": {"@type": "Organization", "name": "The Example", "logo": {"@type": "ImageObject", "url": "/logo.png"}}}</script>
"""
_TINY = b"""<!doctype html><html><head><title>Page 00000000</title><meta property="og:title" content="Page 00000000">
<meta property="og:description" content="A page that says no more than it must."><meta property="og:site_name" content="Example">
<meta property="og:image" content="https://img.example.com/00000000.jpg"></head><body></body></html>
"""


def _large():
    draw = Random(20)

    def words(number):
        return " ".join(draw.choices(_WORDS.split(), k=number))

    calls = "".join(f"track({number}, '{words(3)}', {{ load: {number * 7} < limit }});\n" for number in range(24))
    style = "".join(f".c{number} > a:hover {{ color: #12{number:02}a0; margin: {number}px }}\n" for number in range(24))
    links = "".join(f'<li class="nav-item"><a href="/section/{number}">{words(2)}</a></li>\n' for number in range(20))
    start = f'{_HEAD}<style>{style}</style><script>(function () {{ {calls} }})()</script></head>\n<body class="story">'
    text = f'{start}<header><nav><ul>{links}</ul></nav></header><main><article id="a00000000"><h1>Story 00000000</h1>\n'
    end = "</article></main><footer><p>The Example</p></footer></body></html>\n"
    number = 0
    while True:
        number += 1
        piece = f'<p class="text" id="p{number}">{words(30)} <a href="/river/{number}">{words(2)}</a>, <em>{words(3)}</em> &amp; {words(20)}.</p>\n'
        if len(text) + len(piece) + len(end) > SIZE:
            return f"{text}{end.rjust(SIZE - len(text))}".encode()
        text += piece


_LARGE = _large()
_HOST = re.compile(rb"\r\nhost: *(\S+)", re.IGNORECASE)
_TYPE = b"HTTP/1.1 200 OK\r\nServer: example\r\nDate: Fri, 02 Jan 2026 03:04:05 GMT\r\nContent-Type: text/html; charset=utf-8\r\n"


def page(kind, number, origin=_ORIGIN):
    """The bytes of a page, and the fields that go with its kind."""
    body = _TINY if kind.startswith(b"tiny") else _LARGE
    body = body.replace(_NUMBER, number.zfill(len(_NUMBER))).replace(_ORIGIN, origin)
    if kind == b"gzip":
        return gzip.compress(body, 1), b"Content-Encoding: gzip\r\nVary: Accept-Encoding\r\n"
    return body, b"Connection: close\r\n" if kind.endswith(b"-close") else b""


class _Counts:
    connections = answers = 0


class _Site(asyncio.Protocol):
    def connection_made(self, transport):
        _Counts.connections += 1
        self._transport = transport
        self._scheme = b"https://" if transport.get_extra_info("ssl_object") else b"http://"
        self._read = b""

    def data_received(self, data):
        self._read += data
        while b"\r\n\r\n" in self._read:
            head, _, self._read = self._read.partition(b"\r\n\r\n")
            _, kind, number = head.split(b" ", 2)[1].split(b"/")
            origin = self._scheme + _HOST.search(head)[1]
            if kind == b"counts":
                body, fields = b"%d %d" % (_Counts.connections, _Counts.answers), b""
            else:
                _Counts.answers += 1
                body, fields = page(kind, number, origin)
            self._transport.write(b"%s%sContent-Length: %d\r\n\r\n%s" % (_TYPE, fields, len(body), body))
            if b"close" in fields:
                self._transport.close()


async def _serve(tls):
    context = None
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Site, "127.0.0.1", 0, ssl=context, backlog=1_000)
    port = server.sockets[0].getsockname()[1]
    with suppress(OSError):  # a system without IPv6
        await loop.create_server(_Site, "::1", port, ssl=context, backlog=1_000)
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)


@dataclass(frozen=True, slots=True)
class Running:
    """A site that runs.

    Attributes:
        port: of both loopback addresses.
        tls: a context that believes its certificate; None for a site without TLS.
    """

    port: int
    tls: ssl.SSLContext | None

    def url(self, kind, number, host="127.0.0.1"):
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}/{kind}/{number}"


@contextmanager
def running(pem=None, tls=None):
    """A site on a free port, until the block ends.

    Args:
        pem: a file with its key and certificates, for a site with TLS.
        tls: what its clients check that with.
    """
    command = [sys.executable, __file__, *(("--tls", str(pem)) if pem else ())]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Running(int(process.stdout.readline()), tls)
        finally:
            process.stdin.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tls", metavar="FILE", help="with a private key and its certificates, as PEM")
    asyncio.run(_serve(parser.parse_args().tls))
