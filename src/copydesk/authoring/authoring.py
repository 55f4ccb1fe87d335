"""Answers the authoring page: what is in the course, one entry with its faults, edits, and saving.

A request is ``{"id": number, "do": name, ...}``, its reply ``{"id", "ok": True, ...}``, or ``{"id", "ok": False,
"text"}`` with what is in the way and what to do. Entries are raw, as they are in the files. Cards and sources are files
of entries as tasks are (kinds ``card`` and ``source``), and so are the texts of a page (kind ``text``).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from copydesk.authoring import pages, task_view
from copydesk.authoring.entry_files import EntryFile, EntryFileError
from copydesk.authoring.workspace import LISTS, AuthoringError, Workspace
from copydesk.authoring.yaml_merge import merge, read
from copydesk.course.article import Card, Source
from copydesk.course.bank import EXERCISE, NAME
from copydesk.course.bank_files import QUIZZES, SOLUTIONS
from copydesk.course.course import Course
from copydesk.course.course_file import COURSE_FILE, CourseFacts
from copydesk.course.documents import ContentError, parse_document
from copydesk.kinds.stubs import StubMaterial
from copydesk.kinds.table import KINDS, kind_of
from copydesk.model.base import short_name
from copydesk.model.task import is_unwritten
from copydesk.release.exercises import release
from copydesk.scaffold.open_steps import open_steps
from copydesk.scaffold.yaml_text import entries_text
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from copydesk.course.article import Sentence

CARDS, SOURCES = "seeds/cards.yml", "seeds/sources.yml"
MODELS: dict[str, type[Card | Source]] = {CARDS: Card, SOURCES: Source}
LIST_KINDS = {CARDS: "card", SOURCES: "source"}
POINTS = 2
"""The points of a new graded task."""

FACTS = ("title", "language", "authors", "as_of", "licence", "rights")
"""The facts about the course that can be changed here."""

HEAD = ("title", "keyed_by")


class Authoring:
    """The course at ``root``, being written. ``answer`` is all that the page calls."""

    def __init__(self, root: Path) -> None:
        """Take the course root."""
        self.root = root
        self.work = Workspace(root)
        self._actions: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "course": self._course,
            "course-edit": self._edit_course,
            "file-edit": self._edit_file,
            "task": self._task,
            "edit": self._edit,
            "add": self._add,
            "move": self._move,
            "remove": self._remove,
            "copy": self._copy,
            "undo": self._undo,
            "changes": self._changes,
            "save": self._save,
            "reload": self._reload,
        }

    def answer(self, request: Any) -> dict[str, Any]:  # noqa: ANN401  (whatever a browser sends)
        """Return the reply to a request; it never raises because of what is in a file or in the request."""
        request = request if isinstance(request, dict) else {}
        number, action = request.get("id"), self._actions.get(str(request.get("do")))
        if action is None:
            return {"id": number, "ok": False, "text": t("authoring.no_action", action=repr(request.get("do")))}
        try:
            return {"id": number, "ok": True, **action(request)}
        except (AuthoringError, ContentError, EntryFileError) as error:
            return {"id": number, "ok": False, "text": str(error)}
        except (KeyError, TypeError, ValueError, OSError) as error:
            reason = error.args[0] if isinstance(error, KeyError) and error.args else error
            return {"id": number, "ok": False, "text": t("authoring.failed", reason=reason)}

    # The course, and its files

    def _course(self, _request: Mapping[str, Any]) -> dict[str, Any]:
        """Return the facts, the files with their entries, what they can be made of, and what is still open."""
        course = Course(self.root)
        facts = self._facts()
        sentences = [_sentence(sentence) for sentence in course.seeds.part("sentences")]
        kinds = [{"kind": name, "label": label, "about": about} for name, (label, about) in kind_texts().items()]
        about = {name: facts.get(name) for name in ("id", *FACTS)}
        about["authors"] = about["authors"] or []
        about["as_of"] = str(about["as_of"] or "")
        return {
            "course": about,
            "files": [self._file(name, course) for name in self._files()],
            "sentences": sentences,
            "cards": [{"id": card.id, "title": card.title} for card in self._cards().values()],
            "kinds": kinds,
            "open": [f"{step.what} ({step.place})" for step in open_steps(course)],
            "changed": bool(self.work.changed),
        }

    def _facts(self) -> dict[str, Any]:
        facts = read(self.work.text(COURSE_FILE))
        if not isinstance(facts, dict):
            raise AuthoringError(t("authoring.no_facts", file=COURSE_FILE))
        return facts

    def _files(self) -> list[str]:
        """Return the files with entries: for each lesson its page and tasks, then its exercise; cards and sources."""
        lessons = sorted({path.stem for folder in (QUIZZES, SOLUTIONS) for path in (self.root / folder).glob("*.yml")})
        names = []
        for lesson in lessons:
            names += [f"lessons/{lesson}.ipynb", f"{QUIZZES}/{lesson}.yml"]
            names += [f"solutions/{lesson}.ipynb", f"{SOLUTIONS}/{lesson}.yml"]
        return [name for name in (*names, CARDS, SOURCES) if (self.root / name).is_file()]

    def _file(self, name: str, course: Course) -> dict[str, Any]:
        """Return a file with a line for each of its entries."""
        lesson = "" if name in LISTS else name.rpartition("/")[2].partition(".")[0]
        about: dict[str, Any] = {"file": name, "lesson": lesson, "title": _file_title(name), "purpose": _purpose(name)}
        if name.endswith(".yml") and name not in LISTS:
            head = self._head(name)
            about |= {field: head.get(field, "") for field in ("title", "purpose", "keyed_by")}
        about["tasks"] = [self._line(name, entry, course) for entry in self._raw_entries(name)]
        return about

    def _raw_entries(self, name: str) -> list[dict[str, Any]]:
        if name.endswith(".ipynb"):
            return list(pages.text_entries(self.work.text(name)))
        return [dict(block.data) for block in self.work.entries(name).blocks]

    def _line(self, name: str, raw: Mapping[str, Any], course: Course) -> dict[str, Any]:
        seen = self._look_at(name, raw, course)
        kind = LIST_KINDS.get(name, raw.get("kind", ""))
        title = pages.title_of(dict(raw)) if kind == pages.TEXT else raw.get("title", "")
        entry_id = raw.get(LISTS.get(name, "id"), "")
        return {
            "id": entry_id,
            "kind": kind,
            "title": title if title and not is_unwritten(str(title)) else "",
            "group": raw.get("group", "exercise"),
            "points": raw.get("points", 0),
            "unwritten": unwritten_count(raw),
            "faults": len(seen.faults),
        }

    def _head(self, name: str) -> dict[str, Any]:
        """Return the fields above the tasks of a file."""
        data = read(self.work.text(name))
        return {field: value for field, value in data.items() if field != "tasks"} if isinstance(data, dict) else {}

    def _cards(self) -> dict[str, Card]:
        return task_view.cards_of(Course(self.root))

    def _edit_course(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Change facts about the course; one that is empty is taken out if the course can be without it."""
        facts, fields = self._facts(), dict(request["fields"])
        for name in FACTS:
            if name in fields:
                facts[name] = fields[name]
        for name in ("licence", "authors"):
            if name in fields and not facts[name]:
                del facts[name]
        if isinstance(facts.get("as_of"), str):
            facts["as_of"] = parse_document(f"as_of: {facts['as_of']}\n", COURSE_FILE).data["as_of"]
        CourseFacts.model_validate(facts)
        text = merge(self.work.text(COURSE_FILE), facts)
        self.work.change(t("authoring.did.course"), {COURSE_FILE: text}, merge_key=COURSE_FILE)
        return self._course({})

    def _edit_file(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Change the title of a lesson everywhere it stands, or whose reading the keys of a file are."""
        name, fields = self._known(request["file"]), dict(request["fields"])
        changes: dict[str, str] = {}
        if "keyed_by" in fields:
            changes[name] = self.work.entries(name).put_head({"keyed_by": str(fields["keyed_by"])}).text
        if "title" in fields:
            changes |= self._retitled(name.rpartition("/")[2].removesuffix(".yml"), str(fields["title"]), changes)
        self.work.change(t("authoring.did.file"), changes, merge_key=f"{name} head")
        return self._course({})

    def _retitled(self, lesson: str, title: str, changes: Mapping[str, str]) -> dict[str, str]:
        """Return the files of a lesson with another title: both task files, and the headings of both pages."""
        if not title.strip():
            raise AuthoringError(t("authoring.no_title"))
        result: dict[str, str] = {}
        heading = NAME.join((short_name(lesson), title))
        for folder in (QUIZZES, SOLUTIONS):
            name = f"{folder}/{lesson}.yml"
            if (self.root / name).is_file():
                file = EntryFile.read(changes.get(name, self.work.text(name)), name)
                result[name] = file.put_head({"title": title}).text
        for folder, words in (("lessons", heading), ("solutions", NAME.join((heading, EXERCISE)))):
            name = f"{folder}/{lesson}.ipynb"
            if (self.root / name).is_file():
                result[name] = pages.with_heading(self.work.text(name), words, lesson)
        return result

    # One entry

    def _known(self, name: Any) -> str:  # noqa: ANN401
        """Return the name of a file if it is one of the course's."""
        if name not in self._files():
            raise AuthoringError(t("authoring.no_file", file=repr(name)))
        return str(name)

    def _entry(self, name: str, entry_id: str) -> dict[str, Any]:
        for raw in self._raw_entries(name):
            if raw.get(LISTS.get(name, "id")) == entry_id:
                return raw
        raise AuthoringError(t("entry_files.no_entry", entry=entry_id, entries=name))

    def _task(self, request: Mapping[str, Any]) -> dict[str, Any]:
        name = self._known(request["file"])
        return self._shown(name, self._entry(name, str(request["task"])))

    def _shown(self, name: str, raw: dict[str, Any]) -> dict[str, Any]:
        """Return an entry with the learner's view of it, its faults and what guessing would earn."""
        course = Course(self.root)
        seen = self._look_at(name, raw, course)
        reply: dict[str, Any] = {"entry": raw, "view": None, "faults": [], "guesses": [], "guess_limit": None}
        reply["unwritten"] = unwritten_count(raw)
        line = self._line_of(name, raw)
        reply["faults"] = [{**fault, "line": line(fault["path"])} for fault in seen.faults]
        if seen.entry is not None:
            reply["view"] = task_view.learners_view(seen.entry, self._head(name), course)
            reply["guesses"] = task_view.guesses(seen.entry)
            reply["guess_limit"] = task_view.guess_limit(seen.entry)
        return reply

    def _look_at(self, name: str, raw: Mapping[str, Any], course: Course) -> task_view.TaskView:
        if name.endswith(".ipynb"):
            return task_view.TaskView(None, ())
        if name in MODELS:
            return task_view.TaskView(None, tuple(task_view.model_faults(raw, MODELS[name])))
        return task_view.look_at(raw, course, is_graded=_purpose(name) == "graded")

    def _line_of(self, name: str, raw: Mapping[str, Any]) -> Callable[[list[str | int]], int]:
        """Return what tells the line of a field in the file as it is now; 0 if it has none."""
        if name.endswith(".ipynb"):
            return lambda _path: 0
        document = parse_document(self.work.text(name), name)
        place = self.work.entries(name).place(str(raw.get(LISTS.get(name, "id"))))
        above: tuple[str | int, ...] = (place,) if name in LISTS else ("tasks", place)
        return lambda path: document.line_of((*above, *path))

    def _edit(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Put a whole new entry in place of one; a passage that is a sentence of the article gets its place there."""
        name, entry_id, raw = self._known(request["file"]), str(request["task"]), request["entry"]
        if not isinstance(raw, dict):
            raise AuthoringError(t("authoring.no_entry"))
        old = self._entry(name, entry_id)
        if name.endswith(".ipynb"):
            slug = name.rpartition("/")[2].removesuffix(".ipynb")
            text = pages.with_text(self.work.text(name), entry_id, str(raw.get("text", "")), slug)
        else:
            self._require_new_id(name, raw, entry_id)
            place_passages(raw, Course(self.root).seeds.part("sentences"))
            text = self.work.entries(name).put(entry_id, raw).text
        if raw != old:
            self.work.change(t("authoring.did.edit", entry=entry_id), {name: text}, merge_key=f"{name} {entry_id}")
        return self._shown(name, raw)

    def _require_new_id(self, name: str, raw: Mapping[str, Any], entry_id: str) -> None:
        """Refuse an id that another entry of the file has, and one that is none."""
        new = raw.get(LISTS.get(name, "id"))
        if not isinstance(new, str) or not new:
            raise AuthoringError(t("authoring.no_id"))
        if new != entry_id and new in self.work.entries(name).ids:
            raise AuthoringError(t("authoring.id_taken", entry=new))

    # The list of entries

    def _add(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Add an entry of a kind, with instructions in place of its texts."""
        name, kind, after = self._known(request["file"]), str(request.get("kind", "")), request.get("after")
        file = self._changeable(name)
        raw = self._new_entry(name, kind, file)
        return self._added(name, raw, after, t("authoring.did.add"))

    def _copy(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Add a copy of an entry below it, under an id of its own."""
        name, entry_id = self._known(request["file"]), str(request["task"])
        raw = self._changeable(name).data(entry_id)
        field = LISTS.get(name, "id")
        raw[field] = free_id(raw[field], self.work.entries(name).ids)
        return self._added(name, raw, entry_id, t("authoring.did.copy", entry=entry_id))

    def _added(self, name: str, raw: dict[str, Any], after: Any, what: str) -> dict[str, Any]:  # noqa: ANN401
        file = self._changeable(name)
        place = after if after in file.ids else (file.ids[-1] if file.ids else None)
        indent = 0 if name in LISTS else 2
        text = entries_text([raw], indent=indent).lstrip("\n")
        self.work.change(what, {name: file.add(raw, text, after=place).text})
        return {"task": raw[LISTS.get(name, "id")], **self._course({})}

    def _new_entry(self, name: str, kind: str, file: EntryFile) -> dict[str, Any]:
        if name in MODELS:
            raw = _unwritten_like(name)
            raw[LISTS[name]] = free_id(raw[LISTS[name]], file.ids)
            return raw
        if kind not in KINDS:
            raise AuthoringError(t("authoring.no_kind", kind=kind, kinds=", ".join(KINDS)))
        course = Course(self.root)
        is_graded = _purpose(name) == "graded"
        sentences = tuple(sentence for sentence in course.seeds.part("sentences") if sentence.kind == "body")
        material = StubMaterial(
            sentences=sentences or course.seeds.part("sentences"),
            cards=tuple(self._cards()) or ("K1",),
            language=course.facts.language,
            task_id=free_id("T1" if is_graded else "P1", file.ids),
            points=POINTS if is_graded else 0,
        )
        return kind_of(kind).stub(material)

    def _changeable(self, name: str) -> EntryFile:
        if name.endswith(".ipynb"):
            raise AuthoringError(t("authoring.page_of_notebook", file=name))
        return self.work.entries(name)

    def _move(self, request: Mapping[str, Any]) -> dict[str, Any]:
        name, entry_id = self._known(request["file"]), str(request["task"])
        text = self._changeable(name).move(entry_id, int(request.get("by", 1))).text
        self.work.change(t("authoring.did.move", entry=entry_id), {name: text})
        return self._course({})

    def _remove(self, request: Mapping[str, Any]) -> dict[str, Any]:
        name, entry_id = self._known(request["file"]), str(request["task"])
        file = self._changeable(name)
        if file.ids == [entry_id] and name not in LISTS:
            raise AuthoringError(t("authoring.last_task"))
        self.work.change(t("authoring.did.remove", entry=entry_id), {name: file.remove(entry_id).text})
        return self._course({})

    # Undoing and saving

    def _undo(self, _request: Mapping[str, Any]) -> dict[str, Any]:
        what = self.work.undo()
        return {"text": t("authoring.undone", what=what), **self._course({})}

    def _changes(self, _request: Mapping[str, Any]) -> dict[str, Any]:
        return {"files": self.work.changes()}

    def _save(self, _request: Mapping[str, Any]) -> dict[str, Any]:
        """Write what has changed, and make the exercises of it."""
        saved = self.work.save()
        try:
            released = release(Course(self.root), check=False)
        except ContentError as error:
            return {"saved": saved, "text": t("authoring.saved_only", reason=error)}
        names = ", ".join(path.name for path in released if path.is_relative_to(self.root / "exercises"))
        text = t("authoring.saved_released", files=names) if names else t("authoring.saved")
        return {"saved": saved, "text": text}

    def _reload(self, request: Mapping[str, Any]) -> dict[str, Any]:
        self.work.reload(keep=bool(request.get("keep")))
        return self._course({})


def place_passages(raw: dict[str, Any], sentences: tuple[Sentence, ...]) -> None:
    """Give the passages of a task that are sentences of the article their place in it, and take it from others."""
    by_id = {sentence.id: sentence for sentence in sentences}
    passages = raw.get("passages")
    for passage in passages if isinstance(passages, list) else ():
        if not isinstance(passage, dict):
            continue
        sentence = by_id.get(str(passage.get("id")))
        if sentence is not None and passage.get("text") == sentence.text:
            passage["start"] = sentence.start
        elif sentence is not None and passage.get("start") == sentence.start:
            del passage["start"]


def unwritten_count(data: Any) -> int:  # noqa: ANN401  (plain data)
    """Return how many texts in some data are still to be written."""
    if isinstance(data, dict):
        return int(sum(map(unwritten_count, data.values())))
    if isinstance(data, list):
        return int(sum(map(unwritten_count, data)))
    return int(isinstance(data, str) and is_unwritten(data))


def free_id(name: str, taken: list[str]) -> str:
    """Return a name with the first number that no other has: ``P3`` after ``P2``."""
    letters = name.rstrip("0123456789") or name
    number = 1
    while f"{letters}{number}" in taken:
        number += 1
    return f"{letters}{number}"


def kind_texts() -> dict[str, tuple[str, str]]:
    """Return what each kind of task is called for an author, and what it is for; texts, cards and sources last."""
    names: Iterator[str] = iter((*KINDS, pages.TEXT, *LIST_KINDS.values()))
    return {name: (_kind_label(name), _kind_purpose(name)) for name in names}


def _kind_label(name: str) -> str:
    return t(f"authoring.kind.{name}")


def _kind_purpose(name: str) -> str:
    return t(f"authoring.about.{name}")


def _file_title(name: str) -> str:
    titles = {CARDS: partial(t, "authoring.file.cards"), SOURCES: partial(t, "authoring.file.sources")}
    return titles[name]() if name in titles else t("authoring.file.page")


def _purpose(name: str) -> str:
    """Return what a file is for: practice, graded, a page's texts, or evidence."""
    if name in LISTS:
        return "evidence"
    if name.endswith(".ipynb"):
        return "page"
    return "graded" if name.startswith(SOLUTIONS) else "practice"


def _unwritten_like(name: str) -> dict[str, Any]:
    """Return a new card or source, with instructions in place of its texts."""
    from copydesk.scaffold.banks import cards_text, sources_text  # noqa: PLC0415  (only when one is added)

    (entry,) = read(cards_text() if name == CARDS else sources_text())
    return dict(entry)


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "id": sentence.id,
        "text": sentence.text,
        "start": sentence.start,
        "kind": sentence.kind,
        "paragraph": sentence.paragraph,
    }
