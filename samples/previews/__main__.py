"""Serves the sample pages on port 8000 until standard input ends or Ctrl-C."""

import contextlib
import sys

from .site import PAGES, served

PORT = 8000

try:
    with served(PORT) as address, contextlib.suppress(KeyboardInterrupt):
        print("\n".join(f"{address}{path}" for path in PAGES), flush=True)
        sys.stdin.read()
except OSError as error:
    sys.exit(f"samples.previews: port {PORT} cannot be had: {error.strerror or error}")
