"""Answers to decide on, written short."""

from email.utils import formatdate

from richresp.links.freshness import Rules, judge

DEFAULT = Rules()
NOW = 1_700_000_000.0
SENT = [(b"User-Agent", b"richresp"), (b"Accept", b"text/html"), (b"Accept-Encoding", b"gzip")]
WEEK, HOUR, DAY = 7 * 86_400, 3_600, 86_400


def fields(**named):
    """Header fields by keyword; a list is several lines."""
    return [
        (name.replace("_", "-").encode(), value.encode("latin-1"))
        for name, values in named.items()
        for value in (values if isinstance(values, list) else [values])
    ]


def decided(status=200, *, sent=SENT, rules=DEFAULT, wall=False, took=0.0, **named):
    return judge(status, fields(**named), sent, requested_at=NOW - took, answered_at=NOW, rules=rules, wall=wall)


def date(offset=0):
    return formatdate(NOW + offset, usegmt=True)
