"""Documents by pages: markdown between its blocks, prose between paragraphs, code and logs between lines."""

from __future__ import annotations

from richresp.shaping.documents.division import Division, Kind, divide
from richresp.shaping.documents.kinds import kind_of

__all__ = ["Division", "Kind", "divide", "kind_of"]
