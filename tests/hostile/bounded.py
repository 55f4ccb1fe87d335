"""Grades a folder in a process that may use only so much time and memory, and that tells what else it tried to do.

``python tests/hostile/bounded.py FOLDER OUT`` prints what was graded as JSON. It ends with an error when the
limits do not suffice, and names every program started, connection opened or file written outside OUT.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

SECONDS = 120
BYTES = 2_500_000_000
FORBIDDEN = ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "socket.connect", "pickle.find_class")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def main(folder: Path, out: Path) -> None:
    """Grade under limits, and print the outcome."""
    import make  # noqa: PLC0415  (reads banks and loads libraries, which the limits are not about)
    import matplotlib.pyplot as plt  # noqa: PLC0415  (writes its cache of fonts)

    from copydesk.grading import grade  # noqa: PLC0415  (as above)

    plt.close()
    bank = make.bank()
    tried: list[str] = []
    inside = str(out.resolve())

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(FORBIDDEN):
            tried.append(f"{event} {arguments!r:.200}")
        elif event == "open":
            path, _, flags = arguments
            is_ours = not isinstance(path, str) or os.path.abspath(path).startswith(inside)  # noqa: PTH100
            if isinstance(flags, int) and flags & WRITING and not is_ours and path != os.devnull:
                tried.append(f"write {path}")

    if sys.platform == "linux":  # the only system that keeps to these limits
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    sys.addaudithook(watch)
    report = grade([folder], out, banks={bank.lesson: bank})
    sys.stdout.write(json.dumps({"graded": report.graded, "tried": tried}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
