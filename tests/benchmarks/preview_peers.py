"""Other ways to get the five fields out of a page, as their users would call them.

A peer maps a page to the fields and the seconds that the processor spent. None has a network. Those that take text get the
page decoded, at no cost to them. Where a package is missing, there is no peer.
"""

import json
import shutil
import subprocess
import warnings
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from time import process_time

import lxml.html

from richresp.decode import decode
from richresp.links import extract

FIELDS = ("site_name", "title", "description", "image", "url")
NPM = ("metascraper", "open-graph-scraper", "unfurl.js")
BASELINE = "bare lxml.html parse"
FULL = "richresp, full=True"
NOT_INSTALLED = "not installed"

_STRATEGY = ["og", "twitter", "meta", "page", "dc"]
"""The order in which metadata_parser gets most fields right; by default it asks meta first."""


@dataclass(frozen=True)
class SavedPage:
    """A page as served, and where it came from."""

    path: Path
    url: str
    content_type: str | None
    body: bytes
    text: str


def saved_page(path, source):
    body, content_type = path.read_bytes(), source.get("content_type")
    return SavedPage(
        path, source.get("url") or "https://example.com/", content_type, body, decode(body, content_type)[0]
    )


def _timed(work, page):
    start = process_time()
    try:
        fields, error = work(page), None
    except Exception as caught:  # noqa: BLE001 - whatever a peer raises is its answer
        fields, error = {}, repr(caught)
    return fields, error, process_time() - start


def _bare(page):
    lxml.html.document_fromstring(page.body)
    return {}


def _richresp(page, *, full):
    return extract(page.body, url=page.url, content_type=page.content_type, full=full).card()


def _extruct(page):
    """Its open graph, then its JSON-LD; its other syntaxes have little of the five fields and cost much."""
    import extruct

    found = extruct.extract(page.text, base_url=page.url, syntaxes=["opengraph", "json-ld"], uniform=True)
    graph = found["opengraph"][0] if found["opengraph"] else {}
    node = next((node for node in found["json-ld"] if isinstance(node, dict) and "headline" in node), {})
    return {
        "site_name": graph.get("og:site_name"),
        "title": graph.get("og:title") or node.get("headline"),
        "description": graph.get("og:description") or node.get("description"),
        "image": _one(graph.get("og:image") or node.get("image")),
        "url": graph.get("og:url") or node.get("url"),
    }


def _metadata_parser(page):
    from metadata_parser import MetadataParser

    parser = MetadataParser(html=page.text, url=page.url)
    result = parser.parsed_result
    return {
        "site_name": result.select_first_match("site_name", strategy=_STRATEGY),
        "title": result.select_first_match("title", strategy=_STRATEGY),
        "description": result.select_first_match("description", strategy=_STRATEGY),
        "image": parser.get_metadata_link("image"),
        "url": parser.get_discrete_url(),
    }


def _without_network():
    """tldextract, which metadata_parser asks for suffixes, takes the list that comes with it and fetches no newer one."""
    if find_spec("tldextract"):
        import tldextract

        tldextract.extract = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=())


def _linkpreview(page):
    from linkpreview import Link, LinkPreview

    found = LinkPreview(Link(page.url, page.text))
    return {
        "site_name": found.site_name,
        "title": found.title,
        "description": found.description,
        "image": found.absolute_image,
    }


def _one(value):
    """The first of what may be a list, of strings or of things with a url."""
    while isinstance(value, list):
        value = value[0] if value else None
    return value.get("url") if isinstance(value, dict) else value


class _Node:
    """One node process that answers line by line and takes the time of its own work."""

    def __init__(self, node, modules):
        worker = Path(__file__).with_name("preview_peers.mjs")
        self._node = subprocess.Popen(
            [node, str(worker), str(Path(modules).resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        self.names = json.loads(self._node.stdout.readline())
        self._sent = None

    def ask(self, peer, page):
        job = {"peer": peer}
        if self._sent is not page:
            job |= {"path": str(page.path), "html": page.text, "url": page.url, "contentType": page.content_type}
        self._sent = page
        self._node.stdin.write(json.dumps(job) + "\n")
        self._node.stdin.flush()
        answer = json.loads(self._node.stdout.readline())
        return answer["fields"], answer["error"], answer["seconds"]

    def close(self):
        self._node.stdin.close()
        self._node.wait()
        self._node.stdout.close()


@contextmanager
def installed(modules=None):
    """Peers by name, the bare parse first; NOT_INSTALLED for what cannot be run here.

    Args:
        modules: the node_modules folder in which those of npm are.
    """
    warnings.simplefilter("ignore")
    _without_network()
    python = {"extruct": _extruct, "metadata_parser": _metadata_parser, "linkpreview": _linkpreview}
    peers = {
        BASELINE: partial(_timed, _bare),
        "richresp.extract": partial(_timed, partial(_richresp, full=False)),
        FULL: partial(_timed, partial(_richresp, full=True)),
    }
    peers |= {name: partial(_timed, work) if find_spec(name) else NOT_INSTALLED for name, work in python.items()}
    node = shutil.which("node")
    with ExitStack() as stack:
        worker = stack.enter_context(closing(_Node(node, modules))) if node and modules else None
        for name in NPM:
            peers[name] = partial(worker.ask, name) if worker and name in worker.names else NOT_INSTALLED
        yield peers
