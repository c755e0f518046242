"""What a trial shows: what a model got to read before, and what it gets now, in tokens and characters."""

import re
from dataclasses import dataclass

from richresp import markdown as md
from richresp import tokens

NEXT = re.compile(r'<([^>]*)>;\s*rel="next"')


@dataclass(frozen=True)
class Trial:
    """One answer of a real handler.

    Attributes:
        name: what was tried.
        before: the answer as it was.
        pages: what came in its place, one page after the other.
    """

    name: str
    before: str
    pages: tuple[str, ...]

    def row(self):
        first = self.pages[0]
        return {
            "trial": self.name,
            "tokens before": tokens.count(self.before),
            "characters before": len(self.before),
            "tokens now": tokens.count(first),
            "characters now": len(first),
            "pages": len(self.pages),
        }


def table(trials):
    return md.table([trial.row() for trial in trials])


async def followed(client, url, **request):
    """An answer and those that its Link headers lead to."""
    while url is not None:
        response = await client.get(url, **request)
        assert response.status_code == 200, response.text
        yield response
        found = NEXT.search(response.headers.get("link", ""))
        url, request = (str(response.url.join(found[1])), {**request, "params": None}) if found else (None, {})
