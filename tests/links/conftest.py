"""Work counted instead of time: how many lines of the library run."""

import sys

import pytest


@pytest.fixture
def count_steps():
    """Calls a function and says how many lines of richresp it ran. What single calls into C cost is not seen."""

    def run(function, *arguments):
        steps = 0

        def trace(frame, event, _):
            nonlocal steps
            if "richresp" not in frame.f_code.co_filename:
                return None
            steps += event == "line"
            return trace

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            function(*arguments)
        finally:
            sys.settrace(before)
        return steps

    return run
