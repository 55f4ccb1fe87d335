"""``copydesk lab`` is ended by the system, not by a person."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_what_ends_the_command_ends_jupyterlab(tmp_path: Path) -> None:
    """A ``copydesk lab`` that the system asks to end leaves no JupyterLab behind."""
    command = [sys.executable, "-m", "copydesk", "lab", "--no-browser", "--folder", str(tmp_path)]
    environment = {**os.environ, "COPYDESK_COURSE": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running:
        assert running.stdout
        address = next(found for line in running.stdout if (found := re.search(r"127\.0\.0\.1:([0-9]+)", line)))
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=60) == 0
    until = time.monotonic() + 30
    with socket.socket() as probe:
        while probe.connect_ex(("127.0.0.1", int(address[1]))) == 0:
            assert time.monotonic() < until
            time.sleep(0.2)
