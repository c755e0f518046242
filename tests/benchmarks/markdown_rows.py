"""Records that look like what handlers put into tables, of any number, the same for the same arguments.

Each record is made anew, and most of its texts are its own, so that no cache profits more than it would from real ones.
"""

import random

_SEED = 20_240_517
_VOCABULARY = (
    "request response server client timeout retry backlog invoice payment customer order region harbour station weather"
    " report summary measurement release build branch commit review index query result token budget context memory cache"
    " Zürich café naïve Kraków résumé quickly usually nearly while before because although in of and the for with on"
)
_WORDS = _VOCABULARY.split()
_NAMES = ("Ada Lindqvist", "Björn Walsh", "Chen Wei", "Dolores García", "Emeka Okafor", "Hana Sato", "Goran Petrović")
_STATES = ("open", "closed", "in review", "blocked")
_NEEDY = (
    "a|b", "__init__", "*urgent*", "2*3*4", "<b>bold</b>", "see [1](x)", "`a` or `b`", "C:\\*", "~5 to ~10",
    "AT&amp;T", "cat x | sort | uniq", "Map<String, int>", "first\nsecond",
)  # fmt: skip
_HARMLESS = (
    "snake_case_name",
    "5 * 3",
    "x < y",
    "R&D",
    "C:\\Users\\me",
    "a [b] c",
    "#1 of 3",
    "~5",
    "see http://e.example/a_b",
)


def _words(rng, count):
    return " ".join(rng.choices(_WORDS, k=count))


def plain(count):
    """Eight columns of all types; not a character in them that markdown has a use for."""
    rng = random.Random(_SEED)
    return [
        {
            "id": 100_000 + at,
            "customer": rng.choice(_NAMES),
            "reference": f"{rng.getrandbits(40):010x}",
            "amount": round(rng.uniform(1, 2_000), 2),
            "state": rng.choice(_STATES),
            "paid": rng.random() < 0.8,
            "created": f"2024-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
            "note": _words(rng, rng.randint(2, 8)),
        }
        for at in range(count)
    ]


def marked(count):
    """The same size; one cell in five holds a special character, and one in 25 needs an escape for it."""
    rng = random.Random(_SEED)
    return [
        {
            "id": 100_000 + at,
            "owner": rng.choice(_NAMES),
            "key": f"{rng.choice(_WORDS)}_{rng.getrandbits(32):08x}",
            "url": f"https://example.com/{rng.choice(_WORDS[:20])}/{rng.randint(1, 99_999)}?page=1",
            "score": rng.random() if rng.random() < 0.9 else None,
            "open": rng.random() < 0.5,
            "state": rng.choice(_STATES),
            "note": _note(rng),
        }
        for at in range(count)
    ]


def _note(rng):
    """A third needs an escape, so that of all cells it is one in 25."""
    words = _words(rng, rng.randint(2, 7))
    draw = rng.random()
    return (
        f"{words} {rng.choice(_NEEDY)}" if draw < 0.32 else f"{rng.choice(_HARMLESS)} {words}" if draw < 0.5 else words
    )


def mixed(count):
    return marked(count)


def numeric(count):
    """Four columns of numbers."""
    rng = random.Random(_SEED)
    return [
        {
            "year": 1950 + at,
            "population": rng.randint(10**5, 10**8),
            "growth": round(rng.uniform(-5, 5), 3),
            "area": round(rng.uniform(100, 100_000), 1),
        }
        for at in range(count)
    ]


def text(count):
    """Three columns of prose."""
    rng = random.Random(_SEED)
    return [
        {
            "title": _words(rng, 4).capitalize(),
            "summary": _words(rng, 14).capitalize() + ".",
            "author": rng.choice(_NAMES),
        }
        for _ in range(count)
    ]
