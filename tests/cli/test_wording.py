"""Errors of the library in the words of the command line, and those that are true for both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.cli.wording import told
from richresp.exceptions import Blocked, DeadlineExceeded, InvalidPayload, UsageError
from tests.cli.site import serving
from tests.hostile.answers import head


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("columns= has 'b', which no row has", "--columns has 'b', which no row has"),
        ("columns= has 'align=x', which no row has", "--columns has 'align=x', which no row has"),
        ("drop_order='x': give a list of JSONPaths", "--drop-order x: give a list of JSONPaths"),
        ("timeout=-1: give seconds", "--timeout -1: give seconds"),
        (
            "url='https://x.example/?format=csv': give the address",
            "--url https://x.example/?format=csv: give the address",
        ),
        ("more than 5 paths", "more than 5 paths"),
    ],
)
def test_arguments_are_options(said, meant):
    assert told(UsageError(said)) == meant


def test_what_a_payload_says_stays_as_it_is():
    error = InvalidPayload(pointer="/format=csv", reason="a value that contains itself; break the cycle")
    assert told(error) == str(error)


@pytest.mark.parametrize(
    ("arguments", "given", "complaint"),
    [
        (
            ("shape", "-", "--budget", "50", "--format", "csv"),
            b'"text"',
            "--format csv is for a list of records, not for a string; take --format markdown",
        ),
        (("table", "-"), b"[[1, 2]]", "need --columns: give the header"),
        (("markdown", "-", "--url", "x"), b"<p>a", "x: no URL, which starts with https://"),
    ],
)
def test_commands_speak_of_options(fails, arguments, given, complaint):
    assert complaint in fails(*arguments, stdin=given)[1]


@pytest.mark.parametrize("schema", ["null", "[]", "7"])
def test_a_schema_that_is_none_is_refused_and_not_passed_over(fails, tmp_path, schema):
    file = tmp_path / "schema.json"
    file.write_text(schema)
    code, line = fails("shape", "-", "--budget", 50, "--schema", file, stdin=b"{}")
    assert code == 2
    assert line == f"richresp: --schema {file}: no JSON Schema, which is an object, true or false\n"


@given(st.floats(1e-9, 1e6))
def test_seconds_are_numbers_that_people_write(seconds):
    line = str(DeadlineExceeded(url="https://x.example/", seconds=seconds))
    within = line.partition(" within ")[2].partition("; a longer timeout may help")[0]
    assert line.endswith("; a longer timeout may help")
    if seconds < 0.001:
        assert within == "less than a millisecond"
    else:
        number, unit = within.split()
        assert unit == "s"
        assert "e" not in number
        assert float(number.replace(",", "")) == pytest.approx(seconds, abs=0.0005)


def test_errors_name_what_helps_in_both():
    line = str(Blocked(url="http://10.0.0.1/", reason="private (RFC 1918)"))
    assert (
        line == "http://10.0.0.1/: blocked, private (RFC 1918); if it is yours, allow it (a Policy, or --allow-private)"
    )


def test_what_is_not_found_is_not_said_to_be_a_page(fails):
    with serving({"/i.png": head("Content-Length: 0", status="404 Not Found")}) as site:
        assert "the server answers 404: not found" in fails("preview", site.at("/i.png"), "--allow-private")[1]
