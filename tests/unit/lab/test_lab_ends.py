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
from threading import Event, Timer
from typing import TYPE_CHECKING

import pytest

from copydesk.lab.jupyterlab import exit_code

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parents[3]


def read_port(lines: Iterable[str]) -> int:
    """Return the port of the first address that a command prints."""
    for line in lines:
        address = re.search(r"127\.0\.0\.1:([0-9]+)", line)
        if address:
            return int(address[1])
    pytest.fail("the command printed no address")


def test_what_ends_the_command_ends_jupyterlab(tmp_path: Path) -> None:
    """A ``copydesk lab`` that the system asks to end leaves no JupyterLab behind."""
    command = [sys.executable, "-m", "copydesk", "lab", "--no-browser", "--folder", str(tmp_path)]
    environment = {**os.environ, "COPYDESK_COURSE": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running:
        assert running.stdout
        port = read_port(running.stdout)
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=60) == 0
    until = time.monotonic() + 30
    with socket.socket() as probe:
        while probe.connect_ex(("127.0.0.1", port)) == 0:
            assert time.monotonic() < until
            time.sleep(0.2)


def test_a_signal_whose_exception_is_lost_still_ends_it() -> None:
    """What a signal raises while an object is being cleared away gets lost; the command ends all the same."""
    stop_asked = Event()
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as server:
        Timer(0.2, stop_asked.set).start()
        assert exit_code(server, stop_asked) == 0
        server.kill()
