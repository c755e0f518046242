"""A network of the mind: streams that answer each request at once, and tell which of them are open and who uses them."""

import asyncio
import threading

import httpcore

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
GIVEN_UP = b""
PIECE = 24
"""Bytes that a read gives: an answer takes several."""


class Wire:
    """One connection. `answers` are used in turn, the last one for ever."""

    def __init__(self, net, place):
        self.net, self.place = net, place
        self.answers = list(net.answers)
        self.waiting = b""
        self.asked = 0
        self.ended = False  # whether there is something to read where nothing was asked for
        self.busy = threading.Lock()
        net.made.append(self)
        net.open.append(self)
        net.most = max(net.most, len(net.open))

    def said(self, data):
        assert self in self.net.open
        assert self.busy.acquire(blocking=False), "two requests at once on one connection"
        try:
            if data.endswith(b"\r\n\r\n"):
                self.asked += 1
                self.waiting += self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        finally:
            self.busy.release()

    def told(self):
        data, self.waiting = self.waiting[:PIECE], self.waiting[PIECE:]
        return data

    def closed(self):
        if self in self.net.open:
            self.net.open.remove(self)

    def get_extra_info(self, info):
        return self.ended or self not in self.net.open if info == "is_readable" else None


class Net:
    """Where `made` and `open` are all connections that there were and are."""

    def __init__(self, *answers):
        self.answers = answers or (ANSWER,)
        self.made, self.open = [], []
        self.most = 0


class Stream(Wire, httpcore.NetworkStream):
    def read(self, max_bytes, timeout=None):
        return self.told()

    def write(self, buffer, timeout=None):
        self.said(buffer)

    def close(self):
        self.closed()

    def start_tls(self, ssl_context, server_hostname=None, timeout=None):
        self.place += (server_hostname,)
        return self


class AsyncStream(Wire, httpcore.AsyncNetworkStream):
    async def read(self, max_bytes, timeout=None):
        await asyncio.sleep(0)
        return self.told()

    async def write(self, buffer, timeout=None):
        await asyncio.sleep(0)
        self.said(buffer)

    async def aclose(self):
        await asyncio.sleep(0)
        self.closed()

    async def start_tls(self, ssl_context, server_hostname=None, timeout=None):
        try:
            await asyncio.sleep(0)
        except BaseException:
            self.closed()  # as those of the guarded backend
            raise
        self.place += (server_hostname,)
        return self


class Backend(httpcore.NetworkBackend):
    def __init__(self, net):
        self.net = net

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        return Stream(self.net, (host, port))


class AsyncBackend(httpcore.AsyncNetworkBackend):
    def __init__(self, net):
        self.net = net

    async def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        await asyncio.sleep(0)
        return AsyncStream(self.net, (host, port))
