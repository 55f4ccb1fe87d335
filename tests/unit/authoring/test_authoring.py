"""What the authoring page is told, and what happens to the files of a course when it is used."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.authoring.authoring import Authoring
from copydesk.authoring.plain_data import as_json
from copydesk.course.bank_files import read_bank_file
from copydesk.course.course import Course
from copydesk.kinds.table import KINDS

if TYPE_CHECKING:
    from pathlib import Path

QUIZ, EXERCISE = "lessons/quizzes/01-ferry.yml", "solutions/tasks/01-ferry.yml"
RELEASED = "exercises/tasks/01-ferry.yml"
TAME = settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Page:
    """The browser's side: numbered requests, whose replies are JSON."""

    def __init__(self, root: Path) -> None:
        """Open the page of a course."""
        self.root, self.authoring, self.number = root, Authoring(root), 0

    def ask(self, action: str, **fields: object) -> dict[str, Any]:
        """Send a request and return its reply as a browser has it."""
        self.number += 1
        request = json.loads(json.dumps({"id": self.number, "do": action, **fields}))
        reply: dict[str, Any] = json.loads(json.dumps(self.authoring.answer(request), allow_nan=False))
        assert reply["id"] == self.number
        return reply

    def good(self, action: str, **fields: object) -> dict[str, Any]:
        """Send a request that has to succeed."""
        reply = self.ask(action, **fields)
        assert reply["ok"], reply["text"]
        return reply

    def tasks(self, name: str) -> dict[str, dict[str, Any]]:
        """Return the lines of a file's tasks, by id."""
        for file in self.good("course")["files"]:
            if file["file"] == name:
                return {task["id"]: task for task in file["tasks"]}
        raise AssertionError(name)

    def write(self, name: str, task: str, **fields: object) -> dict[str, Any]:
        """Change fields of a task."""
        entry = self.good("task", file=name, task=task)["entry"]
        return self.good("edit", file=name, task=task, entry={**entry, **fields})


@pytest.fixture
def page(new_course: Path) -> Page:
    """Return the page of the new course."""
    return Page(new_course)


