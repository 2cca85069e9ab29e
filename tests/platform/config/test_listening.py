"""A process shows the sum of what its workers counted, on an address of its own, and leaves nothing."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
# As the web process does: it listens, then starts workers that count.
PROGRAM = """
import os, sys, urllib.request
from panjereh.config.listening import listen
listen(("127.0.0.1", int(sys.argv[1])), command="serve")
from panjereh_kernel.metering import count_request
for worker in range(2):
    child = os.fork()
    if not child:
        count_request(route="shown", method="GET", status=200, seconds=0.1)
        os._exit(0)
    os.waitpid(child, 0)
print(os.environ["PROMETHEUS_MULTIPROC_DIR"])
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
print(opener.open(f"http://127.0.0.1:{sys.argv[1]}/metrics").read().decode())
"""


@pytest.mark.slow
def test_what_several_workers_counted_is_shown_as_one_sum():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    shown = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROGRAM, str(port)],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout

    folder, metrics = shown.split("\n", 1)
    assert re.search(r'^panjereh_requests_total\{.*route="shown".*\} 2\.0$', metrics, re.MULTILINE)
    assert not Path(folder).exists()
