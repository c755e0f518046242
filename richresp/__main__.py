"""`python -m richresp` is the same as `richresp`."""

import sys

from richresp.cli import main

sys.exit(main())
