"""Something to look at without a network: to-dos whose links lead to pages that stand beside them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from richresp import Preview
from richresp.links import meta_tags

from .store import Draft, Store

USER = "demo"


def fill(store: Store, number: int, site: str) -> None:
    """Gives the user `demo` so many to-dos; `site` is where their pages stand, as "http://127.0.0.1:8000"."""
    for berth in range(1, number + 1):
        title, due = f"Check the mooring lines of berth {berth}", f"2026-04-{berth % 30 + 1:02}"
        store.add(USER, Draft(title, due, f"{site}/berths/{berth}"))


def _berth(request: Request) -> HTMLResponse:
    """A page that previews well: `meta_tags` writes what its card is made of."""
    url, berth = str(request.url), request.path_params["number"]
    card = Preview(
        requested_url=url,
        final_url=url,
        site_name="The Example Harbour",
        title=f"Berth {berth}",
        description="Who lies here, until when, and what was found at the last inspection.",
        image=f"https://harbour.example.com/berths/{berth}.jpg",
        url=url,
    )
    return HTMLResponse(f"<!doctype html><html><head>{meta_tags(card)}</head><body>Nobody lies here.</body></html>")


ROUTES = [Route("/berths/{number}", _berth)]
