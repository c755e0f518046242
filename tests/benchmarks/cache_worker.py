"""One process of several that share a Redis: asks for all URLs of a site when it is told to, and says how that went.

It is given its task as a line of JSON, writes a line when it is ready, and begins at the next line.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.cache_sides import SIDES, Place, right_among


def main(given):
    urls = given["urls"]
    side = SIDES[given["name"], given["how"]]
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder), given["redis"])
        with side("Redis", place, given["port"], given["at_once"]) as (ask, cache):
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            sys.stdin.readline()
            began = time.perf_counter()
            found = ask(urls)
            seconds = time.perf_counter() - began
            errors = cache.stats.errors if cache is not None else 0
    return {"seconds": seconds, "right": right_among(found, urls), "errors": errors}


if __name__ == "__main__":
    said = main(json.loads(sys.stdin.readline()))
    sys.stdout.write(json.dumps(said) + "\n")
