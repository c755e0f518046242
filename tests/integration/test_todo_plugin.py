"""The plugin of the samples over HTTP, beside what the first plugin of its kind did: all to-dos, whatever that costs."""

import json

from richresp import tokens
from tests.integration.trial import Trial
from tests.samples.plugin import started

TODOS = 500


def trial():
    with started("--todos", str(TODOS)) as plugin:
        pages = list(plugin.pages("demo"))
    todos = [{key: todo[key] for key in todo.keys() - {"preview"}} for page in pages for todo in page["todos"]]
    return Trial(
        "todo plugin, 500 to-dos",
        json.dumps(todos),
        tuple(json.dumps(page, ensure_ascii=False, separators=(",", ":")) for page in pages),
    )


def test_five_hundred_todos_come_in_pages_with_their_cards():
    found = trial()
    shown = [todo["id"] for page in found.pages for todo in json.loads(page)["todos"]]
    assert shown == list(range(1, TODOS + 1))
    assert tokens.count(found.before) > 20 * 800
