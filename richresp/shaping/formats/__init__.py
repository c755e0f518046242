"""The formats of `shape` beside JSON."""

from __future__ import annotations

from richresp.shaping.formats.choice import FORMATS, Format, document_kind, writer_for
from richresp.shaping.formats.writer import Writer, document_writer

__all__ = ["FORMATS", "Format", "Writer", "document_kind", "document_writer", "writer_for"]
