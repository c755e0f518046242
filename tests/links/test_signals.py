"""The handler of a signal may raise at any line: no place of a connection is lost by that, and no host becomes unreachable."""

import linecache
import ssl
import sys
from functools import partial

import httpcore

from richresp.links.connections import Connections
from tests.links.wires import Backend, Net

TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class Interrupted(BaseException):
    """As the one that the handler of a signal raises."""


def interrupted_at(step, call):
    """Whether a call was broken off before the line that it would have run as its so many-th."""
    left = step

    def trace(frame, event, _):
        nonlocal left
        if "richresp/links/" not in frame.f_code.co_filename.replace("\\", "/"):
            return None
        line = linecache.getline(frame.f_code.co_filename, frame.f_lineno)
        left -= event == "line" and not line.strip().startswith("with ")  # before a lock is let go none is heard
        if left < 0:
            sys.settrace(None)
            raise Interrupted
        return trace

    sys.settrace(trace)
    try:
        call()
    except Interrupted:
        return True
    finally:
        sys.settrace(None)
    return False


def test_a_signal_at_any_line_costs_no_host_and_no_place():
    def ask(client, host):
        response = client.handle_request(httpcore.Request("GET", f"http://{host}/", headers={"Host": "x"}))
        try:
            return b"".join(response.iter_stream())
        finally:
            response.close()

    def broken(step):
        net = Net()
        client = Connections(Backend(net), TLS, 1)
        ask(client, "a")
        if step % 2:
            net.open[0].ended = True
        done = interrupted_at(step // 2, partial(ask, client, "a"))
        assert [ask(client, host) for host in "aaba"] == [b"ok"] * 4
        client.close()
        assert len(client._idle) == 0
        return done

    steps = 0
    while broken(steps) or broken(steps + 1):
        steps += 2
    assert steps > 50
