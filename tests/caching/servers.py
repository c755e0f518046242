"""A real redis-server on a free port, which tests may stop, kill and start again, and a proxy that dawdles."""

import os
import shutil
import signal
import socket
import subprocess
import threading
from contextlib import contextmanager, suppress

import pytest
from redis import Redis

PROGRAM = shutil.which("redis-server") or shutil.which("valkey-server")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    def __init__(self, folder):
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.folder = folder
        self.admin = Redis(port=self.port, socket_timeout=30)
        self.start()

    def start(self, *options):
        command = [PROGRAM, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if "Ready to accept connections" in line:
                return
        raise RuntimeError("redis-server does not start")

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self.process.pid, os.WSTOPPED)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.admin.connection_pool.disconnect()

    def close(self):
        self.kill()
        self.admin.close()


@contextmanager
def redis_server(folder):
    if PROGRAM is None:
        pytest.skip("no redis-server on PATH: apt-get install redis-server")
    server = Server(folder)
    try:
        yield server
    finally:
        server.close()


@contextmanager
def listening(serve):
    """A port where each connection is given to `serve`, with an event that tells the end; gives (port, event)."""
    done = threading.Event()
    threads = []

    def attend(connection):
        with connection, suppress(OSError):
            serve(connection, done)

    def accept():
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threads.append(threading.Thread(target=attend, args=(connection,), daemon=True))
                threads[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        acceptor = threading.Thread(target=accept, daemon=True)
        acceptor.start()
        try:
            yield listener.getsockname()[1], done
        finally:
            done.set()
            listener.shutdown(socket.SHUT_RDWR)
            acceptor.join()
            for thread in threads:
                thread.join(5)


def proxy(port, *, pause, piece):
    """To serve with: hands on what it is sent at once, and what is answered in pieces, with a pause before each."""

    def serve(connection, done):
        with socket.create_connection(("127.0.0.1", port)) as upstream:
            connection.settimeout(0.02)
            upstream.settimeout(0.02)
            while not done.is_set():
                with suppress(TimeoutError):
                    sent = connection.recv(65_536)
                    if not sent:
                        return
                    upstream.sendall(sent)
                with suppress(TimeoutError):
                    answer = upstream.recv(65_536)
                    for start in range(0, len(answer), piece):
                        done.wait(pause)
                        connection.sendall(answer[start : start + piece])

    return serve
