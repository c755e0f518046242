"""The client of test_cancel.py: is broken off by Ctrl-C, goes on, and says what is left."""

import json
import sys
import threading

from richresp import Previewer
from tests.hostile.clients import belongings, reach

PATIENCE = 20.0


def main(given):
    over = threading.Event()

    def resolve(host):
        if given["hangs"] and not over.is_set():
            sys.stdout.write("asked\n")
            sys.stdout.flush()
            over.wait(PATIENCE)
        return ["127.0.0.1"]

    before, broken = belongings(), False
    with Previewer(**reach(given, resolve=resolve, timeout=PATIENCE, max_connections=1)) as previewer:
        try:
            previewer.preview(given["url"])
        except KeyboardInterrupt:
            broken = True
        over.set()
        title = previewer.preview(given["url"]).title
    return {"broken": broken, "title": title, "left": belongings() - before}


if __name__ == "__main__":
    json.dump(main(json.load(sys.stdin)), sys.stdout)
