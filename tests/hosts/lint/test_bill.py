"""The token bill: what stands in every conversation, counted again here by hand."""

import json

import pytest

from richresp import tokens
from richresp.exceptions import UsageError
from richresp.hosts.lint import lint
from tests.hosts.lint.documents import BESIDE, GONE, GOOD, changed

LIST = ("paths", "/berths", "get")


def compact(value):
    return tokens.count(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def charge(report, name):
    [found] = [charge for charge in report.bill.charges if charge.name == name]
    return found


def test_an_operation_costs_its_declaration_with_its_references_written_out():
    charged = charge(lint(GOOD["openapi"]()), "listBerths")
    parameters = {
        "type": "object",
        "properties": {
            "length": {"type": "number", "description": "Length of the boat, in metres."},
            "day": {"type": "string", "format": "date", "description": "The day, as 2026-05-31."},
            "cursor": {"type": "string", "description": "From the page before."},
        },
        "required": ["length", "day"],
    }
    said = "Free berths for a boat on a day, the smallest first."
    assert charged.request == compact(parameters)
    assert charged.conversation == compact({"name": "listBerths", "description": said, "parameters": parameters})
    assert charged.place == "/paths/~1berths/get"


def test_an_answer_costs_its_example_or_else_its_schema():
    example = GOOD["openapi"]()["paths"]["/berths"]["get"]["responses"]["200"]["content"]["application/json"]["example"]
    report = lint(GOOD["openapi"]())
    assert (charge(report, "listBerths").answer, charge(report, "listBerths").answer_from) == (
        compact(example),
        "example",
    )
    berth = GOOD["openapi"]()["components"]["schemas"]["Berth"]
    schema = {"type": "object", "properties": {"booking": {"type": "string"}, "berth": berth}}
    assert (charge(report, "bookBerth").answer, charge(report, "bookBerth").answer_from) == (compact(schema), "schema")
    bare = lint(changed(GOOD["openapi"](), *LIST, "responses", "200", "content", GONE))
    assert (charge(bare, "listBerths").answer, charge(bare, "listBerths").answer_from) == (None, "unknown")


def test_the_largest_of_several_examples_counts():
    media = (*LIST, "responses", "200", "content", "application/json")
    document = changed(GOOD["openapi"](), *media, {"examples": {"a": {"value": [1]}, "b": {"value": list(range(50))}}})
    assert charge(lint(document), "listBerths").answer == compact(list(range(50)))


def test_a_manifest_costs_its_name_and_description_and_its_operations():
    manifest = GOOD["plugin"]()
    report = lint(manifest, beside=BESIDE)
    own = tokens.count(f"{manifest['name_for_model']}\n{manifest['description_for_model']}")
    assert (report.bill.charges[0].name, report.bill.charges[0].conversation) == ("the manifest", own)
    assert report.bill.conversation == own + lint(GOOD["openapi"]()).bill.conversation
    assert lint(manifest).bill.conversation == own


def test_a_tool_costs_its_entry_in_the_list():
    report = lint(GOOD["tools"]())
    [tool] = GOOD["tools"]()["tools"]
    found = charge(report, "search_notices")
    assert (found.conversation, found.request, found.answer, found.answer_from) == (
        compact(tool), compact(tool["inputSchema"]), compact(tool["outputSchema"]), "schema",
    )  # fmt: skip


def test_what_a_tool_says_to_clients_only_is_not_counted():
    said = changed(GOOD["tools"](), "tools", 0, "_meta", {"x": "word " * 99})
    assert (
        lint(said).bill
        == lint(changed(said, "tools", 0, "icons", [{"src": "data:" + "x" * 999}])).bill
        == lint(GOOD["tools"]()).bill
    )


def test_of_a_copilot_plugin_only_its_functions_count():
    manifest = GOOD["m365"]()
    full = lint(manifest, beside=BESIDE).bill
    assert [charge.name for charge in full.charges] == ["the manifest", "search_notices", "listBerths", "bookBerth"]
    fewer = lint(changed(manifest, "functions", 1, GONE), beside=BESIDE).bill
    assert [charge.name for charge in fewer.charges] == ["the manifest", "search_notices", "listBerths"]
    own = {"name": "x", "description": "y", "parameters": {"properties": {"z": {"type": "string"}}}}
    more = lint(changed(manifest, "functions", 3, own), beside=BESIDE)
    assert (charge(more, "x").conversation, charge(more, "x").request) == (compact(own), compact(own["parameters"]))


def test_a_document_of_two_runtimes_is_checked_and_counted_once():
    manifest = GOOD["m365"]()
    first = manifest["runtimes"][0]
    manifest["runtimes"] = [first | {"run_for_functions": [name]} for name in ("listBerths", "bookBerth")]
    report = lint(manifest, beside={"openapi.yaml": changed(GOOD["openapi"](), "info", "description", GONE)})
    assert [found.code for found in report.findings] == ["info-undescribed"]
    assert [charge.name for charge in report.bill.charges] == [
        "the manifest",
        "listBerths",
        "bookBerth",
        "search_notices",
    ]


def test_the_bill_is_sorted_and_adds_up():
    paths = {f"/{n}": {"get": {"operationId": f"o{n}", "summary": "word " * (n * 7 % 11)}} for n in range(11)}
    bill = lint({"openapi": "3.1.0", "paths": paths}).bill
    costs = [charge.conversation for charge in bill.charges]
    assert len(costs) == 11
    assert costs == sorted(costs, reverse=True)
    assert sum(costs) == bill.conversation


def test_any_counter_counts():
    assert lint(GOOD["tools"](), counter=len).bill.conversation == len(
        json.dumps(GOOD["tools"]()["tools"][0], separators=(",", ":"))
    )
    by_family = lint(GOOD["tools"](), counter=tokens.counter("claude")).bill
    assert (by_family.counter, by_family.exact) == ("claude", False)
    assert by_family.conversation > lint(GOOD["tools"]()).bill.conversation
    assert (lint({}).bill.counter, lint({}).bill.exact) == ("o200k_base", True)


def test_a_budget_is_kept_to_the_token():
    cost = lint(GOOD["tools"]()).bill.conversation
    assert lint(GOOD["tools"](), budget=cost).ok
    report = lint(GOOD["tools"](), budget=cost - 1)
    assert [(found.severity, found.code) for found in report.findings] == [("error", "over-budget")]
    assert str(cost) in report.findings[0].message


@pytest.mark.parametrize("budget", [0, -1, 1.5, "9", True])
def test_a_budget_that_is_none_is_the_callers_mistake(budget):
    with pytest.raises(UsageError, match="budget="):
        lint({}, budget=budget)


@pytest.mark.parametrize("counter", [7, "claude"])
def test_a_counter_that_is_none_is_the_callers_mistake(counter):
    with pytest.raises(UsageError, match="counter"):
        lint({}, counter=counter)


def test_references_in_circles_are_counted_once():
    node = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Node"}}}
    get = {"parameters": [{"name": "n", "in": "query", "schema": {"$ref": "#/components/schemas/Node"}}]}
    document = {"openapi": "3.1.0", "paths": {"/": {"get": get}}, "components": {"schemas": {"Node": node}}}
    wanted = {"type": "object", "properties": {"n": node}}
    assert charge(lint(document), "GET /").request == compact(wanted)
