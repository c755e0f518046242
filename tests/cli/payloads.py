"""Payloads of which a tree and a comparison are drawn, and a drawing without its colours."""

import json
import re

PAYLOAD = {
    "query": "x",
    "hits": [
        {"id": number, "text": "some words about it " * 9, "place": {"name": f"Pier {number}", "country": "NL"}}
        for number in range(50)
    ],
}
ROWS = [{"id": number, "state": "open", "title": f"Berth {number}"} for number in range(90)]
_STYLE = re.compile("\x1b\\[[0-9;]*m")


def written(folder, value):
    """A file that holds a value."""
    path = folder / "payload.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def bare(text):
    return _STYLE.sub("", text)
