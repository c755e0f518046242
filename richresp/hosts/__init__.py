"""What the hosts of models send with a call, what they show of what is returned to them, and what they refuse."""

from richresp.hosts.caller import Caller

__all__ = ["Caller"]
