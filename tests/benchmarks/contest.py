"""Peers in turns on the same payloads at one budget: how long each takes, and what its text is worth.

A peer that takes long, or gives up, runs once; of the others the best of several turns counts. Payloads that fit the
budget as they are do not belong here.
"""

import json
from dataclasses import dataclass
from statistics import median

from richresp import tokens
from tests.benchmarks.measure import settled
from tests.benchmarks.peers import BASELINE, NOT_INSTALLED

_LONG = 0.5
"""Seconds after which a peer is not asked for the same again."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one peer made of one case."""

    text: str | None
    tokens: int
    seconds: float
    ratio: float
    valid: bool | None


def columns():
    return ["ms", "ratio", "worst", "gave up", "over", "by at most", "JSON", "use"]


def results(entrants, cases, budget, rounds):
    """What each peer that runs made of each case."""
    running = {name: peer for name, peer in entrants.items() if peer is not NOT_INSTALLED}
    found = {name: [] for name in running}
    for case in cases:
        texts, seconds = _turns(running, case, budget, rounds)
        for name, text in texts.items():
            count = tokens.count(text or "")
            valid = None if isinstance(case.payload, str) or text is None else _is_json(text)
            found[name].append(Result(text, count, seconds[name], seconds[name] / seconds[BASELINE], valid))
    return found


def scores(entrants, found, budget):
    """The row of the table for each peer, by columns()."""
    return {
        name: _score(found[name], budget, judged=name != BASELINE) if found.get(name) else _blank(peer)
        for name, peer in entrants.items()
    }


def _turns(running, case, budget, rounds):
    texts, seconds = {}, {}
    with settled():
        for _ in range(rounds + 1):  # the first is for warmth; it counts where no other does
            for name, peer in running.items():
                if seconds.get(name, 0) < _LONG:
                    texts[name], took = peer(case, budget)
                    seconds[name] = min(took, seconds.get(name, took))
    return texts, seconds


def _is_json(text):
    try:
        json.loads(text, parse_constant=_refuse)
    except ValueError:
        return False
    return True


def _refuse(name):
    raise ValueError(name)


def _score(results, budget, *, judged):
    times = [f"{median(r.seconds for r in results) * 1e3:.2f}"]
    times += [f"{pick([r.ratio for r in results]):.2f}" for pick in (median, max)]
    if not judged:
        return [*times, "", "", "", "", ""]
    done = [r for r in results if r.text is not None]
    over = [r.tokens - budget for r in done if r.tokens > budget]
    valid = [r.valid for r in done if r.valid is not None]
    return [
        *times,
        _of(len(results) - len(done), results) if len(done) < len(results) else "",
        _of(len(over), done),
        f"{max(over)} ({max(over) / budget:.0%})" if over else "",
        _of(sum(valid), valid),
        f"{median(r.tokens / budget for r in done):.0%}" if done else "",
    ]


def _of(number, among):
    return f"{number}/{len(among)}"


def _blank(peer):
    reason = peer if isinstance(peer, str) else "-"
    return [reason, *[""] * (len(columns()) - 1)]
