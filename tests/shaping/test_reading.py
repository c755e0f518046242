"""What a reader sees of real answers when little fits: names before codes, and nothing that only machines read."""

import json
from pathlib import Path

import pytest

from tests.shaping.as_json import shape

SAMPLES = Path(__file__).parents[2] / "samples" / "payloads"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.json"))
LEADS = ("title", "name", "login", "summary", "headline")

READ_AT_300 = {
    "bank_statement": ["/account/name", "/transactions/0/amount", "/transactions/0/counterparty/name"],
    "calendar": ["/items/0/summary", "/items/0/start/dateTime", "/items/0/end/dateTime"],
    "geojson": ["/features/0/properties/name", "/features/1/properties/name"],
    "github_issue": ["/title", "/state", "/user/login", "/labels/0/name", "/body"],
    "log_lines": ["/0", "/1", "/2"],
    "npm_document": ["/name", "/description", "/dist-tags/latest", "/author/name"],
    "order": ["/order/name", "/order/customer/last_name", "/order/total_price", "/order/line_items/0/price"],
    "retrieval": ["/results/0/query", "/results/0/results/0/text", "/results/1/query", "/results/1/results/0/text"],
    "search_hits": ["/query", "/total", "/results/0/title", "/results/0/url", "/results/0/snippet"],
    "tickets": ["/tickets/0/title", "/tickets/0/state", "/tickets/0/body", "/tickets/1/title"],
    "weather": ["/location/name", "/current/time", "/daily/0/date", "/daily/0/summary", "/alerts/0/headline"],
}


def sample(name):
    return json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))


def at(value, pointer):
    for step in pointer.split("/")[1:]:
        value = value[int(step) if isinstance(value, list) else step]
    return value


def nodes(payload, data):
    """Each shown value that is also in the payload, beside what stands there."""
    todo = [(payload, data)]
    while todo:
        whole, part = todo.pop()
        yield whole, part
        if isinstance(part, dict):
            todo.extend((whole[name], value) for name, value in part.items())
        elif isinstance(part, list):
            todo.extend(zip(whole, part, strict=False))


def test_every_sample_is_read():
    assert sorted(READ_AT_300) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_three_hundred_tokens_show_what_a_person_would_look_for(name):
    data = shape(sample(name), budget=300).data
    for pointer in READ_AT_300[name]:
        assert at(data, pointer), pointer


@pytest.mark.parametrize("name", NAMES)
def test_three_hundred_tokens_show_no_nulls_and_no_api_links(name):
    payload = sample(name)
    for whole, part in nodes(payload, shape(payload, budget=300).data):
        assert part is not None
        assert not (isinstance(part, str) and part == whole and part.startswith("https://api."))


@pytest.mark.parametrize("budget", [300, 1_000, 2_000])
@pytest.mark.parametrize("name", NAMES)
def test_no_record_shows_without_its_name(name, budget):
    payload = sample(name)
    for whole, part in nodes(payload, shape(payload, budget=budget).data):
        if isinstance(part, dict) and part and len(whole) <= 48:
            lead = next((key for key in LEADS if isinstance(whole.get(key), str) and whole[key]), None)
            assert lead is None or lead in part, part
