"""Payloads that look like what handlers return, of any size, the same for the same arguments.

A kind writes its records one by one, each anew, so that no two share anything a cache could profit from. How many
records make up the asked size is told from the first few.
"""

import json
import random
from itertools import accumulate

_SAMPLED = 40
_SEED = 20_240_517
_VOCABULARY = (
    "the of and to a in is for on that with as it by this are be from at or was an which not have can has will more"
    " their all one when there if into its only other than then they used also been after these time some where each"
    " between first about new over such most through because during both before under while same must system data"
    " value model number server client request response error state table field record version build release change"
    " branch commit review index query result search token budget context memory cache network timeout thread worker"
    " queue message event handler module package library function method class object string integer array column row"
    " key schema user account customer order product price amount total payment invoice report region country city"
    " street station river mountain island harbour energy weather temperature measurement observation analysis method"
    " process company market growth policy government committee council election research university professor student"
    " hospital patient treatment history century language culture music museum library writer painter journey railway"
    " slowly quickly usually rarely almost nearly perhaps however therefore moreover although whether unless until"
    " reproduces crashes regression workaround deprecated asynchronous serialization configuration authentication"
    " Zürich café naïve Kraków résumé Ångström µs São señor"
)
_WORDS = _VOCABULARY.split()
_WEIGHTS = list(accumulate(1 / (rank + 6) for rank in range(len(_WORDS))))
_FIRST = ("Ada", "Björn", "Chen", "Dolores", "Emeka", "Fatima", "Goran", "Hana", "Ines", "Jun", "Katarzyna", "Liam")
_LAST = ("Okafor", "Lindqvist", "Wei", "García", "Novák", "Haddad", "Petrović", "Sato", "Moreau", "Kim", "Walsh")
_HOSTS = ("example.com", "docs.example.org", "status.example.net", "shop.example.co.uk", "research.example.edu")
_FENCE = "```"


def _words(rng, count):
    return " ".join(rng.choices(_WORDS, cum_weights=_WEIGHTS, k=count))


def _sentence(rng):
    words = _words(rng, rng.randint(6, 22))
    return f"{words[0].upper()}{words[1:]}{rng.choice(('.', '.', '.', '?', ':'))}"


def _text(rng, sentences):
    return " ".join(_sentence(rng) for _ in range(sentences))


def _url(rng):
    path = "/".join(rng.choices(_WORDS[60:180], k=rng.randint(1, 3)))
    return f"https://{rng.choice(_HOSTS)}/{path}/{rng.randint(1, 99_999)}"


def _hex(rng, digits):
    return f"{rng.getrandbits(4 * digits):0{digits}x}"


def _moment(rng):
    return (
        f"20{rng.randint(18, 25)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        f"T{rng.randint(0, 23):02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}Z"
    )


def _order(rng, at):
    """A flat record with fields of all types."""
    return {
        "id": 100_000 + at,
        "customer": f"{rng.choice(_FIRST)} {rng.choice(_LAST)}",
        "email": f"{_hex(rng, 6)}@{rng.choice(_HOSTS)}",
        "amount": round(rng.uniform(1, 2_000), 2),
        "currency": rng.choice(("EUR", "USD", "JPY", "PLN")),
        "paid": rng.random() < 0.8,
        "coupon": None if rng.random() < 0.7 else _hex(rng, 8).upper(),
        "created_at": _moment(rng),
        "note": _words(rng, rng.randint(0, 9)),
    }


