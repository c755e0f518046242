"""The peers without which no comparison counts: each has to do its work once, before anything is measured."""

import asyncio


def _fastmcp():
    from fastmcp import FastMCP
    from fastmcp.server.middleware.response_limiting import ResponseLimitingMiddleware

    server = FastMCP("benchmark", middleware=[ResponseLimitingMiddleware(max_size=1_000)])
    server.tool(_answer)
    asyncio.run(server.call_tool("_answer", {}))


def _answer() -> str:
    return "an answer"


def _tabulate():
    from tabulate import tabulate

    tabulate([{"a": 1}], headers="keys", tablefmt="github")


def _metadata_parser():
    from metadata_parser import MetadataParser

    MetadataParser(html="<title>a page</title>", url="https://example.com/")


REQUIRED = {"FastMCP": _fastmcp, "tabulate": _tabulate, "metadata_parser": _metadata_parser}


def failures(probes=None):
    """Of each peer that does not run the name and why."""
    found = {}
    for name, probe in (REQUIRED if probes is None else probes).items():
        try:
            probe()
        except Exception as error:  # noqa: BLE001 - whatever a peer raises, it does not run
            found[name] = f"{type(error).__name__}: {error}"
    return found