def snapshot(root: Path) -> dict[str, bytes]:
    """Return all files of a course."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def written(data: Any) -> Any:  # noqa: ANN401  (plain data)
    """Return data in which each unwritten text says something."""
    if isinstance(data, dict):
        return {name: written(part) for name, part in data.items()}
    if isinstance(data, list):
        return [written(part) for part in data]
    return data.replace("TO BE WRITTEN", "Sample") if isinstance(data, str) else data


def test_opening_everything_changes_nothing(first_course: Path) -> None:
    """Each entry of the first course, sent back as the page got it, leaves all files byte for byte."""
    page, before = Page(first_course), snapshot(first_course)
    for file in page.good("course")["files"]:
        for task in file["tasks"][:1]:
            entry = page.good("task", file=file["file"], task=task["id"])["entry"]
            page.good("edit", file=file["file"], task=task["id"], entry=entry)
    assert page.good("changes")["files"] == []
    assert page.good("save")["saved"] == []
    assert snapshot(first_course) == before


def test_one_text_of_the_first_course_is_saved_alone(first_course: Path) -> None:
    """A new question is shown as changed lines, saved in its file, and released to learners; comments stay."""
    name = "solutions/tasks/02-attribution.yml"
    page, before = Page(first_course), snapshot(first_course)
    task = next(iter(page.tasks(name)))
    page.write(name, task, prompt="Who says it, how, and what do they say?")
    rows = page.good("changes")["files"][0]["rows"]
    added = [row["text"].strip() for row in rows if row["sign"] == "+"]
    assert added == ["Who says it, how, and what do they say?"], "the block stays a block"
    assert {row["sign"] for row in rows} == {" ", "+", "-"}
    assert snapshot(first_course) == before, "nothing is written before it is saved"
    reply = page.good("save")
    changed = {path for path, content in snapshot(first_course).items() if before.get(path) != content}
    kept = {path for path in changed if path.startswith("solutions/banks/02-attribution/")}
    assert changed - kept == {name, "exercises/tasks/02-attribution.yml"}
    assert "exercises/tasks/02-attribution.yml" in reply["text"]
    comments = [line for line in before[name].decode().splitlines() if line.lstrip().startswith("#")]
    assert comments
    assert [
        line for line in (first_course / name).read_text("utf-8").splitlines() if line.lstrip()[:1] == "#"
    ] == comments


def test_windows_line_ends_and_the_mark_stay(page: Page) -> None:
    """A file from Notepad keeps its line ends and its byte order mark."""
    path = page.root / QUIZ
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    page = Page(page.root)
    page.write(QUIZ, "P2", title="Another title")
    page.good("save")
    after = path.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf")
    assert after.count(b"\n") == after.count(b"\r\n")
    same = set(before.split(b"\r\n")) & set(after.split(b"\r\n"))
    assert len(set(before.split(b"\r\n")) - same) <= 3


def test_what_is_open_in_a_new_course(page: Page) -> None:
    """A new course shows its files, its sentences, each kind with its purpose, and what is still open."""
    course = page.good("course")
    assert {"01-ferry"} == {file["lesson"] for file in course["files"] if file["lesson"]}
    assert course["course"]["rights"]["publish"] == "quotes"
    assert {kind["kind"] for kind in course["kinds"]} >= set(KINDS)
    assert all(kind["label"] and kind["about"] for kind in course["kinds"])
    assert course["sentences"][0]["text"] == "Night ferry ran aground, harbour office says"
    files = {file["file"]: [task["id"] for task in file["tasks"]] for file in course["files"]}
    steps = [step for step in course["open"] if step["task"]]
    assert steps
    assert all(step["task"] in files[step["file"]] for step in steps)  # each leads to where it can be done
    assert not course["changed"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [QUIZ, EXERCISE])
def test_a_task_of_each_kind_can_be_added_and_written(page: Page, kind: str, name: str) -> None:
    """A new task of any kind is shown as learners see it, can be written, and the saved file is one."""
    first = next(iter(page.tasks(name)))
    reply = page.good("add", file=name, kind=kind, after=first)
    assert list(page.tasks(name))[1] == reply["task"]
    shown = page.good("task", file=name, task=reply["task"])
    assert shown["faults"] == []
    assert shown["unwritten"] > 0
    assert shown["view"]["tasks"][0]["kind"] == kind
    shown = page.write(name, reply["task"], **written(shown["entry"]))
    assert shown["view"] is not None
    page.good("save")
    bank = read_bank_file(page.root / name, name).bank
    assert bank.task_ids[1] == reply["task"]


def test_a_fault_stands_at_its_field(page: Page) -> None:
    """A wrong weight is said at its field, with its line in the file and a remedy, and the view waits."""
    entry = page.good("task", file=QUIZ, task="P1")["entry"]
    name = next(iter(entry["key"]["options"]))
    entry["key"]["options"][name]["weight"] = 7
    reply = page.good("edit", file=QUIZ, task="P1", entry=entry)
    assert reply["view"] is None
    fault = reply["faults"][0]
    assert fault["path"] == ["key", "options", name, "weight"]
    assert fault["text"]
    assert fault["remedy"]
    page.good("save")
    assert (page.root / QUIZ).read_text("utf-8").splitlines()[fault["line"] - 1].strip() == "weight: 7"


def test_faults_are_those_of_the_check(page: Page) -> None:
    """An option that repeats another is faulted in the words of `copydesk check`; guesses have their share."""
    entry = written(page.good("task", file=QUIZ, task="P1")["entry"])
    entry["options"][1]["text"] = entry["options"][0]["text"]
    reply = page.good("edit", file=QUIZ, task="P1", entry=entry)
    assert any("repeats" in fault["text"] for fault in reply["faults"])
    assert reply["guesses"]
    assert all(0 <= guess["share"] <= 1 for guess in reply["guesses"])


def test_a_sentence_as_a_passage_gets_its_place(page: Page) -> None:
    """A passage with the words of a sentence gets its place in the article; words of one's own have none."""
    task = page.good("add", file=QUIZ, kind="spans", after=None)["task"]
    entry = page.good("task", file=QUIZ, task=task)["entry"]
    sentence = page.good("course")["sentences"][3]
    passage = entry["passages"][0]
    entry["passages"] = [{"id": sentence["id"], "text": sentence["text"]}]
    shown = page.good("edit", file=QUIZ, task=task, entry=entry)["entry"]
    assert list(shown["passages"][0].items()) == [
        ("id", sentence["id"]),
        ("start", sentence["start"]),
        ("text", sentence["text"]),
    ]
    entry["passages"] = [{"id": "own", "start": passage["start"], "text": "Words of my own."}]
    assert "start" not in page.good("edit", file=QUIZ, task=task, entry=entry)["entry"]["passages"][0]


