"""Prints what the trials of this folder show: `python -m tests.integration`."""

import sys
import tempfile
from pathlib import Path

from tests.integration import (
    test_datasette,
    test_fastapi_app,
    test_fetch_tool,
    test_mcp_clients,
    test_todo_plugin,
)
from tests.integration.trial import table


def main():
    with tempfile.TemporaryDirectory() as folder:
        database = test_datasette.made(Path(folder) / "harbour.db")
        trials = [
            test_todo_plugin.trial(),
            test_datasette.trial(database),
            test_fastapi_app.trial(),
            *(test_mcp_clients.trial(tool, way) for tool in ("berths", "visits") for way in test_mcp_clients.WAYS),
            test_fetch_tool.trial(),
        ]
    sys.stdout.write(table(trials) + "\n")


if __name__ == "__main__":
    main()
