"""Manifests, OpenAPI documents and tool lists: what hosts refuse or do not read, and what all of it costs in tokens.

    document -> reading (bounded) -> sources (which kind) -> rules of that kind -> findings
                                                          -> bill (tokens per conversation and call)

`lint` is pure; `show` writes its report for people. Lengths that hosts allow are dated: PROFILES.
"""

from richresp.hosts.lint.check import lint
from richresp.hosts.lint.model import Bill, Charge, Finding, Report
from richresp.hosts.lint.profiles import PROFILES, Profile
from richresp.hosts.lint.show import show
from richresp.hosts.lint.sources import named_in

__all__ = ["PROFILES", "Bill", "Charge", "Finding", "Profile", "Report", "lint", "named_in", "show"]
