"""Measures pages with 10, 40 and 160 choice items: Copy Desk's and jupyterquiz's, in one theme, browser and run.

    pip install jupyterquiz
    python benchmarks/page.py
    python benchmarks/page.py --added 12

Each page is opened fifteen times from a server on this machine, a process of its own, the two makers in turn; then the
same with the processor slowed to a quarter, as on an old laptop or a phone. Both books are built as the course builds
its own: with its configuration and templates, and without what no page uses. One page of each book has no item, only a
radio button of the browser's own, and no script of either maker: what a page with items takes beyond it, they add.
With --added only that is measured, in so many rounds, and printed; the results stay as they are.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import yaml
from measuring import FLAGS, ROOT, as_bank, as_jupyterquiz, chromium, spread, table, write
from playwright.sync_api import Browser, Request, sync_playwright

from copydesk.publish.execution import Runs
from copydesk.publish.links import trim
from copydesk.publish.software import software_fingerprint
from copydesk.publish.sphinx_pages import make_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SIZES = (10, 40, 160)
NONE = 0
"""The size of the page without any item."""
RUNS = 15
SPEEDS = (1, 4)
"""How many times slower the browser's processor is made."""
NAMES = ("as it is", "slowed 4 times")
Found = dict[tuple[int, str, int], list[dict[str, float]]]
"""Runs by speed, maker and number of items; those of one round are at the same place in each list."""
DRAWS = 10_000
GOAL = 0.5
# No other host is found, so that nothing need stand between the browser and its requests: that would cost time.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
OURS, THEIRS = "Copy Desk", "jupyterquiz"
SCRIPTS = sorted((ROOT / "src" / "copydesk" / "static").glob("*.js"), key=lambda path: len(path.name))
CELLS = {
    OURS: """import json
from copydesk.course.bank import Bank
from copydesk.views.content import bank_content
from copydesk.views.widget import StaticView
bank = Bank.model_validate(json.loads({data!r}))
content = bank_content(bank, bank.tasks, {{}}, title="Items")
StaticView(content | {{"release": "0", "language": "en", "bank": bank.fingerprint()}})""",
    THEIRS: """import json
from jupyterquiz import display_quiz
display_quiz(json.loads({data!r}), shuffle_answers=False)""",
}
SECOND = (
    "a source map, a drawer, an order, a verdict, the reading pane, one's own article or a view of the whole course"
)
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length"
PLAIN = '# No items\n\n<label><input type="radio" id="plain"> This is true.</label>\n'
PLAIN_PROBE = {
    "click": "document.querySelector('#plain')?.click()",
    "shown": "document.querySelector('#plain:checked')",
}
PROBE = {
    OURS: {
        "click": "for (const part of ['input', '.cd-primary']) document.querySelector(`.cd-item ${part}`)?.click()",
        "shown": "document.querySelector('.cd-item .cd-why')",
    },
    THEIRS: {
        "click": "document.querySelector('.Quiz .MCButton')?.click()",
        "shown": "document.querySelector('.Quiz .Feedback.correct, .Quiz .Feedback.incorrect')",
    },
}
WATCH = """(() => {
  const click = () => { %(click)s };
  const shown = () => Boolean(%(shown)s);
  const attempt = () => {
    const before = performance.now();
    try { click(); } catch { /* the page is not ready */ }
    if (!shown()) { setTimeout(attempt, 5); return; }
    window.firstAnswered = performance.now();
    window.clickTook = performance.now() - before;
    console.debug("answered");
  };
  attempt();
})();"""


def main() -> None:
    """Build the two books, measure, and write the results."""
    rounds, sizes = asked()
    found: Found = {}
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="copydesk-benchmark-")))
        origins = {
            maker: stack.enter_context(
                served(build(folder / maker.replace(" ", ""), maker, sizes), folder / f"{maker}.log")
            )
            for maker in CELLS
        }
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS, ALONE])
        for speed in SPEEDS:
            for number in range(rounds):
                open_all(browser, origins, (NONE, *sizes), speed, found, number)
        browser.close()
    if sizes == SIZES:
        write("Pages with choice items", report(found))
    else:
        sys.stdout.write(f"{added_report(found)}\n")


