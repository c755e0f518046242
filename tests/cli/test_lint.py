"""`richresp lint`."""

import json
import re
import shutil

import pytest

from tests.hostile.wire import Scene
from tests.hosts.lint.documents import GOOD, PLACES


@pytest.fixture
def folder(tmp_path):
    for name in ("ai-plugin.json", "openapi.yaml"):
        shutil.copy(PLACES / "harbour" / name, tmp_path)
    return tmp_path


def saved(path, document):
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_a_manifest_is_linted_with_the_document_beside_it(run, folder):
    result = run("lint", folder / "ai-plugin.json")
    assert result.code == 0
    assert "chatgpt-plugin; 0 errors, 0 warnings, 0 notes" in result.out
    assert "listBerths" in result.out
    assert (
        result.err
        == "richresp: openapi.yaml, beside the manifest, is read for https://api.harbour.example/openapi.yaml\n"
    )


def test_a_document_may_be_given(run, folder):
    (folder / "openapi.yaml").rename(folder / "other.yaml")
    result = run("lint", folder / "ai-plugin.json", "--openapi", folder / "other.yaml")
    assert (result.code, result.err) == (0, "")
    assert "listBerths" in result.out


def test_a_document_that_nothing_names_is_a_wrong_call(fails, tmp_path):
    (tmp_path / "tools.json").write_text(json.dumps(GOOD["tools"]()), encoding="utf-8")
    code, line = fails("lint", tmp_path / "tools.json", "--openapi", tmp_path / "nowhere.yaml")
    assert code == 2
    assert "names no OpenAPI document that it could stand for" in line


def test_a_copilot_manifest_is_linted_with_all_that_it_names(run):
    result = run("lint", PLACES / "m365" / "plugin.json")
    assert (result.code, result.err) == (0, "")
    assert "search_notices" in result.out
    assert "bookBerth" in result.out


def test_errors_fail_and_warnings_fail_where_they_are_to(run, folder):
    assert run("lint", PLACES / "bad" / "tools.json").code == 1
    tools = GOOD["tools"]()
    del tools["tools"][0]["description"]
    file = saved(folder / "tools.json", tools)
    assert run("lint", file).code == 0
    assert run("lint", file, "--strict").code == 1
    assert run("lint", PLACES / "m365" / "tools.json", "--strict").code == 0


def test_a_budget_is_kept(run, folder):
    report = json.loads(run("lint", folder / "ai-plugin.json", "--format", "json").out)
    cost = report["bill"]["conversation"]
    assert run("lint", folder / "ai-plugin.json", "--budget", cost).code == 0
    result = run("lint", folder / "ai-plugin.json", "--budget", cost - 1)
    assert result.code == 1
    assert "over-budget" in result.out


def test_json_holds_all_of_the_report(run):
    result = run("lint", PLACES / "bad" / "ai-plugin.json", "--format", "json")
    report = json.loads(result.out)
    assert (result.code, report["ok"], report["kind"]) == (1, False, "chatgpt-plugin")
    assert set(report["findings"][0]) == {
        "severity",
        "code",
        "document",
        "place",
        "message",
        "profile",
        "source",
        "read",
    }
    assert report["bill"]["counter"] == "o200k_base"


def test_a_profile_and_a_counter_are_chosen(run, folder):
    out = run("lint", folder / "openapi.yaml", "--profile", "gpt-actions", "--counter", "claude").out
    assert "profiles: gpt-actions\n" in out
    assert "Counted by claude, an estimate" in out


def test_standard_input_is_read(run):
    assert "mcp-tools; 0 errors" in run("lint", "-", stdin=json.dumps(GOOD["tools"]()).encode()).out


def test_a_broken_document_is_an_error_with_its_place(run, folder):
    (folder / "ai-plugin.json").write_text('{"schema_version": "v1",}', encoding="utf-8")
    result = run("lint", folder / "ai-plugin.json")
    assert result.code == 1
    assert "not JSON, line 1 column 2" in result.out
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    "reference", ["../secret.yaml", "/etc/hostname", "..%2Fsecret.yaml", "link.yaml", "file:///etc/hostname"]
)
def test_a_manifest_reads_no_file_outside_its_folder(run, folder, reference):
    (folder / "secret.yaml").write_text("openapi: 3.0.3\ninfo: {title: secret}\n", encoding="utf-8")
    inner = folder / "inner"
    inner.mkdir()
    (inner / "link.yaml").symlink_to(folder / "secret.yaml")
    manifest = GOOD["m365"]()
    manifest["runtimes"][0]["spec"]["url"] = reference
    result = run("lint", saved(inner / "plugin.json", manifest))
    assert "document-absent" in result.out
    assert "secret" not in result.out.replace(f"'{reference}'", "")


@pytest.mark.parametrize("out", ["text", "json"])
def test_nothing_that_a_terminal_obeys_comes_out(run, folder, out):
    evil = "\x1b[31m\x9b\u202e\r"
    manifest = GOOD["plugin"]() | {
        "name_for_model": evil,
        "contact_email": evil,
        "api": {"type": evil, "url": f"ftp://{evil}"},
    }
    result = run("lint", saved(folder / "a.json", manifest), "--format", out)
    assert result.code == 1
    assert all(char.isprintable() or char == "\n" for char in result.out + result.err)


