"""What is exported for MyST sites: practice tasks that the module can show, no graded key, only short quotations."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import copydesk
from copydesk.commands.main import app
from copydesk.course.course import Course
from copydesk.course.lesson_names import LessonNameError
from copydesk.course.settings import find_root
from copydesk.exchange.writing import ExchangeError
from copydesk.publish.myst import MODULE, export_myst
from copydesk.release.leaks import find_leaks

if TYPE_CHECKING:
    from pathlib import Path

COURSE = Course(find_root())
DIRECTIVE = re.compile(rf"^% (\w+)\n\n```\{{anywidget\}} {re.escape(MODULE)}\n(.*)\n```$", re.MULTILINE)
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the export of all lessons for a public site."""
    out = tmp_path_factory.mktemp("myst")
    export_myst(COURSE, out)
    return out


def contents(folder: Path) -> dict[str, Any]:
    """Return the content of each task file."""
    found = {}
    for path in sorted(folder.glob("*/*.json")):
        found[f"{path.parent.name}/{path.stem}"] = json.loads(path.read_text(encoding="utf-8"))["content"]
    return found


def test_a_page_has_each_task_of_its_lesson_in_three_lines(folder: Path) -> None:
    """Between the lines of a directive is what the task's own file has; the module is beside the page."""
    pages = sorted(folder.glob("*.md"))
    assert pages
    for page in pages:
        tasks = dict(DIRECTIVE.findall(page.read_text(encoding="utf-8")))
        files = {path.stem: path.read_text(encoding="utf-8") for path in (folder / page.stem).iterdir()}
        assert {name: f"{model}\n" for name, model in tasks.items()} == files
    assert (folder / MODULE).stat().st_size > 50_000


def test_a_task_is_what_our_own_book_shows(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A task has the content of the book's view, so that answers go under the same name; only places are left out."""
    monkeypatch.setenv("COPYDESK_RENDER", "static")
    for name, content in contents(folder).items():
        lesson, task = name.split("/")
        text = json.dumps(copydesk.open(lesson).task(task).content)
        assert content == json.loads(re.sub(r'"start": \d+', '"start": null', text)), name


def test_only_practice_is_exported_and_nothing_of_a_graded_key(folder: Path) -> None:
    """Every task is practice with its key, unless it is a note; nothing of a graded key can be read in any file."""
    shown = contents(folder)
    assert {content["purpose"] for content in shown.values()} == {"practice"}
    for name, content in shown.items():
        (task,) = content["tasks"]
        assert ("key" in task) == (task["group"] != "note"), name
    assert [leak for leak in find_leaks(COURSE, folder) if leak.file.startswith("book/")] == []


def runs_of(words: list[str], length: int) -> set[tuple[str, ...]]:
    """Return all runs of a number of words."""
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def words_of(data: Any) -> list[str]:  # noqa: ANN401
    """Return all words of plain data but ids."""
    if isinstance(data, str):
        return [word.casefold().replace("’", "'") for word in WORD.findall(data)]
    parts = data if isinstance(data, list) else []
    if isinstance(data, dict):
        parts = [part for name, part in data.items() if name != "id"]
    return [word for part in parts for word in words_of(part)]


def test_no_file_has_eight_words_of_the_article_in_a_row(folder: Path) -> None:
    """For a public site no task has more than a short quotation, nor a number that says where one comes from."""
    article = runs_of(words_of(COURSE.seeds.article), 8)
    assert article
    for name, content in contents(folder).items():
        assert article.isdisjoint(runs_of(words_of(content), 8)), name
    for page in folder.glob("*.md"):
        text = page.read_text(encoding="utf-8")
        assert article.isdisjoint(runs_of(words_of(text), 8)), page.name
        assert not re.search(r'"start": \d', text), page.name


def test_all_tasks_together_have_less_than_half_of_the_article(folder: Path) -> None:
    """Of the article's words less than half can be read in runs of five or more, in all tasks together."""
    words = words_of(COURSE.seeds.article)
    shown = set()
    for content in contents(folder).values():
        shown |= runs_of(words_of(content), 5)
    covered = set()
    for at in range(len(words) - 4):
        if tuple(words[at : at + 5]) in shown:
            covered |= set(range(at, at + 5))
    assert 0 < len(covered) < len(words) / 2


def test_a_task_that_quotes_at_length_is_exported_only_when_wanted(tmp_path: Path) -> None:
    """What is left out is named with its reason; with the whole article nothing is left out, and the page says so."""
    short = export_myst(COURSE, tmp_path / "short", ["02"])
    (left_out,) = short.left_out
    assert "P3" in left_out.tasks
    assert left_out.text() in (tmp_path / "short" / "02-attribution.md").read_text(encoding="utf-8")
    whole = export_myst(COURSE, tmp_path / "whole", ["02"], article="full")
    assert whole.left_out == ()
    assert whole.pages == {"02-attribution.md": tuple(COURSE.quizzes["02-attribution"].task_ids)}
    assert set(short.pages["02-attribution.md"]) == set(whole.pages["02-attribution.md"]) - set(left_out.tasks)
    assert "quote the article at length" in (tmp_path / "whole" / "02-attribution.md").read_text(encoding="utf-8")


def test_a_lesson_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A lesson that does not exist stops the export before anything is written, and the message lists those that do."""
    with pytest.raises(LessonNameError, match="02-attribution"):
        export_myst(COURSE, tmp_path / "out", ["02", "no-such-lesson"])
    assert not (tmp_path / "out").exists()


def test_the_command_says_what_is_there_and_what_is_not(tmp_path: Path) -> None:
    """The command names the tasks that it left out, the folder, and a page to begin with."""
    out = tmp_path / "copydesk"
    result = CliRunner().invoke(app, ["export", "myst", "02", "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert "Left out of 02-attribution: P1, " in result.output
    assert f"{len(contents(out))} tasks are in {out}." in result.output
    assert str(out / "02-attribution.md") in result.output
    failed = CliRunner().invoke(app, ["export", "myst", "99", "--out", str(out)])
    assert failed.exit_code == 1
    assert "There's no lesson “99”" in failed.output


def test_a_course_of_quotations_has_nothing_for_a_public_site(tmp_path: Path) -> None:
    """Where no task is left, the command says how to export them all the same."""
    bank = COURSE.quizzes["02-attribution"]
    course = Course(COURSE.root)
    course.quizzes = {bank.lesson: bank.model_copy(update={"tasks": (bank["P1"],)})}
    with pytest.raises(ExchangeError, match="--article full"):
        export_myst(course, tmp_path)
