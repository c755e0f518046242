"""A terminal: `richresp` as a process whose standard streams are a pseudo-terminal, or some of them."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time

PATIENCE = 60.0
VARIABLES = ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES", "PYTHONIOENCODING")


class Terminal:
    """One process in a terminal of so many columns and rows.

    Args:
        arguments: of the command line.
        size: columns and rows.
        out: where standard output goes, if not to the terminal.
        environment: variables that it has beside PATH and its like.
    """

    def __init__(self, *arguments, size=(80, 24), out=None, stdin=None, **environment):
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        given = {name: value for name, value in os.environ.items() if name not in VARIABLES}
        self._said = b""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "richresp", *arguments],
            stdin=slave if stdin is None else stdin,
            stdout=slave if out is None else out,
            stderr=slave,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(2, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - Ctrl-C reaches whose terminal it is
            env={**given, "TERM": "xterm-256color", **environment},
        )
        os.close(slave)

    def until(self, text):
        """What was said, once this text is in it."""
        wanted = text.encode()
        while wanted not in self._said:
            assert self._read(), f"it ended without {text!r}: {self._said!r}"
        return self._said.decode()

    def end(self):
        """What was said in all, and the exit code."""
        while self._read():
            pass
        return self._said.decode().replace("\r\n", "\n"), self.process.wait(PATIENCE)

    def types(self, keys):
        os.write(self._master, keys)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._master)

    def _read(self):
        until = time.monotonic() + PATIENCE
        ready, _, _ = select.select([self._master], [], [], max(0.0, until - time.monotonic()))
        assert ready, f"nothing more is said: {self._said!r}"
        try:
            piece = os.read(self._master, 65_536)
        except OSError:  # Linux says so at the end
            piece = b""
        self._said += piece
        return piece


def process(*arguments, stdin=b"", **environment):
    """`richresp` as a process with pipes."""
    given = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    return subprocess.run(
        [sys.executable, "-m", "richresp", *map(str, arguments)],
        input=stdin, capture_output=True, env={**given, **environment}, timeout=PATIENCE, check=False,
    )  # fmt: skip
