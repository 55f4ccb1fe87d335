"""A learning platform for tests: scorm-again runs SCORM 1.2 in the browser, and what it sends is kept here."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import threading
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

RUNTIME = Path(__file__).resolve().parents[2] / "js" / "node_modules" / "scorm-again" / "dist" / "scorm12.min.js"
PLAYER = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>A platform</title><link rel="icon" href="data:,">
<style>html, body {{ height: 100%; margin: 0 }} iframe {{ width: 100%; height: 100%; border: 0 }}</style>
<script src="/scorm12.min.js"></script>
<script>
window.API = new Scorm12API({{ lmsCommitUrl: {commits}, dataCommitFormat: "flattened", logLevel: 4 }});
window.API.loadFromFlattenedJSON({kept});
</script></head>
<body><iframe title="Activity" src="/package/index.html"></iframe></body>
</html>
"""


@dataclass
class Platform:
    """Where the platform is, what it keeps of a learner, and how often it was sent something."""

    address: str
    kept: dict[str, str] = field(default_factory=lambda: {"cmi.core.student_id": "ada", "cmi.core.student_name": "Ada"})
    commits: int = 0

    @property
    def commit_address(self) -> str:
        """Where sessions of this learner send what they report."""
        return f"/commit/{self['core.student_id']}"

    def __getitem__(self, name: str) -> str:
        """Return a value of the learner's, such as ``core.lesson_status``; empty where there is none."""
        return str(self.kept.get(f"cmi.{name}") or "")

    def take(self, address: str, sent: dict[str, Any]) -> None:
        """Keep what a session of this learner sends; a run of the activity that is continued begins with it."""
        if address != self.commit_address:
            return  # the end of another learner's session may arrive late
        self.commits += 1
        self.kept |= {name: str(value) for name, value in sent.items() if value}

    def player(self) -> bytes:
        """Return the page that a learner opens: the activity, with what is kept."""
        left_out = ("cmi.core.session_time", "cmi.core.exit")
        kept = {name: value for name, value in self.kept.items() if name not in left_out}
        return PLAYER.format(kept=json.dumps(kept), commits=json.dumps(self.commit_address)).encode()


@contextmanager
def running_platform(package: Path, folder: Path) -> Iterator[Platform]:
    """Unpack a package in a folder, and run a platform that has it as its only activity."""
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder / "package")
    shutil.copyfile(RUNTIME, folder / RUNTIME.name)
    platform = Platform("")

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Print nothing."""

        def do_GET(self) -> None:
            """Send the player, or a file."""
            if self.path == "/":
                self.answer(platform.player(), "text/html; charset=utf-8")
            else:
                super().do_GET()

        def do_POST(self) -> None:
            """Take what a session sends."""
            length = int(self.headers["Content-Length"])
            platform.take(self.path, json.loads(self.rfile.read(length)))
            self.answer(b'{"result": "true", "errorCode": 0}', "application/json")

        def answer(self, content: bytes, kind: str) -> None:
            """Send some bytes."""
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    handler = functools.partial(Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        platform.address = f"http://127.0.0.1:{server.server_port}/"
        yield platform
        server.shutdown()
