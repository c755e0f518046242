"""Lengths by host: at the limit nothing is said, one character over it is, and each finding names whose it is."""

import re

import pytest

from richresp.exceptions import UsageError
from richresp.hosts.lint import PROFILES, lint
from tests.hosts.lint.documents import BESIDE, GOOD, changed

LIST = ("paths", "/berths", "get")
PLACES = {
    ("chatgpt-plugins", "name_for_human"): ("plugin", ("name_for_human",)),
    ("chatgpt-plugins", "name_for_model"): ("plugin", ("name_for_model",)),
    ("chatgpt-plugins", "description_for_human"): ("plugin", ("description_for_human",)),
    ("chatgpt-plugins", "description_for_model"): ("plugin", ("description_for_model",)),
    ("chatgpt-plugins", "operation"): ("openapi", (*LIST, "summary")),
    ("chatgpt-plugins", "parameter"): ("openapi", (*LIST, "parameters", 0, "description")),
    ("gpt-actions", "operation"): ("openapi", (*LIST, "description")),
    ("gpt-actions", "parameter"): ("openapi", (*LIST, "parameters", 1, "description")),
    ("m365-copilot", "name_for_human"): ("m365", ("name_for_human",)),
    ("m365-copilot", "description_for_human"): ("m365", ("description_for_human",)),
    ("m365-copilot", "description_for_model"): ("m365", ("description_for_model",)),
    ("m365-copilot", "any_text"): ("m365", ("functions", 0, "description")),
    ("m365-copilot", "tool"): ("tools", ("tools", 0, "description")),
    ("claude-code", "tool"): ("tools", ("tools", 0, "description")),
    ("mcp", "tool_name"): ("tools", ("tools", 0, "name")),
}
LIMITS = [(profile.name, field, most) for profile in PROFILES.values() for field, most in profile.chars]


def long(profile, field, length):
    kind, path = PLACES[profile, field]
    document = changed(GOOD[kind](), *path, "x" * length)
    found = lint(document, beside=BESIDE, profile=profile).findings
    return [(one.profile, one.severity) for one in found if one.code == "too-long"]


@pytest.mark.parametrize(("profile", "field", "most"), LIMITS)
def test_a_text_may_be_as_long_as_the_host_says_and_no_longer(profile, field, most):
    assert long(profile, field, most) == []
    assert long(profile, field, most + 1) == [(profile, PROFILES[profile].severity)]


def test_every_length_of_the_guide_is_one():
    """As the documents of the hosts have them."""
    of = {(profile, field): most for profile, field, most in LIMITS}
    assert [of["chatgpt-plugins", name] for name in ("name_for_human", "name_for_model", "description_for_human", "description_for_model", "operation", "parameter")] == [50, 50, 120, 8000, 200, 200]  # fmt: skip
    assert (of["gpt-actions", "operation"], of["gpt-actions", "parameter"]) == (300, 700)
    assert [of["m365-copilot", name] for name in ("name_for_human", "description_for_human", "description_for_model", "any_text", "tool")] == [20, 100, 2048, 4096, 1024]  # fmt: skip
    assert (of["claude-code", "tool"], of["mcp", "tool_name"]) == (2048, 128)


def test_every_profile_is_dated_and_says_where_it_was_read():
    for name, profile in PROFILES.items():
        assert profile.name == name
        assert re.fullmatch(r"2026-\d\d-\d\d", profile.read)
        assert profile.source.startswith("https://")
        assert profile.past


def test_without_a_profile_all_that_speak_of_the_kind_are_held():
    document = changed(GOOD["openapi"](), *LIST, "summary", "x" * 301)
    found = [one for one in lint(document).findings if one.code == "too-long"]
    assert [one.profile for one in found] == ["chatgpt-plugins", "gpt-actions"]
    assert found[1].source == PROFILES["gpt-actions"].source
    assert lint(document).profiles == ("chatgpt-plugins", "gpt-actions")
    assert lint(document, profile="gpt-actions").profiles == ("gpt-actions",)


def test_what_a_copilot_plugin_names_is_held_to_no_rule_of_chatgpt():
    document = changed(BESIDE["openapi.yaml"], *LIST, "summary", "x" * 301)
    report = lint(GOOD["m365"](), beside=BESIDE | {"openapi.yaml": document})
    assert report.findings == ()
    assert report.profiles == ("m365-copilot", "mcp")


def test_a_profile_that_says_nothing_of_the_kind_is_told():
    report = lint(GOOD["openapi"](), profile="claude-code")
    assert [(one.code, one.severity) for one in report.findings] == [("profile-idle", "note")]
    assert report.profiles == ()


@pytest.mark.parametrize("name", ["gpt-5", "", 7, ["mcp"]])
def test_an_unknown_profile_is_the_callers_mistake(name):
    with pytest.raises(UsageError, match="take one of chatgpt-plugins, gpt-actions"):
        lint({}, profile=name)
