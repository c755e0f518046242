"""Serves the sample pages on port 8000 until standard input ends or Ctrl-C."""

import contextlib
import sys

from .site import PAGES, served

with served(8000) as address, contextlib.suppress(KeyboardInterrupt):
    print("\n".join(f"{address}{path}" for path in PAGES), flush=True)
    sys.stdin.read()
