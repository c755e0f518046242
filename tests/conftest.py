"""How hypothesis runs here: the same examples each time, or with RICHRESP_HYPOTHESIS=deep many more, drawn anew."""

import os

from hypothesis import HealthCheck, settings

# Building a payload of records takes longer than shaping it, above all on a busy machine: that is no fault of a test.
settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    print_blob=True,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("deep", settings.get_profile("ci"), derandomize=False, max_examples=1_000)
settings.load_profile(os.environ.get("RICHRESP_HYPOTHESIS", "ci"))


def pytest_sessionfinish(session):
    """In CI a skipped test is a failed one: what it needs was to be installed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = 1