def test_tasks_are_moved_copied_removed_and_come_back(page: Page) -> None:
    """The order of a file follows the page; undoing puts back what was removed; the file is as it was."""
    before = (page.root / QUIZ).read_bytes()
    names = list(page.tasks(QUIZ))
    page.good("move", file=QUIZ, task=names[0], by=1)
    assert list(page.tasks(QUIZ))[:2] == [names[1], names[0]]
    copied = page.good("copy", file=QUIZ, task=names[0])["task"]
    assert copied not in names
    page.good("remove", file=QUIZ, task=names[2])
    assert names[2] not in page.tasks(QUIZ)
    undone = page.good("undo")
    assert undone["text"]
    assert (undone["file"], undone["task"]) == (QUIZ, names[2])
    assert names[2] in page.tasks(QUIZ)
    page.good("undo")
    page.good("undo")
    assert list(page.tasks(QUIZ)) == names
    page.good("save")
    assert (page.root / QUIZ).read_bytes() == before
    assert not page.ask("undo")["ok"]


def test_a_file_that_was_changed_elsewhere_is_not_written_over(page: Page) -> None:
    """Saving is refused and says which file; reloading with one's own changes keeps both."""
    page.write(QUIZ, "P1", title="Mine")
    page.write(QUIZ, "P3", title="Both, mine")
    page.good("file-edit", file=QUIZ, fields={"keyed_by": "me"})
    other = Page(page.root)
    other.write(QUIZ, "P2", title="Theirs")
    other.write(QUIZ, "P3", title="Both, theirs")
    added = other.good("add", file=QUIZ, kind="choice", after="P1")["task"]
    other.good("save")
    theirs = (page.root / QUIZ).read_bytes()
    reply = page.ask("save")
    assert not reply["ok"]
    assert reply["reload"]
    assert QUIZ in reply["text"]
    assert (page.root / QUIZ).read_bytes() == theirs
    page.good("reload", keep=True)
    titles = {name: task["title"] for name, task in page.tasks(QUIZ).items()}
    assert titles["P1"] == "Mine"
    assert titles["P2"] == "Theirs"
    assert titles["P3"] == "Both, mine"
    assert list(titles).index(added) == list(titles).index("P1") + 1
    page.good("save")
    assert read_bank_file(page.root / QUIZ, QUIZ).bank.keyed_by == "me"


def test_what_one_removed_and_the_other_changed_stays(page: Page) -> None:
    """Nothing is lost: a task that someone changed meanwhile is not removed, and one that they removed comes back."""
    page.good("remove", file=QUIZ, task="P2")
    page.good("remove", file=QUIZ, task="P4")
    page.write(QUIZ, "P3", title="Mine")
    other = Page(page.root)
    other.write(QUIZ, "P2", title="Theirs")
    other.good("remove", file=QUIZ, task="P3")
    other.good("save")
    page.good("reload", keep=True)
    tasks = page.tasks(QUIZ)
    assert tasks["P2"]["title"] == "Theirs"
    assert tasks["P3"]["title"] == "Mine"
    assert "P4" not in tasks


