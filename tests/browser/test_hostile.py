"""What grading makes of the hostile corpus, opened in a browser: nothing runs, is loaded or leads anywhere else."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import make
import pytest

from copydesk.grading import grade
from copydesk.grading.marking.folder import Mark, MarkingFolder
from copydesk.grading.marking.page import moderate
from copydesk.grading.marking.paper import write_paper
from copydesk.grading.run.anonymous_texts import written_texts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request

BANK = make.bank()
BANKS = {BANK.lesson: BANK}
CANARY = "copydeskCanary"
CALL = f"{CANARY}('ran')"
PAYLOADS = [
    f"<script>{CALL}</script>",
    f"</title><script>{CALL}</script>",
    f'</style></textarea></template><img src=x onerror="{CALL}">',
    f"<svg/onload={CALL}><svg><script>{CALL}</script></svg>",
    f'" autofocus onfocus="{CALL}" x="',
    f"' onmouseover='{CALL}' style='position:fixed;inset:0' x='",
    f'<iframe srcdoc="<script>parent.{CALL}</script>"></iframe>',
    f"<details open ontoggle={CALL}><body onload={CALL}>",
    f'<a href="javascript:{CALL}">x</a> [x](javascript:{CALL})',
    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'><base href=http://127.0.0.1:9/>",
    "<link rel=stylesheet href=http://127.0.0.1:9/x.css><style>@import 'http://127.0.0.1:9/y.css'</style>",
    "<form action=http://127.0.0.1:9/><button>x</button></form><object data=http://127.0.0.1:9/></object>",
    f"<!--><img src=x onerror={CALL}>-->",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={CALL}>",
    f"&lt;img src=x onerror={CALL}&gt; &#60;script&#62;{CALL}&#60;/script&#62;",
]
ALIAS_CHARACTERS = 80
MARKED = datetime(2026, 11, 24, tzinfo=UTC)
LOOK = """() => ({
  scripts: document.scripts.length,
  handlers: [...document.querySelectorAll("*")].filter((each) =>
    [...each.attributes].some(({ name, value }) => name.startsWith("on") || /^\\s*(javascript|data:text)/i.test(value))
  ).length,
  loaded: document.querySelectorAll("iframe, object, embed, link[href], base, form, meta[http-equiv=refresh]").length,
  away: [...document.links].filter((each) => each.protocol !== "file:" || !each.getAttribute("href").startsWith("#"))
    .map((each) => each.outerHTML),
})"""
WAKE = """() => document.querySelectorAll("*").forEach((each) => {
  if (each.tagName === "DETAILS") each.open = true;
  for (const name of ["mouseover", "focus", "click", "toggle"]) each.dispatchEvent(new Event(name));
})"""


def payloads(folder: Path) -> None:
    """Write a submission for each payload: it stands in the alias, in the text, in reasons and in a table."""
    folder.mkdir(parents=True)
    for number, payload in enumerate(PAYLOADS):
        values = {"counts": {payload: 1}, "total": 7, "title": payload, "day": payload}
        said = {"T4": {"kind": "value", "values": values}, "W1": {"kind": "written", "text": payload}}
        data = make.submission(payload[:ALIAS_CHARACTERS], {**make.half_right(), **said})
        for answer in data["answers"].values():
            answer["reason"] = payload
        (folder / f"{number}.json").write_text(json.dumps(data), encoding="utf-8")


def book(out: Path) -> dict[str, dict[str, str]]:
    """Return the rows of a gradebook by the file of the submission."""
    text = (out / "gradebook.csv").read_text(encoding="utf-8-sig")
    return {Path(row["file"]).name: row for row in csv.DictReader(io.StringIO(text, newline=""))}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Grade the corpus, the payloads and three honest submissions, and the honest ones alone; return both results."""
    folder, out = tmp_path_factory.mktemp("submissions"), tmp_path_factory.mktemp("out")
    make.honest(folder / "honest")
    grade([folder / "honest"], out / "alone", banks=BANKS)
    make.hostile(folder)
    payloads(folder / "payloads")
    grade([folder], out / "all", banks=BANKS)
    return out / "all", out / "alone"


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the pages that markers read: the payloads to print, and where two markers differ."""
    folder, out = tmp_path_factory.mktemp("payloads"), tmp_path_factory.mktemp("marks")
    payloads(folder / "in")
    marks = MarkingFolder(out, BANK.lesson)
    texts = marks.put_texts(written_texts([folder / "in"], BANK), 7).tasks["W1"]
    write_paper(marks, BANK, marker=PAYLOADS[0], role="first")
    for role, level in (("first", 1), ("second", 4)):
        given = [
            Mark(text=text.id, criterion=each.id, level=level, comments=(text.text,), at=MARKED)
            for text in texts
            for each in BANK["W1"].task.rubric
        ]
        marks.change_marks("W1", f"{role} {PAYLOADS[0]}", role, put=given)
    moderate(marks, BANK, out)
    return out


def test_no_script_runs_in_any_page(graded: tuple[Path, Path], browser: Browser) -> None:
    """In no feedback page and not in the report does anything run, load, ask or lead away, whatever was submitted."""
    out, _ = graded
    pages = sorted(out.rglob("*.html"))
    assert len(pages) > len(make.GRADED) + len(PAYLOADS)
    seen = visit(browser, pages)
    assert seen == []


def test_no_script_runs_in_the_pages_for_markers(marked: Path, browser: Browser) -> None:
    """The page to print, and the page that shows where two markers differ, are as safe as the feedback."""
    pages = sorted(marked.rglob("*.html"))
    assert [page.name for page in pages][:1] == ["moderation.html"]
    assert len(pages) == 2
    assert visit(browser, pages) == []


def visit(browser: Browser, pages: list[Path]) -> list[str]:
    """Open pages, unfold and touch everything in them, and return whatever happened that should not."""
    happened: list[str] = []
    context = browser.new_context()
    context.expose_function(CANARY, lambda word: happened.append(f"canary {word}"))
    page = context.new_page()
    here = ""

    def ask(request: Request) -> None:
        if request.url != here and not request.url.startswith("data:image/"):
            happened.append(f"request {request.url}")

    page.on("dialog", lambda dialog: (happened.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: happened.append(f"error {error}"))
    page.on("console", lambda message: happened.append(f"console {message.text}"))
    page.on("popup", lambda popup: happened.append(f"popup {popup.url}"))
    context.on("request", ask)
    for path in pages:
        here = path.as_uri()
        page.goto(here)
        page.evaluate(WAKE)
        found = page.evaluate(LOOK)
        if found != {"scripts": 0, "handlers": 0, "loaded": 0, "away": []} or page.url != here:
            happened.append(f"{path.name}: {found} {page.url}")
    context.close()
    return happened


def test_the_canary_would_sing(browser: Browser, tmp_path: Path) -> None:
    """Without escaping, the payloads do run: a page made of them is noticed."""
    bad = tmp_path / "bad.html"
    bad.write_text(f"<!doctype html><title>x</title>{PAYLOADS[0]}{PAYLOADS[2]}", encoding="utf-8")
    happened = visit(browser, [bad])
    assert "canary ran" in happened
    assert any("'scripts': 1" in each for each in happened)


def test_honest_learners_keep_their_grades_and_pages(graded: tuple[Path, Path]) -> None:
    """Beside all this every honest learner has the row and the page of a class without it."""
    out, alone = graded
    rows, alone_rows = book(out), book(alone)
    for name, row in alone_rows.items():
        assert {head: rows[name][head] for head in row if head != "file"} == {
            head: row[head] for head in row if head != "file"
        }
    for page in (alone / "feedback").iterdir():
        assert (out / "feedback" / page.name).read_bytes() == page.read_bytes()
