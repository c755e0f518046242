"""The backends, each opened for one test."""

from contextlib import ExitStack

import pytest

from tests.caching import servers
from tests.conformance.backends import BACKENDS


@pytest.fixture(scope="session")
def start_redis(tmp_path_factory):
    """Starts the server at the first call, so that no other backend waits for one or is skipped for want of one."""
    with ExitStack() as stack:
        started = []

        def start():
            if not started:
                started.append(stack.enter_context(servers.redis_server(tmp_path_factory.mktemp("redis"))))
            return started[0]

        yield start


@pytest.fixture(params=BACKENDS)
def opened(request, tmp_path, start_redis):
    """Opens a new, empty cache of one kind; call it in a `with`."""
    server = start_redis() if "redis" in request.param else None
    return lambda: BACKENDS[request.param](tmp_path, server)


@pytest.fixture
def backend(opened):
    with opened() as backend:
        yield backend


@pytest.fixture
def cache(backend):
    return backend.cache