def test_tasks_that_both_added_are_both_there(page: Page) -> None:
    """Two new tasks get the same next id; after a reload there are two of them, and nothing of either is lost."""
    other = Page(page.root)
    mine = page.good("add", file=QUIZ, kind="choice", after="P1")["task"]
    page.write(QUIZ, mine, title="Mine")
    theirs = other.good("add", file=QUIZ, kind="sort", after="P2")["task"]
    assert mine == theirs
    other.write(QUIZ, theirs, title="Theirs")
    other.good("save")
    page.good("reload", keep=True)
    page.good("save")
    titles = [task.title for task in (entry.task for entry in read_bank_file(page.root / QUIZ, QUIZ).bank.tasks)]
    assert {"Mine", "Theirs"} <= set(titles)


def test_facts_and_page_texts_are_merged_too(page: Page) -> None:
    """Both sides' changes to the facts of the course and to a page stay."""
    lesson = "lessons/01-ferry.ipynb"
    first, second, *_ = page.tasks(lesson)
    page.good("course-edit", fields={"title": "My course"})
    page.good("edit", file=lesson, task=first, entry={"id": first, "kind": "text", "text": "# My heading"})
    other = Page(page.root)
    other.good("course-edit", fields={"rights": {"statement": "Written for this test; nobody else's."}})
    other.good("edit", file=lesson, task=second, entry={"id": second, "kind": "text", "text": "Their text."})
    other.good("save")
    assert not page.ask("save")["ok"]
    page.good("reload", keep=True)
    page.good("save")
    facts = Course(page.root).facts
    assert facts.title == "My course"
    assert facts.rights.statement == "Written for this test; nobody else's."
    texts = {name: page.good("task", file=lesson, task=name)["entry"]["text"] for name in (first, second)}
    assert texts == {first: "# My heading", second: "Their text."}


def test_changes_can_be_dropped(page: Page) -> None:
    """Reloading without one's own changes shows the files as they are."""
    page.write(QUIZ, "P1", title="Mine")
    page.good("reload", keep=False)
    assert not page.good("course")["changed"]
    assert page.tasks(QUIZ)["P1"]["title"] != "Mine"


def test_a_broken_file_stops_only_itself(page: Page) -> None:
    """A file that is no YAML is named with what to do; all others can be written."""
    (page.root / QUIZ).write_text("tasks:\n  - id: [\n", encoding="utf-8")
    page = Page(page.root)
    files = {file["file"]: file for file in page.good("course")["files"]}
    assert QUIZ in files[QUIZ]["problem"]
    page.write(EXERCISE, "T2", title="Still possible")
    assert EXERCISE in page.good("save")["saved"]


