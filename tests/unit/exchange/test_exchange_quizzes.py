"""Quizzes go to learning platforms whole: parsers that are not ours find in them what stands in the course."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import pytest
from platformreaders import QtiItem, letters, read_folder, read_package
from typer.testing import CliRunner

from copydesk.commands.exchange import QuizFormat
from copydesk.commands.main import app
from copydesk.course.course import Course
from copydesk.course.lesson_names import LessonNameError
from copydesk.course.seeds import Seeds
from copydesk.course.settings import find_root
from copydesk.exchange import markup
from copydesk.exchange.moodle import GRADES
from copydesk.exchange.quizzes import FORMATS, export_quizzes, report_name
from copydesk.exchange.writing import ExchangeError
from copydesk.kinds.edit.scoring import repaired_texts
from copydesk.kinds.verdict.model import SUPPORTS
from copydesk.release.leaks import SHORTEST, normalise
from copydesk.text import t

if TYPE_CHECKING:
    from pathlib import Path

    from platformreaders import Read

    from copydesk.course.bank import Bank, Entry

ROOT = find_root()
SEEDS = Seeds(ROOT)
PRACTICE, GRADED = Course(ROOT).quizzes, Course(ROOT).solutions
RUN = ("01-provenance", "02-attribution", "04-framing")
"""Lessons whose items are run; together they have every kind that a platform scores."""
PORTABLE = {"choice", "edit", "sort", "order", "value", "verdict", "written"}


class Export(NamedTuple):
    """A format, the folder of its files, and the questions that were read back from there, by file and title."""

    form: str
    folder: Path
    files: dict[str, dict[str, Read]]

    def questions(self, bank: Bank) -> dict[str, Read]:
        """Return the questions of a bank by title; none where there is no file."""
        return self.files.get(self.name(bank), {})

    def name(self, bank: Bank) -> str:
        """Return the name of the file of a bank."""
        ending = "-graded" if bank.purpose == "graded" else ""
        return f"{bank.lesson}{ending}.{FORMATS[self.form].suffix}"


@pytest.fixture(scope="module", params=FORMATS)
def export(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Export:
    """Return all quizzes and graded tasks in one format."""
    folder = tmp_path_factory.mktemp(request.param)
    export_quizzes(Course(ROOT), folder, request.param, graded=True)
    return Export(request.param, folder, read_folder(folder, request.param))


def portable_entries(bank: Bank) -> list[Entry]:
    """Return the entries that a platform can hold."""
    return [
        entry for entry in bank.tasks if entry.task.kind in PORTABLE and entry.task.group not in {"baseline", "note"}
    ]


def test_every_item_is_read_back_as_it_stands_in_the_course(export: Export) -> None:
    """Stem, cards, options, what each earns, explanations, right answers and points are those of the bank."""
    for bank in (*PRACTICE.values(), *GRADED.values()):
        questions = export.questions(bank)
        for entry in portable_entries(bank):
            of_task = {title: read for title, read in questions.items() if title.startswith(f"{entry.task.id}: ")}
            for number, version in enumerate(entry.versions, 1):
                ending = f" (version {number})" if entry.twin else ""
                reads = [read for title, read in of_task.items() if title.endswith(ending)]
                assert reads, (bank.lesson, entry.task.id)
                _compare_shared(bank, version, reads, export.form)
                COMPARE[entry.task.kind](version, reads, export.form)
        tasks = {title.partition(":")[0] for title in questions}
        assert tasks == {entry.task.id for entry in portable_entries(bank)}


def _compare_shared(bank: Bank, entry: Entry, reads: list[Read], form: str) -> None:
    """Compare what all kinds have."""
    task = entry.task
    cards = [SEEDS.card(name) for name in task.cards]
    parts = [task.prompt, task.context]
    for card in cards:
        parts += [card.title, card.quote, card.says]
    for read in reads:
        assert letters(task.title) in letters(read.title)
        for part in parts:
            assert letters(part) in read.stem
        assert letters(bank.keyed_by) in read.after
        assert read.hints == (tuple(map(letters, task.hints)) if form == "moodle" else ())


def _compare_choice(entry: Entry, reads: list[Read], form: str) -> None:
    (read,) = reads
    task, key = entry.task, entry.key
    weights = [entry.weight for entry in key.options.values()]
    expected = {}
    for option in task.options:
        weight, why = key.options[option.id].weight, letters(key.options[option.id].why)
        if task.multiple:
            weight = {1: 1 / weights.count(1), 0: -1 / max(1, weights.count(0))}.get(weight, 0)
        expected[letters(option.text)] = weight, why
    assert read.multiple == task.multiple
    assert read.options.keys() == expected.keys()
    for text, (weight, why) in expected.items():
        assert read.options[text] == (pytest.approx(weight, abs=1e-6), why), form


def _compare_edit(entry: Entry, reads: list[Read], form: str) -> None:
    (read,) = reads
    for passage in entry.task.passages:
        assert letters(passage.text) in read.stem
    for fault in entry.key.faults:
        for text in (fault.quote, *fault.repairs, fault.why):
            assert letters(text) in read.after, form
    for text in repaired_texts(entry.task, entry.key, {}).values():
        assert letters(text) in read.after


def _compare_verdict(entry: Entry, reads: list[Read], form: str) -> None:
    (read,) = reads
    task, key = entry.task, entry.key
    assert letters(task.claim) in read.stem
    assert read.options == {
        letters(t(f"support.{name}")): (key.support[name].weight, letters(key.support[name].why)) for name in SUPPORTS
    }, form
    for qualification in key.qualifications.values():
        assert letters(qualification.why) in read.after
    for why in key.decisive.values():
        assert letters(why) in read.after


def _compare_sort(entry: Entry, reads: list[Read], form: str) -> None:
    (read,) = reads
    names = {group.id: letters(group.text) for group in entry.task.classes}
    best = best_classes(entry)
    assert read.pairs == {letters(item.text): names[best[item.id]] for item in entry.task.items}, form
    assert read.offered == set(names.values())
    for item in entry.key.items.values():
        assert letters(item.why) in read.after
    for group in entry.task.classes:
        assert letters(group.note) in read.stem


def best_classes(entry: Entry) -> dict[str, str]:
    """Return the class of the reference reading for each item of a sorting task."""
    return {name: max(item.weights, key=item.weights.get) for name, item in entry.key.items.items()}


def _compare_order(entry: Entry, reads: list[Read], form: str) -> None:
    (read,) = reads
    texts = {item.id: letters(item.text) for item in entry.task.items}
    order = []
    places = {}
    for place, group in enumerate(entry.key.ranks, start=1):
        for name in group:
            order.append(texts[name])
            places[texts[name]] = str(place)
    if form == "qti":
        assert read.orders == [order]
    else:
        assert read.pairs == places
    assert letters(entry.task.first) in read.stem
    for name, why in entry.key.why.items():
        assert texts[name] + letters(why) in read.after


def _compare_value(entry: Entry, reads: list[Read], form: str) -> None:
    """A question for each field, and for each row of a table, in order; together they have the task's points."""
    rest = list(reads)
    for field in entry.task.fields:
        key = entry.key.fields[field.id]
        for row in field.rows if field.type == "table" else ("",):
            read = rest.pop(0)
            assert letters(field.label) in read.stem
            assert letters(row) in read.stem
            assert letters(key.why) in read.after
            if field.type in {"number", "table"}:
                value = key.values[row] if row else key.value
                assert read.number == (value, 0.0 if form == "qti" else key.tolerance)
            elif field.type == "date":
                assert read.words == key.value
            else:
                assert letters(key.example) in read.after
    assert not rest
    if form != "gift":
        assert sum(read.points for read in reads) == pytest.approx(entry.task.points or 1, abs=1e-5)


