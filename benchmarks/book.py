"""Measures the book: how long it builds, against plain Jupyter Book, and what each page costs on a slow phone.

    python benchmarks/book.py
    python benchmarks/book.py --builds 1 --opens 1   (for a first look)
    python benchmarks/book.py --site _build/site     (the pages of a book that is there)

Built are, in turn, the course by `copydesk book` and the same notebooks by Jupyter Book 1 alone: from clean, and after
a change in the code of one lesson. Jupyter Book 1 pins an older Sphinx than ours, so it gets an environment of its
own, from the package index, with the course's package in it. Then each page is opened in Chromium with a processor
four times slower and a line of 1.5 Mbit/s, from a server that packs text with gzip, as public hosts do.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml
from measuring import FLAGS, ROOT, chromium, spread, table, write
from playwright.sync_api import Browser, sync_playwright

PARTS = ("book", "lessons", "exercises", "solutions", "seeds")
NOTEBOOKS = ("lessons", "exercises")
CHANGED = Path("lessons", "02-attribution.ipynb")
JUPYTER_BOOK = "jupyter-book==1.0.4.post1"
GOAL_SECONDS = 6
"""A change of one lesson should be in the book after that time."""
SLOWER = 4
BYTES_A_SECOND = 1_500_000 / 8
LATENCY_MS = 150
LESSONS = ("lessons/06-verification.html", "lessons/03-sources.html")
"""Each loads all that pages share."""
GOALS = {"usable": 3000, "shift": 0.1, "first": 300, "further": 60}
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
WATCH = """(() => {
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  const look = () => {
    const painted = performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
    const waiting = document.querySelector("[data-copydesk]:not([data-live=true])");
    if (document.readyState === "loading" || painted === undefined || waiting) return setTimeout(look, 10);
    window.usable = Math.max(painted, performance.now());
  };
  look();
})();"""
"""Usable is a page that has been read to its end and painted, and all views of which are live."""


def main() -> None:
    """Build and open, and write the results."""
    parser = argparse.ArgumentParser(description="Measure how the book builds, and what its pages cost.")
    parser.add_argument("--builds", type=int, default=3, help="how often each is built")
    parser.add_argument("--opens", type=int, default=3, help="how often each page is opened")
    parser.add_argument("--site", type=Path, help="only open the pages of this book, and build none")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="copydesk-benchmark-") as name, sync_playwright() as playwright:
        site = given.site
        if site is None:
            built, site = builds(Path(name), given.builds)
            write("Building the book", builds_report(built))
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS, ALONE])
        opened = pages(browser, site, given.opens)
        browser.close()
        write("Pages of the book on a slow phone", pages_report(opened, given.opens))


def builds(folder: Path, runs: int) -> tuple[dict[str, list[float]], Path]:
    """Return the seconds of each build, and a built site."""
    found: dict[str, list[float]] = {}
    site, theirs = folder / "site", jupyter_book(folder / "jupyter-book")
    for run in range(runs):
        course, plain = folder / f"course-{run}", folder / f"plain-{run}"
        for part in PARTS:
            shutil.copytree(ROOT / part, course / part)
        plain_book(course, plain)
        book = [sys.executable, "-m", "copydesk", "book", "--article", "full", "--out", str(site)]
        alone = [str(theirs), "-c", "from jupyter_book.cli.main import main; main()", "build", str(plain), "-q"]
        found.setdefault("Copy Desk, from clean", []).append(seconds(course, book))
        found.setdefault("Jupyter Book alone, from clean", []).append(seconds(course, alone))
        for top in (course, plain):
            change(top / CHANGED)
        found.setdefault("Copy Desk, after a change of one lesson", []).append(seconds(course, book))
        found.setdefault("Jupyter Book alone, after a change of one lesson", []).append(seconds(course, alone))
    return found, site


def jupyter_book(folder: Path) -> Path:
    """Make an environment with Jupyter Book 1 and the course's package, and return its Python."""
    uv = [sys.executable, "-m", "uv"]
    subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, folder], check=True)
    python = folder / "bin" / "python"
    install = [*uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", python]
    subprocess.run([*install, JUPYTER_BOOK, "--editable", ROOT], check=True)
    return python


def plain_book(course: Path, folder: Path) -> None:
    """Write a Jupyter Book of the course's notebooks: nothing set but a title, and that notebooks are run."""
    names = []
    for part in NOTEBOOKS:
        (folder / part).mkdir(parents=True)
        for path in sorted((course / part).glob("*.ipynb")):
            # Links to pages that only our book has would be warnings here.
            text = re.sub(r"\]\(\.\./book/[^)]*\)", "](#)", path.read_text(encoding="utf-8"))
            (folder / part / path.name).write_text(text, encoding="utf-8")
            names.append(f"{part}/{path.stem}")
    config = {"title": "Plain", "execute": {"execute_notebooks": "force", "timeout": 120}}
    (folder / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    toc = {"format": "jb-book", "root": names[0], "chapters": [{"file": name} for name in names[1:]]}
    (folder / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")


def change(notebook: Path) -> None:
    """Change the code of a notebook: one more line in its last cell of code."""
    data = json.loads(notebook.read_text(encoding="utf-8"))
    cell = next(cell for cell in reversed(data["cells"]) if cell["cell_type"] == "code")
    cell["source"] = [f"# changed at {time.time()}\n", *cell["source"]]
    notebook.write_text(json.dumps(data), encoding="utf-8")


def seconds(course: Path, command: list[str]) -> float:
    """Run a command for a course, whose kept outputs lie beside it, and return how long that took."""
    environment = os.environ | {
        "COPYDESK_COURSE": str(course),
        "COPYDESK_RENDER": "static",
        "COPYDESK_ANSWERS": str(course / "answers"),
        "XDG_CACHE_HOME": str(course / "cache"),
    }
    started = time.perf_counter()
    done = subprocess.run(command, check=False, cwd=course, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{command[:3]} failed:\n{done.stdout}\n{done.stderr}")
    return time.perf_counter() - started


class Packing(http.server.SimpleHTTPRequestHandler):
    """Serves files packed with gzip over connections that stay open, lets a browser keep them, and says nothing."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def send_head(self) -> io.BytesIO | None:
        """Send the head of an answer, and return the packed file."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return None
        packed = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        for name, value in {
            "Content-Type": self.guess_type(str(path)),
            "Content-Encoding": "gzip",
            "Content-Length": str(len(packed)),
            "Cache-Control": "max-age=3600",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        return io.BytesIO(packed)


def pages(browser: Browser, site: Path, runs: int) -> dict[str, list[dict[str, float]]]:
    """Open each page as the first one, and again as a further one; return what that cost."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Packing, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    origin = f"http://127.0.0.1:{server.server_port}"
    names = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html")) if path.name != "search.html"]
    found: dict[str, list[dict[str, float]]] = {}
    for _ in range(runs):
        for name in names:
            first = opened(browser, origin, (name,))
            # What the two kinds of pages load is there already; this page is not.
            other = next(lesson for lesson in LESSONS if lesson != name)
            further = opened(browser, origin, (*(["index.html"] if name != "index.html" else []), other, name))
            costs = {"usable": first["usable"], "shift": first["shift"], "first": first["kB"], "further": further["kB"]}
            found.setdefault(name, []).append(costs)
    server.shutdown()
    return found


def opened(browser: Browser, origin: str, names: tuple[str, ...]) -> dict[str, float]:
    """Open pages one after the other in a fresh window, slowed down, and return what the last one cost."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    session = context.new_cdp_session(page)
    figures: set[str] = set()
    received: dict[str, float] = {}
    session.on("Network.requestWillBeSent", lambda event: _note_figure(event, figures))
    session.on(
        "Network.loadingFinished", lambda event: received.update({event["requestId"]: event["encodedDataLength"]})
    )
    session.send("Network.enable")
    page.add_init_script(WATCH)
    for name in names:
        if name == names[-1]:
            line = {"offline": False, "latency": LATENCY_MS, "uploadThroughput": BYTES_A_SECOND}
            session.send("Network.emulateNetworkConditions", line | {"downloadThroughput": BYTES_A_SECOND})
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            received.clear()
        page.goto(f"{origin}/{name}", wait_until="load")
        page.wait_for_function("() => window.usable !== undefined", timeout=60_000)
    page.wait_for_timeout(500)  # what moves late moves too
    result = {"usable": page.evaluate("usable"), "shift": page.evaluate("shift"), "kB": 0}
    result["kB"] = sum(size for request, size in received.items() if request not in figures) / 1000
    context.close()
    return result


def _note_figure(event: dict[str, Any], figures: set[str]) -> None:
    if event.get("type") == "Image":
        figures.add(event["requestId"])


def middle(values: list[float]) -> float:
    """Return the median, or of two in the middle the greater."""
    return sorted(values)[len(values) // 2]


def builds_report(found: dict[str, list[float]]) -> str:
    """Return a table of the builds, and our share."""

    def ratio(when: str) -> float:
        return middle(found[f"Copy Desk, {when}"]) / middle(found[f"Jupyter Book alone, {when}"])

    clean, changed = ratio("from clean"), ratio("after a change of one lesson")
    count = len(next(iter(found.values())))
    head = (
        f"Copy Desk {version('copydesk')} on Sphinx {version('sphinx')}, and {JUPYTER_BOOK} alone with its own "
        f"settings, the same notebooks, {os.cpu_count()} processors; {count} builds each: median (least to greatest)."
    )
    end = (
        f"Copy Desk to Jupyter Book alone, from clean: {clean:.2f} (goal: at most 1.20); after a change of one lesson: "
        f"{changed:.2f}, and {middle(found['Copy Desk, after a change of one lesson']):.1f} s "
        f"(goal: under {GOAL_SECONDS}). Ours runs as many notebooks at a time as there are processors, writes every "
        "page, and checks links, keys and requests of those that changed."
    )
    return "\n\n".join(
        [head, table(["build", "seconds"], [(name, spread(times, 1)) for name, times in found.items()]), end]
    )


def pages_report(found: dict[str, list[dict[str, float]]], runs: int) -> str:
    """Return a table of the pages, and how they stand to the goals."""
    digits = {"usable": 0, "shift": 3, "first": 0, "further": 0}
    rows = [
        (name, *(spread((run[what] for run in costs), places) for what, places in digits.items()))
        for name, costs in found.items()
    ]
    worst = {
        what: max(sorted(run[what] for run in costs)[len(costs) // 2] for costs in found.values()) for what in GOALS
    }
    heads = ["page", "usable, ms", "layout shift", "kB as the first page", "kB as a further page"]
    head = (
        f"Processor {SLOWER} times slower, 1.5 Mbit/s, {LATENCY_MS} ms, 390 × 844 pixels, text packed with gzip, "
        f"figures not counted; each page opened {runs} times: median (least to greatest)."
    )
    end = (
        f"Worst medians, with the goals: usable after {worst['usable']:,.0f} ms ({GOALS['usable']:,}), layout shift "
        f"{worst['shift']:.3f} ({GOALS['shift']}), {worst['first']:.0f} kB ({GOALS['first']}) for a first and "
        f"{worst['further']:.0f} kB ({GOALS['further']}) for a further page."
    )
    return "\n\n".join([head, table(heads, rows), end])


if __name__ == "__main__":
    main()
