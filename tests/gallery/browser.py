"""A real Chromium, driven by its DevTools protocol over a pipe: what it loads, what it complains about, what it shows.

Each browser has a profile of its own that is thrown away. Nothing is looked up: every name but a loopback address is nowhere.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_SWITCHES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-extensions",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
    "--remote-debugging-pipe",
]
_NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


class Tab:
    """One tab.

    Attributes:
        events: what the browser told since the last `open`, as pairs of a method and its parameters.
    """

    def __init__(self, commands: int, answers: int) -> None:
        self.events: list[tuple[str, dict[str, Any]]] = []
        self._commands, self._answers = commands, os.fdopen(answers, "rb")
        self._number, self._session, self._rest = 0, None, b""
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Audits"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Has a command done and gives its result; events that come before it are kept."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        message |= {"sessionId": self._session} if self._session else {}
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while (told := self._next()).get("id") != self._number:
            self.events.append((told["method"], told["params"]))
        assert "error" not in told, told
        return told["result"]

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            read = self._answers.read1(1 << 16)
            assert read, "the browser has gone"
            self._rest += read
        told, _, self._rest = self._rest.partition(b"\0")
        return json.loads(told)

    def close(self) -> None:
        """Ends the browser, and waits until the last of its processes has let go of the pipe."""
        with suppress(AssertionError, OSError):
            self._session = None
            self.send("Browser.close")
            while self._answers.read1(1 << 16):
                pass
        os.close(self._commands)
        self._answers.close()

    def open(self, url: str, *, width: int = 1440, theme: str = "light", media: str = "screen") -> None:
        """Shows a page, until it and all that it loads are there."""
        self.events.clear()
        self.resize(width)
        features = [{"name": "prefers-color-scheme", "value": theme}]
        self.send("Emulation.setEmulatedMedia", media=media, features=features)
        self.send("Page.navigate", url=url)
        while not any(method == "Page.loadEventFired" for method, _ in self.events):
            told = self._next()
            if "method" in told:
                self.events.append((told["method"], told["params"]))
                if told["method"] == "Page.javascriptDialogOpening":
                    self.send("Page.handleJavaScriptDialog", accept=False)
        self.run("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def resize(self, width: int, height: int = 900) -> None:
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def run(self, script: str) -> Any:
        """What an expression is, of the page."""
        told = self.send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def shot(self, *, most: int = 16_000, top: int = 0) -> bytes:
        """The whole page as PNG, as high as it is or as that."""
        size = self.send("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": top, "width": size["width"], "height": min(size["height"] - top, most), "scale": 1}
        told = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        return base64.b64decode(told["data"])

    def told(self, *methods: str) -> list[dict[str, Any]]:
        """What the browser said by any of these methods."""
        return [parameters for method, parameters in self.events if method in methods]

    def complaints(self) -> list[dict[str, Any]]:
        """Console errors, exceptions, refusals of the policy, dialogs."""
        return self.told(
            "Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Page.javascriptDialogOpening",
            "Audits.issueAdded",
        )  # fmt: skip

    def requests(self) -> list[str]:
        """The addresses that were asked for, data: URIs aside."""
        urls = [parameters["request"]["url"] for parameters in self.told("Network.requestWillBeSent")]
        return [url for url in urls if not url.startswith("data:")]


@contextmanager
def browsing() -> Iterator[Tab]:
    """A tab of a new browser."""
    profile = tempfile.mkdtemp(prefix="chromium-")
    ours_in, theirs_out = _pipe()
    theirs_in, ours_out = _pipe()
    wired: list[tuple[Any, ...]] = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in (0, 1, 2)]
    wired += [(os.POSIX_SPAWN_DUP2, theirs_in, 3), (os.POSIX_SPAWN_DUP2, theirs_out, 4)]
    command = [str(CHROMIUM), *_SWITCHES, _NOWHERE, f"--user-data-dir={profile}"]
    process = os.posix_spawn(command[0], command, {**os.environ, "HOME": profile}, file_actions=wired)
    os.close(theirs_in)
    os.close(theirs_out)
    try:
        tab = Tab(ours_out, ours_in)
        try:
            yield tab
        finally:
            tab.close()
    finally:
        os.kill(process, signal.SIGTERM)
        os.waitpid(process, 0)
        shutil.rmtree(profile, ignore_errors=True)


def _pipe() -> tuple[int, int]:
    """A pipe whose ends do not stand where the browser wants its own."""
    ends = os.pipe()
    high = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends)
    for end in ends:
        os.close(end)
    return high[0], high[1]


def address_of(path: Path) -> str:
    return path.resolve().as_uri()
