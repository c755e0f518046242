"""What hosts send with a call."""

from richresp.hosts.caller import Caller

__all__ = ["Caller"]