def _issue(rng, at):
    """Nested, with many URLs and a long body in Markdown."""
    number, login = 7_000 - at, f"{rng.choice(_FIRST).lower()}-{_hex(rng, 4)}"
    base = f"https://api.example.com/repos/acme/{rng.choice(_WORDS[60:180])}"
    body = [_text(rng, rng.randint(1, 6)) for _ in range(rng.randint(1, 5))]
    if rng.random() < 0.4:
        body.append(f"{_FENCE}python\nraise ValueError({_words(rng, 4)!r})  # at {_hex(rng, 12)}\n{_FENCE}")
    return {
        "url": f"{base}/issues/{number}",
        "comments_url": f"{base}/issues/{number}/comments",
        "html_url": f"{base.replace('api.', '')}/issues/{number}",
        "id": rng.randint(10**8, 10**9),
        "node_id": _hex(rng, 24),
        "number": number,
        "title": _sentence(rng),
        "user": {
            "login": login,
            "id": rng.randint(1_000, 10**8),
            "avatar_url": f"https://avatars.example.com/u/{rng.randint(1, 10**8)}?v=4",
            "html_url": f"https://example.com/{login}",
            "site_admin": False,
        },
        "labels": [
            {"id": rng.randint(1, 10**9), "name": rng.choice(_WORDS), "color": _hex(rng, 6), "default": False}
            for _ in range(rng.randint(0, 4))
        ],
        "state": rng.choice(("open", "closed")),
        "assignee": None,
        "milestone": {"title": f"v{rng.randint(0, 9)}.{rng.randint(0, 30)}", "due_on": _moment(rng)},
        "comments": rng.randint(0, 80),
        "created_at": _moment(rng),
        "body": "\n\n".join(body),
        "reactions": {"total_count": rng.randint(0, 20), "+1": rng.randint(0, 20), "-1": 0, "heart": 0},
    }


def _hit(rng, at):
    return {
        "rank": at + 1,
        "title": _sentence(rng),
        "url": _url(rng),
        "score": rng.random(),
        "published": _moment(rng)[:10],
        "snippet": _text(rng, rng.randint(4, 12)),
        "highlights": [_words(rng, rng.randint(5, 12)) for _ in range(rng.randint(0, 3))],
    }


def _feature(rng, at):
    """A polygon of some 30 points."""
    x, y = rng.uniform(-180, 180), rng.uniform(-80, 80)
    ring = [[round(x + rng.gauss(0, 1), 6), round(y + rng.gauss(0, 1), 6)] for _ in range(rng.randint(10, 50))]
    return {
        "type": "Feature",
        "id": f"area.{at}",
        "properties": {"name": _words(rng, 2), "population": rng.randint(0, 10**6), "updated": _moment(rng)},
        "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
    }


def _line(rng, at):
    level = rng.choices(("INFO", "DEBUG", "WARN", "ERROR"), weights=(70, 20, 7, 3))[0]
    return (
        f"{_moment(rng)} {level:5} [worker-{rng.randint(1, 32)}] request_id={_hex(rng, 16)} "
        f'"GET /{rng.choice(_WORDS)}/{at} HTTP/1.1" {rng.choice((200, 200, 200, 304, 404, 500))} '
        f"{rng.randint(100, 99_999)} {_words(rng, rng.randint(2, 10))}"
    )


def _entry(rng, at):
    stock = {"qty": rng.randint(0, 500), "bin": f"{rng.choice('ABCDEF')}{rng.randint(1, 40)}", "ok": rng.random() < 0.9}
    return f"sku-{at:06}-{_hex(rng, 6)}", stock


def _paragraph(rng, at):
    return _text(rng, rng.randint(3, 9))


_KINDS = {
    "records": (_order, list),
    "issues": (_issue, list),
    "search hits": (_hit, lambda hits: {"query": "token budget", "total": 10 * len(hits), "results": hits}),
    "geojson": (_feature, lambda features: {"type": "FeatureCollection", "features": features}),
    "log lines": (_line, list),
    "map of ids": (_entry, dict),
    "prose": (_paragraph, "\n\n".join),
}
KINDS = tuple(_KINDS)


def dumps(payload):
    """A payload as JSON, as short as it gets."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


def payload(kind, size):
    """A payload of one of KINDS that is about `size` bytes long as JSON."""
    make, wrap = _KINDS[kind]
    rng = random.Random(_SEED)
    first = [make(rng, at) for at in range(_SAMPLED)]
    each = len(dumps(wrap(first)).encode()) / _SAMPLED
    count = max(2, round(size / each))
    return wrap(first[:count] + [make(rng, at) for at in range(_SAMPLED, count)])
