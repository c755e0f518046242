"""A report as text: stable, whole, and in columns."""

from richresp.hosts.lint import lint, show
from richresp.limits.lint import MAX_BILL_LINES
from tests.hosts.lint.documents import BESIDE, GOOD, changed


def test_a_clean_report_is_a_line_and_a_bill():
    lines = show(lint(GOOD["plugin"](), beside=BESIDE), name="ai-plugin.json").splitlines()
    assert (
        lines[0]
        == "ai-plugin.json: chatgpt-plugin; 0 errors, 0 warnings, 0 notes; profiles: chatgpt-plugins, gpt-actions"
    )
    assert lines[2].split() == ["tokens", "per", "conversation", "of", "it", "parameters", "answer"]
    assert [line.split()[0] for line in lines[3:7]] == ["the", "listBerths", "bookBerth", "all"]
    assert lines[8].startswith("Counted by o200k_base: declarations as compact JSON")
    assert len(lines) == 9


def test_a_finding_is_a_line_with_its_place_profile_and_source():
    report = lint(changed(GOOD["plugin"](), "name_for_human", "x" * 60), beside=BESIDE)
    lines = show(report, name="ai-plugin.json").splitlines()
    assert lines[0].startswith("ai-plugin.json: chatgpt-plugin; 1 error, 0 warnings")
    assert lines[2].startswith("error   too-long               #/name_for_human  60 characters")
    assert lines[2].endswith("(chatgpt-plugins) [1]")
    assert str(lines).count("ai-plugin.json") == 1
    marked = show(report, mark=lambda word: f"<{word}>").splitlines()
    assert marked[2].startswith("<error>   too-long               #/name_for_human  60 characters")
    assert lines[-1].startswith("[1] read 2026-11-01: https://github.com/simonw/datasette-chatgpt-plugin/issues/2")


def test_an_estimate_says_that_it_is_one():
    from richresp import tokens

    assert "Counted by claude, an estimate: " in show(lint(GOOD["tools"](), counter=tokens.counter("claude")))


def test_a_long_bill_shows_the_dearest_and_the_sum_of_all():
    tools = [{"name": f"t{n:04}", "description": "word " * n, "inputSchema": {"type": "object"}} for n in range(100)]
    report = lint(tools)
    lines = show(report).splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("tokens"))
    rows = lines[start + 1 : start + 3 + MAX_BILL_LINES]
    assert rows[0].startswith("t0099")
    assert rows[MAX_BILL_LINES] == f"and {100 - MAX_BILL_LINES} more"
    assert rows[MAX_BILL_LINES + 1].split()[:2] == ["all", str(report.bill.conversation)]


def test_long_names_and_places_are_cut():
    document = {"openapi": "3.1.0", "paths": {f"/{'x' * 5_000}": {"get": {}}}}
    assert max(map(len, show(lint(document)).splitlines())) < 900
