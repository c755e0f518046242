"""An ASGI application on a free port of this machine, in a thread of its own, for clients that want a real server."""

import socket
import threading
from contextlib import contextmanager

import uvicorn

STOP_SECONDS = 30.0


@contextmanager
def served(app):
    """Its address, once it answers."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=5))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    with listener:  # connections wait in its backlog until the server takes them
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(STOP_SECONDS)
            assert not thread.is_alive()