def test_a_file_that_the_system_refuses_is_named(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk loses nothing: the file is as it was, the page still has the change, and saving later works."""
    page.write(QUIZ, "P1", title="Mine")
    before = (page.root / QUIZ).read_bytes()

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr("copydesk.authoring.workspace.replace_file", refuse)
        reply = page.ask("save")
    assert not reply["ok"]
    assert not reply["reload"]
    assert "No space left" in reply["text"]
    assert (page.root / QUIZ).read_bytes() == before
    assert page.good("save")["saved"] == [QUIZ]


def test_learners_get_what_was_saved_and_a_first_key_is_a_draft(page: Page) -> None:
    """The exercise follows each save, without keys; a key that is corrected in the same sitting is the only one."""
    page.write(EXERCISE, "T2", **written(page.good("task", file=EXERCISE, task="T2")["entry"]))
    page.good("save")
    assert "weight" not in (page.root / RELEASED).read_text("utf-8")
    entry = page.good("task", file=EXERCISE, task="T2")["entry"]
    for option in entry["key"]["options"].values():
        option["weight"] = 1 - option["weight"]
    page.good("edit", file=EXERCISE, task="T2", entry=entry)
    page.good("save")
    course = Course(page.root)
    bank = course.solutions["01-ferry"]
    kept = [one for one in course.kept_solutions if one.fingerprint() == bank.fingerprint()]
    assert [one["T2"].key for one in kept] == [bank["T2"].key]


def test_questions_that_were_never_wholly_written_are_not_kept(page: Page) -> None:
    """However often an unfinished exercise is saved, one version of it is kept; a finished one stays for grading."""
    banks = page.root / "solutions/banks/01-ferry"
    before = set(banks.iterdir())
    for title in ("One", "Two", "Three"):
        page.write(EXERCISE, "T2", title=title)
        page.good("save")
    (draft,) = set(banks.iterdir()) - before
    for task in page.tasks(EXERCISE):
        page.write(EXERCISE, task, **written(page.good("task", file=EXERCISE, task=task)["entry"]))
    page.good("save")
    assert not draft.exists()
    (finished,) = set(banks.iterdir()) - before
    page.write(EXERCISE, "T2", title="Four")
    page.good("save")
    assert finished.exists()


def test_a_new_lesson_has_its_page_its_exercise_and_both_notebooks(page: Page) -> None:
    """A lesson comes after all others, its exercise is there for learners, and nothing else changes."""
    before = snapshot(page.root)
    reply = page.good("lesson-add", title="What's missing?")
    assert reply["lesson"] == "02-whats-missing"
    after = snapshot(page.root)
    assert before.items() <= after.items()
    lesson = "02-whats-missing"
    notebooks = {f"{folder}/{lesson}.ipynb" for folder in ("lessons", "solutions", "exercises")}
    tasks = {f"{folder}/{lesson}.yml" for folder in ("lessons/quizzes", "solutions/tasks", "exercises/tasks")}
    assert notebooks | tasks <= after.keys()
    assert Course(page.root).quizzes[lesson].title == "What's missing?"
    assert [file for file in reply["files"] if file["lesson"] == lesson]
    assert not page.ask("lesson-add", title="  ")["ok"]
    assert not page.ask("lesson-add")["ok"]
    assert snapshot(page.root) == after


def test_a_release_that_fails_says_what_and_where(page: Page) -> None:
    """Work that is not finished can be saved; why there is no new exercise is said with file and line."""
    entry = page.good("task", file=EXERCISE, task="T2")["entry"]
    entry["options"] = []
    page.good("edit", file=EXERCISE, task="T2", entry=entry)
    reply = page.good("save")
    assert reply["saved"] == [EXERCISE]
    assert f"{EXERCISE}, line" in reply["note"]


def test_facts_of_the_course_keep_their_comments(page: Page) -> None:
    """Title, authors and rights are written among the comments; what the file could not be read with is not taken."""
    path = page.root / "seeds/course.yml"
    before = path.read_text("utf-8")
    shown = page.good("course")["course"]
    page.good("course-edit", fields={name: shown[name] for name in ("title", "authors", "rights", "as_of")})
    assert page.good("changes")["files"] == []
    reply = page.good("course-edit", fields={"rights": {"statement": "", "publish": "quotes"}})
    assert reply["faults"][0]["path"] == ["rights", "statement"]
    rights = {"statement": "Ours: invented for a test.", "publish": "whole"}
    page.good("course-edit", fields={"title": "Ferry: what's true?", "authors": ["Ida Marl"], "rights": rights})
    page.good("save")
    facts = Course(page.root).facts
    assert (facts.title, facts.authors, facts.rights.publish) == ("Ferry: what's true?", ("Ida Marl",), "whole")
    comments = [line for line in before.splitlines() if line.startswith("#")]
    assert [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")] == comments


def test_a_card_with_its_source_can_be_written_before_saving(page: Page) -> None:
    """A new card brings a source, and a verdict can show it at once; without any card the page says what to do."""
    for name in ("seeds/cards.yml", "seeds/sources.yml"):
        (page.root / name).unlink()
    page = Page(page.root)
    assert not page.ask("add", file=QUIZ, kind="verdict", after=None)["ok"]
    card = page.good("add", file="seeds/cards.yml", kind="card", after=None)["task"]
    (source,) = page.tasks("seeds/sources.yml")
    entry = written(page.good("task", file="seeds/cards.yml", task=card)["entry"])
    page.good("edit", file="seeds/cards.yml", task=card, entry={**entry, "title": "Port Ennis Mercury, 4 October"})
    assert entry["sources"] == [source]
    task = page.good("add", file=QUIZ, kind="verdict", after=None)["task"]
    shown = page.good("task", file=QUIZ, task=task)
    assert shown["view"]["tasks"][0]["cards"][0]["title"] == "Port Ennis Mercury, 4 October"
    page.good("save")
    assert Course(page.root).seeds.card(card).title == "Port Ennis Mercury, 4 October"


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("task", {"file": "../../etc/passwd", "task": "P1"}),
        ("task", {"file": "seeds/article.txt", "task": "P1"}),
        ("edit", {"file": "pyproject.toml", "task": "P1", "entry": {"id": "P1"}}),
        ("edit", {"file": QUIZ, "task": "P1", "entry": {"id": "P2"}}),
        ("edit", {"file": QUIZ, "task": "P1", "entry": {"kind": "choice"}}),
        ("edit", {"file": QUIZ, "task": "P1", "entry": ["P1"]}),
        ("edit", {"file": QUIZ, "task": "none", "entry": {"id": "P1"}}),
        ("add", {"file": QUIZ, "kind": "os.system"}),
        ("course-edit", {"fields": "all"}),
        ("move", {"file": QUIZ, "task": "P1", "by": "far"}),
        ("start", {}),
    ],
)
def test_what_cannot_be_done_is_said(page: Page, action: str, fields: dict[str, Any]) -> None:
    """A request for a file that is none of the course's, or of the wrong shape, gets a reason and changes nothing."""
    before = snapshot(page.root)
    reply = page.ask(action, **fields)
    assert not reply["ok"]
    assert reply["text"].endswith(".")
    assert not page.good("course")["changed"]
    assert snapshot(page.root) == before


SOMETHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=12), st.sampled_from(["P1", "choice", QUIZ])),
    lambda part: st.one_of(st.lists(part, max_size=3), st.dictionaries(st.text(max_size=8), part, max_size=3)),
    max_leaves=8,
)
FIELD_NAMES = st.sampled_from(["options", "key", "title", "passages", "cards", "twin", "kind", "points", "reasons"])


