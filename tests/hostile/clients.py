"""What a client in a process of its own needs: how to reach a scene elsewhere, and what the process has and takes.

No table is imported here: what a client takes shall be the library's.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import re
import ssl
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_PATIENCE = 10.0
_SECONDS = 240.0


def run_client(name: str, given: Mapping[str, Any], **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a client of this folder on what it is given, from start to end; what is unclosed is an error there."""
    command = [sys.executable, "-W", "error", str(Path(__file__).with_name(name))]
    return subprocess.run(
        command,
        input=json.dumps(given),
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )


def reach(given: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Options of a previewer for a scene whose `ports` and authority (`pem`) are given."""
    from richresp.links import Policy

    policy = Policy(allow_networks=("127.0.0.1/32",), allow_ports=tuple(given["ports"]))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=given["pem"])
    return {"policy": policy, "resolve": lambda host: ["127.0.0.1"], "ssl_context": context, **more}


def memory(field: str) -> int:
    """VmHWM, VmRSS or VmSize of this process, in KiB."""
    found = re.search(rf"{field}:\s+(\d+)", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1])


def forget_peak() -> None:
    """Sets VmHWM back to VmRSS, see proc(5)."""
    Path("/proc/self/clear_refs").write_text("5")


class _Heap(ctypes.Structure):
    """struct mallinfo2, see mallinfo(3)."""

    _fields_ = [(name, ctypes.c_size_t) for name in (
        "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost",
    )]  # fmt: skip


_MEAN_BLOCK_BYTES = 64


def settled() -> int:
    """What this process takes when it is idle, in KiB, without what its heap only keeps for later."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of glibc
    if trim is not None:
        trim(0)
    return memory("VmRSS")


def in_use() -> int:
    """What this process has in use when it is idle, in KiB: by the heap's own account, and by that of Python's small blocks.

    What the heap keeps for later, in pieces that nobody holds, says nothing of a leak, and moves by megabytes.
    """
    gc.collect()
    count = getattr(ctypes.CDLL(None), "mallinfo2", None)  # of glibc
    if count is None:
        return memory("VmRSS")
    count.restype = _Heap
    heap = count()
    return (heap.uordblks + heap.hblkhd + _MEAN_BLOCK_BYTES * sys.getallocatedblocks()) // 1024


def belongings() -> Counter[str]:
    """What this process has open: descriptors by kind, and threads but those of lookups that are still to end."""
    for thread in threading.enumerate():
        if thread.name == "richresp-lookup":
            thread.join(_PATIENCE)
    found = Counter(f"threads named {thread.name}" for thread in threading.enumerate())
    for entry in Path("/proc/self/fd").iterdir():
        try:
            found[f"descriptors of {str(entry.readlink()).partition(':')[0]}"] += 1
        except FileNotFoundError:  # that of the listing itself
            continue
    return found