def asked() -> tuple[int, tuple[int, ...]]:
    """Return how many rounds are asked for, and which numbers of items."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--added", type=int, metavar="ROUNDS", help="measure and print only what items add to a page")
    rounds = parser.parse_args().added
    return (RUNS, SIZES) if rounds is None else (rounds, SIZES[-1:])


def open_all(
    browser: Browser, origins: dict[str, str], sizes: tuple[int, ...], speed: int, found: Found, number: int
) -> None:
    """Open each page of both makers once; who comes first changes from round to round."""
    makers = list(origins)
    for size in sizes:
        for maker in makers if number % 2 == 0 else reversed(makers):
            run = measure(browser, origins[maker], maker, size, speed)
            found.setdefault((speed, maker, size), []).append(run)


def build(folder: Path, maker: str, sizes: tuple[int, ...]) -> Path:
    """Build a book with one page for each number of items and one without any; return the folder of pages.

    Both makers get the theme as the course ships it: its configuration, its templates (which load the script of
    Copy Desk only into a page that has a view of it), and nothing that no page uses.
    """
    source = folder / "source"
    shutil.copytree(ROOT / "book", source, ignore=shutil.ignore_patterns("*.md", "*.yml"))
    for size in sizes:
        data = json.dumps(as_bank(size) if maker == OURS else as_jupyterquiz(size))
        cells = [
            nbformat.v4.new_markdown_cell(f"# {size} items"),
            nbformat.v4.new_code_cell(CELLS[maker].format(data=data)),
        ]
        cells[1].metadata["tags"] = ["remove-input"]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), source / f"items-{size}.ipynb")
    (source / f"items-{NONE}.md").write_text(PLAIN, encoding="utf-8")
    # The footer of every page leads here.
    (source / "about.md").write_text("# About\n", encoding="utf-8")
    for script in SCRIPTS:
        shutil.copyfile(script, source / "_static" / script.name)
    shutil.copyfile(ROOT / "book" / "_config.yml", source / "_config.yml")
    first, *others = (*(f"items-{size}" for size in (*sizes, NONE)), "about")
    toc = {"format": "jb-book", "root": first, "chapters": [{"file": other} for other in others]}
    (source / "_toc.yml").write_text(yaml.safe_dump(toc))
    Runs(ROOT, source, folder / "runs").fill()
    html = make_pages(source, folder / "work", software_fingerprint())
    trim(html)
    return html


@contextlib.contextmanager
def served(site: Path, log: Path) -> Iterator[str]:
    """Serve a folder over connections that stay open, from a process of its own; yield its address."""
    command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--protocol", "HTTP/1.1"]
    with log.open("w") as errors:
        process = subprocess.Popen([*command, "-d", str(site)], stdout=subprocess.PIPE, stderr=errors, text=True)
    try:
        # The server says: Serving HTTP on 127.0.0.1 port N (ADDRESS/) and so on.
        yield (process.stdout.readline() if process.stdout else "").split("(")[1].split("/)")[0]
    finally:
        process.kill()
        process.wait()


def measure(browser: Browser, origin: str, maker: str, size: int, speed: int) -> dict[str, float]:
    """Open a page in a fresh window and return what it cost."""
    context = browser.new_context()
    page = context.new_page()
    leaving: list[str] = []
    received: list[float] = []

    def note(request: Request) -> None:
        if not request.url.startswith((origin, "data:", "blob:")):
            leaving.append(request.url)

    page.on("request", note)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": speed})
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.add_init_script(WATCH % (PROBE[maker] if size else PLAIN_PROBE))
    # Nothing is asked of the page until it has said so: a question would take its processor's time.
    with page.expect_console_message(lambda message: message.text == "answered", timeout=60_000):
        page.goto(f"{origin}/items-{size}.html", wait_until="load")
    page.wait_for_function(PAINTED)
    session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")["usedSize"]
    result = {
        "bytes": sum(received),
        "leaving": len(leaving),
        "first": page.evaluate("() => window.firstAnswered"),
        "paint": page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime"),
        "click": page.evaluate("() => window.clickTook"),
        "heap": heap,
    }
    context.close()
    return result


def report(found: Found) -> str:
    """Return tables of what was measured, and ratios of medians."""
    rows = [
        (
            size,
            maker,
            spread(run["bytes"] / 1000 for run in found[1, maker, size]),
            spread(run["leaving"] for run in found[1, maker, size]),
            spread(run["paint"] for run in found[1, maker, size]),
            spread(run["first"] for run in found[1, maker, size]),
            spread((run["click"] for run in found[1, maker, size]), 1),
            spread((run["heap"] / 1e6 for run in found[1, maker, size]), 1),
        )
        for size in SIZES
        for maker in CELLS
    ]
    heads = [
        "items",
        "page",
        "kB transferred",
        "requests that leave",
        "first paint, ms",
        "first answered click, ms",
        "a click, ms",
        "heap, MB",
    ]
    slowed = [
        (size, *(spread(run["first"] for run in found[SPEEDS[-1], maker, size]) for maker in CELLS)) for size in SIZES
    ]
    ratios = [
        (size, *(f"{ratio(found, speed, size, of):.2f}" for speed in SPEEDS for of in (statistics.median, min)))
        for size in SIZES
    ]
    more = [
        (f"processor {name}", *(f"{beyond(found, speed, maker, SIZES[0]):.0f}" for maker in CELLS))
        for speed, name in zip(SPEEDS, NAMES, strict=True)
    ]
    first, second = (f"{len(gzip.compress(script.read_bytes(), 9)) / 1000:.1f} kB" for script in SCRIPTS)
    return "\n\n".join(
        [
            f"Copy Desk {version('copydesk')} and jupyterquiz {version('jupyterquiz')}, {RUNS} runs each.",
            table(heads, rows),
            f"First answered click with the processor slowed {SPEEDS[-1]} times, ms:",
            table(["items", *CELLS], slowed),
            "Time to the first answered click, Copy Desk to jupyterquiz:",
            table(["items", *(f"processor {name}, {of}" for name in NAMES for of in ("median", "least"))], ratios),
            "First paint of a page of the book with no item and no script for one, ms (no item can be seen sooner):",
            table(
                [f"processor {name}" for name in NAMES], [[spread(empty(found, speed, "paint")) for speed in SPEEDS]]
            ),
            f"What {SIZES[-1] - SIZES[0]} items more add to the first answered click, ms:",
            table(["", *CELLS], more),
            added_report(found),
            f"Script and style of Copy Desk, packed with gzip: {first}, loaded once for a book.",
            f"Another {second} are loaded, once, where a page has {SECOND}.",
        ]
    )


def ratio(found: Found, speed: int, size: int, of: Callable[[list[float]], float]) -> float:
    """Return the time to the first answered click, ours to theirs: of the medians, or of the least."""
    ours, theirs = (of([run["first"] for run in found[speed, maker, size]]) for maker in CELLS)
    return ours / theirs


def empty(found: Found, speed: int, of: str) -> list[float]:
    """Return what was measured of the page without items: it is the same, byte for byte, in both books."""
    return [run[of] for maker in CELLS for run in found[speed, maker, NONE]]


def beyond(found: Found, speed: int, maker: str, less: int) -> float:
    """Return how much later a page with all items answers than one with fewer, in ms: of the medians."""
    most, least = (statistics.median(run["first"] for run in found[speed, maker, n]) for n in (SIZES[-1], less))
    return most - least


def added_report(found: Found) -> str:
    """Return what items add to the first answered click over a page without any, with its spread."""
    rows = [
        (f"processor {name}", spread(empty(found, speed, "first")), *added(found, speed))
        for speed, name in zip(SPEEDS, NAMES, strict=True)
    ]
    share = rows[-1][-1]
    rounds = len(found[SPEEDS[-1], OURS, NONE])
    heads = ["", "without items", *(f"added, {maker}" for maker in CELLS), "Copy Desk to jupyterquiz"]
    title = (
        f"What {SIZES[-1]} items add to the first answered click, ms, over a page of the same book without any "
        f"(a radio button of the browser's own, no script of either maker), {rounds} rounds:"
    )
    said = (
        f"With the processor slowed {SPEEDS[-1]} times, {SIZES[-1]} items of Copy Desk add {share} times what those of "
        f"jupyterquiz add (goal: at most {GOAL:.2f}). Added is the median with items less the median without, of both "
        f"books, whose pages are the same; in brackets lie 95 of 100 of {DRAWS:,} draws of as many rounds with "
        "replacement."
    )
    return "\n\n".join([title, table(heads, rows), said])


def added(found: Found, speed: int) -> list[str]:
    """Return what items add by maker, in ms, and ours to theirs: each with the middle 95 of 100 draws of rounds."""
    rounds = range(len(found[speed, OURS, NONE]))
    chance = random.Random(1)  # noqa: S311  (the same draws on every machine)
    drawn = [chance.choices(rounds, k=len(rounds)) for _ in range(DRAWS)]
    whole, *draws = (added_in(found, speed, some) for some in (rounds, *drawn))
    return [
        interval(value, [draw[place] for draw in draws], 2 if place == len(CELLS) else 0)
        for place, value in enumerate(whole)
    ]


def added_in(found: Found, speed: int, rounds: Sequence[int]) -> list[float]:
    """Return what items add in some rounds: by maker, in ms, and ours to theirs."""
    plain = statistics.median(found[speed, maker, NONE][number]["first"] for maker in CELLS for number in rounds)
    full = (statistics.median(found[speed, maker, SIZES[-1]][number]["first"] for number in rounds) for maker in CELLS)
    ours, theirs = (median - plain for median in full)
    return [ours, theirs, ours / theirs]


def interval(value: float, draws: list[float], digits: int) -> str:
    """Return a value with the middle 95 of 100 of its draws."""
    cuts = statistics.quantiles(draws, n=40)
    return f"{value:,.{digits}f} ({cuts[0]:,.{digits}f}–{cuts[-1]:,.{digits}f})"


if __name__ == "__main__":
    main()
