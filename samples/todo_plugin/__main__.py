"""Starts the plugin on this machine: `python -m samples.todo_plugin --todos 500`."""

from __future__ import annotations

import argparse
import socket

import uvicorn

from richresp.links import Policy

from .app import todo_app
from .demo import ROUTES, USER, fill
from .store import MAX_TODOS, Store


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m samples.todo_plugin", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="0 takes a free one (default: %(default)s)")
    parser.add_argument("--todos", type=int, default=0, metavar="N", help=f"to-dos to give to the user {USER}")
    parser.add_argument(
        "--allow",
        type=_host_and_port,
        action="append",
        default=[],
        metavar="HOST:PORT",
        help="preview links that lead there, although the address is not public; for a site of yours",
    )
    options = parser.parse_args()
    try:
        listener = socket.create_server(("127.0.0.1", options.port))
    except (OSError, OverflowError) as error:
        parser.error(f"port {options.port}: {error}; give another with --port")
    with listener:
        # asyncio sees to it where it made the socket itself; without, each answer waits 40 ms for an acknowledgement
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        port = listener.getsockname()[1]
        store, site = Store(), f"http://127.0.0.1:{port}"
        fill(store, min(options.todos, MAX_TODOS), site)
        allowed = [*options.allow, ("127.0.0.1", port)] if options.todos else options.allow
        policy = Policy(allow_hosts=[host for host, _ in allowed], allow_ports=[port for _, port in allowed])
        app = todo_app(store, policy=policy, routes=ROUTES)
        print(f"{site}/todos/{USER}", flush=True)
        uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])


def _host_and_port(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    try:
        Policy(allow_hosts=[host], allow_ports=[int(port)])
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: give a host and a port, as 127.0.0.1:8001") from None
    return host, int(port)


if __name__ == "__main__":
    main()
