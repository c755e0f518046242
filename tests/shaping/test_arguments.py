"""An argument that cannot be right is told before the payload is looked at."""

import pytest

from richresp import InvalidPayload, UsageError
from tests.shaping.as_json import shape

BAD_PAYLOAD = b"bytes are refused as soon as they are looked at"


@pytest.mark.parametrize("budget", [True, False, "800", 800.0, None, {"rows": 3}, [800]])
def test_a_budget_is_a_whole_number(budget):
    with pytest.raises(UsageError, match="budget=") as error:
        shape(BAD_PAYLOAD, budget=budget)
    assert error.type is UsageError


@pytest.mark.parametrize("name", ["yaml", "", None, "JSON", 1, ["json"]])
def test_an_unknown_format_is_told_which_there_are(name):
    with pytest.raises(UsageError, match=r"format=.*json") as error:
        shape(BAD_PAYLOAD, budget=100, format=name)
    assert error.type is UsageError


@pytest.mark.parametrize("notice", ["", None, True, "INLINE", ["aside"]])
def test_an_unknown_notice_is_told_which_there_are(notice):
    with pytest.raises(UsageError, match=r"notice=.*inline, aside") as error:
        shape(BAD_PAYLOAD, budget=100, notice=notice)
    assert error.type is UsageError


@pytest.mark.parametrize("counter", ["o200k_base", 5, object(), True])
def test_a_counter_is_a_callable(counter):
    with pytest.raises(UsageError, match="counter=") as error:
        shape(BAD_PAYLOAD, budget=100, counter=counter)
    assert error.type is UsageError


def test_with_right_arguments_the_payload_is_looked_at():
    with pytest.raises(InvalidPayload):
        shape(BAD_PAYLOAD, budget=100)


def test_options_are_given_by_name():
    with pytest.raises(TypeError):
        shape([], 100)