def _compare_written(entry: Entry, reads: list[Read], form: str) -> None:
    (read,) = reads
    for criterion in entry.task.rubric:
        for text in (criterion.text, *criterion.levels.values()):
            assert letters(text) in read.stem
    place = {"moodle": read.for_marker, "qti": read.stem, "gift": ""}[form]
    for exemplar in entry.key.exemplars if place else ():
        assert letters(exemplar.text) in place
        assert letters(exemplar.why) in place


COMPARE = {
    "choice": _compare_choice,
    "edit": _compare_edit,
    "verdict": _compare_verdict,
    "sort": _compare_sort,
    "order": _compare_order,
    "value": _compare_value,
    "written": _compare_written,
}


def test_moodle_takes_every_share(export: Export) -> None:
    """Moodle refuses a question whose shares are not on its list; the right ones make the whole mark everywhere."""
    reads = chain.from_iterable(questions.values() for questions in export.files.values())
    for read in reads:
        if not read.options:
            continue
        shares = [share for share, _ in read.options.values()]
        if export.form == "moodle":
            assert {round(abs(share) * 100, 5) for share in shares} <= set(GRADES)
        right = sum(share for share in shares if share > 0) if read.multiple else max(shares)
        assert right == pytest.approx(1, abs=1e-5)


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> dict[str, QtiItem]:
    """Return the items of three practice quizzes in QTI, by lesson and title."""
    folder = tmp_path_factory.mktemp("items")
    items = {}
    for lesson in RUN:
        export_quizzes(Course(ROOT), folder, "qti", lesson=lesson)
        for title, item in read_package(folder / f"{lesson}.qti.zip").items():
            items[f"{lesson} {title}"] = item
    return items