def script(answers, redirect=None):
    """A plugin's site: what stands at its paths."""

    def answer(visit):
        if visit.path in (redirect or {}):
            yield b"HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % redirect[visit.path].encode()
            return
        body = answers(visit).get(visit.path)
        head = b"HTTP/1.1 404 Not Found" if body is None else b"HTTP/1.1 200 OK"
        yield (
            head
            + b"\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body or b"")
            + (body or b"")
        )

    return answer


def plugin_at(visit):
    port = visit.ports["plain"]
    manifest = GOOD["plugin"]() | {"api": {"type": "openapi", "url": f"http://127.0.0.1:{port}/openapi.yaml"}}
    openapi = (PLACES / "harbour" / "openapi.yaml").read_bytes()
    return {"/.well-known/ai-plugin.json": json.dumps(manifest).encode(), "/openapi.yaml": openapi}


def test_a_manifest_and_its_document_are_fetched_by_the_guarded_fetcher(run, fails):
    with Scene(script(plugin_at)) as scene:
        url = f"http://127.0.0.1:{scene.ports['plain']}/.well-known/ai-plugin.json"
        result = run("lint", url, "--allow-private")
        asked = [visit.path for visit in scene.visits]
        code, told = fails("lint", url)
        assert len(scene.visits) == 2
    assert (result.code, result.err) == (0, "")
    assert "listBerths" in result.out
    assert asked == ["/.well-known/ai-plugin.json", "/openapi.yaml"]
    assert code == 1
    assert "blocked" in told


def test_a_document_that_cannot_be_fetched_is_told_and_the_rest_is_linted(run, folder):
    manifest = GOOD["plugin"]()
    with Scene(script(lambda _: {})) as scene:
        manifest["api"]["url"] = f"http://127.0.0.1:{scene.ports['plain']}/gone.yaml"
        file = saved(folder / "plugin.json", manifest)
        result = run("lint", file, "--allow-private")
        guarded = run("lint", file)
        assert len(scene.visits) == 1
    assert result.code == 0
    assert "the server answers 404" in result.err
    assert "--openapi FILE" in result.err
    assert "document-absent" in result.out
    assert "blocked" in guarded.err


def test_what_is_larger_than_what_is_fetched_is_not_linted_in_half(fails):
    with Scene(script(lambda _: {"/a": b" " * (2 << 20) + b"{}"})) as scene:
        code, told = fails("lint", f"http://127.0.0.1:{scene.ports['plain']}/a", "--allow-private")
    assert code == 1
    assert "larger than" in told


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (["missing.json"], 2, "no such file, and no URL"),
        (["ftp://example.com/"], 1, "only http:// and https://"),
        (["http://10.0.0.1/ai-plugin.json"], 1, "private (RFC 1918)"),
        (["-", "--profile", "gpt-9"], 2, "gpt-9"),
        (["-", "--budget", "0"], 2, "budget"),
        (["-", "--format", "xml"], 2, "xml"),
        (["-", "--counter", "x"], 2, "counter"),
        ([], 2, "FILE|URL"),
    ],
)
def test_a_wrong_call_fails_in_one_line(fails, arguments, code, complaint):
    got, line = fails("lint", *arguments)
    assert got == code
    assert complaint in line


def test_an_absent_openapi_file_is_a_wrong_call(fails, folder):
    code, line = fails("lint", folder / "ai-plugin.json", "--openapi", folder / "missing.yaml")
    assert code == 2
    assert "missing.yaml" in line


def test_help_shows_how_it_is_used(run):
    result = run("lint", "--help")
    assert result.code == 0
    assert "richresp lint openapi.yaml --profile gpt-actions --strict" in result.out


def test_the_document_is_named_once_and_the_others_where_they_are_meant(run, folder):
    out = run("lint", PLACES / "bad" / "tools.json").out
    assert out.count("tools.json") == 1
    manifest = GOOD["plugin"]() | {"api": {"type": "openapi", "url": "openapi.yaml"}, "name_for_human": "x" * 60}
    (folder / "openapi.yaml").write_text("openapi: 3.0.3\ninfo: {title: x}\n", encoding="utf-8")
    out = run("lint", saved(folder / "ai-plugin.json", manifest)).out
    assert re.search(r"^error +too-long +#/name_for_human ", out, re.MULTILINE)
    assert re.search(r"^error +\S+ +openapi.yaml#", out, re.MULTILINE)


def test_only_the_words_for_how_bad_it_is_have_colours(run, monkeypatch):
    file = PLACES / "bad" / "tools.json"
    plain, coloured = run("lint", file).out, run("lint", file, "--color", "always").out
    marks = re.findall("\x1b\\[3([0-9])m(.*?)\x1b\\[0m", coloured)
    assert set(marks) == {("1", "error"), ("3", "warning")}
    assert re.sub("\x1b\\[[0-9]*m", "", coloured) == plain
    monkeypatch.setenv("NO_COLOR", "1")
    assert run("lint", file).out == plain
