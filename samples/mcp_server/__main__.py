"""Starts the server: `python -m samples.mcp_server` over stdio, with `--port 8000` over HTTP; `demo` compares."""

from __future__ import annotations

import argparse
import socket

import uvicorn

from .demo import main as demo
from .server import harbour


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m samples.mcp_server", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["serve", "demo"], default="serve")
    parser.add_argument("--port", type=int, help="serve HTTP on this machine instead of stdio; 0 takes a free port")
    options = parser.parse_args()
    if options.what == "demo":
        demo()
    elif options.port is None:
        harbour().run(show_banner=False)
    else:
        try:
            listener = socket.create_server(("127.0.0.1", options.port))
        except (OSError, OverflowError) as error:
            parser.error(f"port {options.port}: {error}; give another with --port")
        with listener:
            print(f"http://127.0.0.1:{listener.getsockname()[1]}/mcp", flush=True)
            uvicorn.Server(uvicorn.Config(harbour().http_app(), log_level="warning")).run(sockets=[listener])


if __name__ == "__main__":
    main()