def item_of(items: dict[str, QtiItem], lesson: str, task: str, version: int = 0) -> QtiItem:
    """Return the one item that was made from a task, or from a version of it."""
    ending = f" (version {version})" if version else ""
    (match,) = (item for name, item in items.items() if name.startswith(f"{lesson} {task}: ") and name.endswith(ending))
    return match


def test_a_platform_pays_for_each_option_and_explains_it(items: dict[str, QtiItem]) -> None:
    """An engine that runs the QTI items gives each single option its weight and shows its explanation, no other."""
    for lesson in RUN:
        for entry in portable_entries(PRACTICE[lesson]):
            if entry.task.kind == "choice" and not entry.task.multiple:
                for number, version in enumerate(entry.versions, 1):
                    item = item_of(items, lesson, entry.task.id, number if entry.twin else 0)
                    for name, key in version.key.options.items():
                        assert item.run(f"id-{name}") == (key.weight, {f"id-{name}", "EXPLAINED"})
                    assert item.run() == (0, {"EXPLAINED"})


def test_a_platform_pays_for_several_options_as_the_course_does(items: dict[str, QtiItem]) -> None:
    """Right ones earn, wrong ones cost, all together earn nothing, and nothing goes below zero."""
    item = item_of(items, "02-attribution", "Q5")
    key = PRACTICE["02-attribution"]["Q5"].key.options
    names: dict[float, list[str]] = {0: [], 0.5: [], 1: []}
    for name, option in key.items():
        names[option.weight].append(f"id-{name}")
    assert item.run(names[1])[0] == 1
    assert item.run([*names[1], *names[0.5]])[0] == 1
    assert item.run([names[1][0]])[0] == pytest.approx(1 / len(names[1]))
    assert item.run([*names[1], *names[0]])[0] == pytest.approx(0)
    assert item.run(names[0])[0] == 0


def test_a_platform_pays_for_sorting_and_ordering(items: dict[str, QtiItem]) -> None:
    """The reference answer earns all, a second class its weight, and either order of an open pair all."""
    sort = item_of(items, "01-provenance", "P3")
    entry = PRACTICE["01-provenance"]["P3"]
    pairs = [(f"id-{name}", f"answer-{place}") for name, place in best_classes(entry).items()]
    assert sort.run(pairs)[0] == pytest.approx(1)
    assert sort.run(pairs[:2])[0] == pytest.approx(2 / len(pairs))
    second_classes = []
    for name, item in entry.key.items.items():
        for place, weight in item.weights.items():
            if 0 < weight < 1:
                second_classes.append((f"id-{name}", f"answer-{place}"))
    assert sort.run(second_classes[:1])[0] == pytest.approx(0.5 / len(pairs))
    order = item_of(items, "01-provenance", "P6")
    for right in (["alert", "a", "ours", "b", "c"], ["alert", "ours", "a", "b", "c"]):
        assert order.run([f"id-{name}" for name in right])[0] == 1
    assert order.run([f"id-{name}" for name in ("a", "alert", "ours", "b", "c")])[0] == 0


