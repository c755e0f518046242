"""`python -m richresp`, and the `richresp` of a shell: the same, from the first moment on.

Ctrl-C while the command line is still being loaded ends it as it does later: with one line and 130.
"""

import sys


def main() -> int:
    """Runs the command line and returns its exit code."""
    try:
        from richresp.cli import main as run

        return run()
    except KeyboardInterrupt:
        if sys.stderr is not None:
            sys.stderr.write("richresp: stopped\n")
        return 130


if __name__ == "__main__":
    sys.exit(main())