@TAME
@given(name=FIELD_NAMES, value=SOMETHING)
def test_whatever_a_field_holds_there_is_a_reply(page: Page, name: str, value: object) -> None:
    """An entry with anything in a field is answered, with faults or a reason, and never loses the others."""
    page.authoring.answer({"id": 0, "do": "reload", "keep": False})
    entry = page.good("task", file=QUIZ, task="P1")["entry"]
    reply = page.ask("edit", file=QUIZ, task="P1", entry={**entry, name: value})
    assert reply["ok"] or reply["text"]
    if reply["ok"]:
        assert reply["entry"][name] == as_json(value)
        course = page.good("course")
        assert len([task for file in course["files"] if file["file"] == QUIZ for task in file["tasks"]]) >= 2


@TAME
@given(request=SOMETHING)
def test_whatever_is_asked_there_is_a_reply(page: Page, request: object) -> None:
    """No request, whatever it is, leaves the page without a reply."""
    for action in ("course", "task", "edit", "add", "move", "remove", "copy", "file-edit", "course-edit"):
        full = {
            "do": action,
            "file": QUIZ,
            "task": "P1",
            "entry": request,
            "fields": request,
            "by": request,
            "kind": request,
        }
        reply = page.authoring.answer({**full, "id": 1} if action != "course" else request)
        assert isinstance(reply["ok"], bool)
        page.authoring.answer({"do": "reload"})
