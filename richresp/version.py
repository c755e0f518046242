"""Which version this is: the one place that says so, for to ask the installed metadata takes as long as all else of a start."""

from __future__ import annotations

VERSION = "0.1.0"