def test_a_platform_pays_for_numbers_and_dates(items: dict[str, QtiItem]) -> None:
    """A number counts within its tolerance and not beyond; a date counts when it is that date."""
    number = items["01-provenance P5: From words to dates (2/2)"]
    date = items["01-provenance P5: From words to dates (1/2)"]
    assert [number.run(value)[0] for value in (36.2, 36.3, 36.4, 36.41, 36.19)] == [0.5, 0.5, 0.5, 0, 0]
    assert [date.run(value)[0] for value in ("2022-05", "2022-06")] == [0.5, 0]


def test_keys_of_graded_tasks_go_out_only_when_asked(tmp_path: Path) -> None:
    """Without the option no explanation of a graded task is in any file, and every file is a practice quiz."""
    export_quizzes(Course(ROOT), tmp_path, "gift")
    text = normalise("".join(path.read_text(encoding="utf-8") for path in tmp_path.iterdir()).replace("\\", ""))
    assert not [path.name for path in tmp_path.iterdir() if "graded" in path.name]
    for bank in GRADED.values():
        for entry in portable_entries(bank):
            if entry.task.kind == "verdict":
                for judgement in entry.key.support.values():
                    assert len(judgement.why) <= SHORTEST or normalise(judgement.why) not in text


def test_the_report_names_every_task_that_is_left_out(export: Export) -> None:
    """What no platform holds is said with its reason, task by task, and what is different too."""
    report = (export.folder / report_name(export.form, graded=True)).read_text(encoding="utf-8")
    parts = {part.partition("\n")[0].partition(",")[0]: part for part in report.split("\n## ")}
    for bank in (*PRACTICE.values(), *GRADED.values()):
        for entry in bank.tasks:
            if entry.task.group == "note":
                continue
            line = f"- {entry.task.id}: {markup.plain(entry.task.title)}. Left out: "
            assert (line in parts[export.name(bank)]) == (entry not in portable_entries(bank))
    assert "learners aren’t asked how sure they are" in report
    assert ("its hints are left out" in report) == (export.form != "moodle")
    assert ("steps can’t share a place" in report) == (export.form == "qti")
    assert "the baseline is asked three times and never marked" in report


def test_the_same_quiz_makes_the_same_bytes(export: Export, tmp_path: Path) -> None:
    """Exporting again changes nothing, so that a file can be compared with the one on the platform."""
    export_quizzes(Course(ROOT), tmp_path, export.form, lesson="04-framing")
    name = export.name(PRACTICE["04-framing"])
    assert (tmp_path / name).read_bytes() == (export.folder / name).read_bytes()


def test_an_unknown_lesson_or_format_is_said(tmp_path: Path) -> None:
    """The message lists what there is, and nothing is written."""
    with pytest.raises(LessonNameError, match="00-start"):
        export_quizzes(Course(ROOT), tmp_path / "out", "qti", lesson="99-none")
    with pytest.raises(ExchangeError, match="moodle, gift, qti"):
        export_quizzes(Course(ROOT), tmp_path / "out", "aiken")
    assert not (tmp_path / "out").exists()


def test_the_command_writes_files_and_prints_the_report(tmp_path: Path) -> None:
    """``copydesk export quizzes`` knows every format, writes what it says, and warns of files that hold keys."""
    assert [form.value for form in QuizFormat] == list(FORMATS)
    command = ["export", "quizzes", "gift", "--out", str(tmp_path), "--lesson", "02-attribution"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.stderr
    assert "8 of 11 tasks are included" in result.stdout
    assert "hold the keys" not in result.stdout
    files = {path.name for path in tmp_path.iterdir() if not path.name.startswith(".")}
    assert files == {"02-attribution.gift.txt", "report-gift-02-attribution.md"}
    graded = CliRunner().invoke(app, [*command, "--graded"])
    assert "Keep them away from learners" in graded.stdout
    assert (tmp_path / "02-attribution-graded.gift.txt").is_file()
    unknown = CliRunner().invoke(app, [*command[:-1], "99-none"])
    assert unknown.exit_code == 1
    assert "There's no lesson “99-none”" in unknown.stderr
