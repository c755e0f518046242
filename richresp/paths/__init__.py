"""Paths into a payload: a part of JSONPath (RFC 9535), and how it is matched while a payload is walked.

A path is `$` and steps: `.name`, `['name']`, `[0]`, `[-1]`, `.*`, `[*]`, and the same at any depth behind `..`. The rest
of the RFC (slices, filters, lists of selectors) is refused with its position.
"""

from richresp.paths.automaton import Endings, Leads, Matcher, State
from richresp.paths.syntax import Path, Segment, parse
from richresp.paths.walk import find

__all__ = [
    "Endings",
    "Leads",
    "Matcher",
    "Path",
    "Segment",
    "State",
    "find",
    "parse",
]
