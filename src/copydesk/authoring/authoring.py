"""Answers the authoring page: what is in the course, one entry with its faults, edits, and saving.

A request is ``{"id": number, "do": name, ...}``, its reply ``{"id", "ok": True, ...}``, or ``{"id", "ok": False,
"text"}`` with what is in the way and what to do. Entries are raw, as they are in the files. Cards and sources are files
of entries as tasks are (kinds ``card`` and ``source``), and so are the texts of a page (kind ``text``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from copydesk.authoring import pages, task_view
from copydesk.authoring.course_facts import fact_faults, shown_facts, with_facts
from copydesk.authoring.course_files import (
    LIST_KINDS,
    MODELS,
    file_names,
    file_title,
    kind_texts,
    lesson_of,
    purpose_of,
)
from copydesk.authoring.entry_files import EntryFile, EntryFileError
from copydesk.authoring.new_entries import (
    entry_text,
    free_id,
    head_for,
    new_source_or_card,
    new_task,
    unwritten_count,
)
from copydesk.authoring.passages import with_places
from copydesk.authoring.plain_data import as_in_file, as_json, is_plain
from copydesk.authoring.releasing import Releases
from copydesk.authoring.retitling import retitled
from copydesk.authoring.sight import Sight
from copydesk.authoring.three_way import head_of
from copydesk.authoring.workspace import LISTS, AuthoringError, ChangedElsewhereError, Workspace
from copydesk.authoring.yaml_merge import merge, read
from copydesk.course.course import Course
from copydesk.course.course_file import COURSE_FILE
from copydesk.course.current import follow_course
from copydesk.course.documents import ContentError, parse_document
from copydesk.kinds.table import KINDS
from copydesk.model.task import is_unwritten
from copydesk.scaffold.banks import NEED_CARDS
from copydesk.scaffold.lessons import add_lesson
from copydesk.scaffold.names import lesson_slug, plain_title
from copydesk.scaffold.open_steps import CARDS, SENTENCES, SOURCES, note_of
from copydesk.text import t
from copydesk.text.lists import name_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

FACTS = ("title", "authors", "as_of", "licence", "rights")
"""The facts about the course that can be changed here; its id is in answer files, and its text has its language."""

HEAD = ("title", "keyed_by")


class Authoring:
    """The course at ``root``, being written. ``answer`` is all that the page calls."""

    def __init__(self, root: Path) -> None:
        """Take the course root."""
        self.root = root
        follow_course(Course(root))
        self.work = Workspace(root)
        self._seen = Sight(self.work)
        self._releases = Releases()
        self._actions: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "course": self._course,
            "course-edit": self._edit_course,
            "file-edit": self._edit_file,
            "lesson-add": self._add_lesson,
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
            return _refusal(number, t("authoring.no_action", action=repr(request.get("do"))))
        try:
            return {"id": number, "ok": True, **action(request)}
        except ChangedElsewhereError as error:
            return _refusal(number, str(error), can_reload=True)
        except (AuthoringError, ContentError, EntryFileError) as error:
            return _refusal(number, str(error))
        except Exception as error:  # noqa: BLE001  (whatever it is: a page without a reply would wait in vain)
            reason = error.args[0] if isinstance(error, KeyError) and error.args else error
            return _refusal(number, t("authoring.failed", reason=reason))

    # The course, and its files

    def _course(self, _request: Mapping[str, Any]) -> dict[str, Any]:
        """Return the facts, the files with their entries, what they can be made of, and what is still open."""
        facts = self._facts()
        sentences = [sentence.model_dump(exclude={"end"}) for sentence in self._seen.course.seeds.part("sentences")]
        kinds = [{"kind": name, "label": label, "about": about} for name, (label, about) in kind_texts().items()]
        files = [self._file(name) for name in file_names(self.root)]
        return {
            "course": {**shown_facts(facts), "sentences_read": not note_of(self.work.text(SENTENCES))},
            "files": files,
            "sentences": sentences,
            "cards": [{"id": card.id, "title": card.title} for card in self._seen.cards.values()],
            "kinds": kinds,
            "open": [*_problems(files), *self._seen.open_steps],
            "changed": bool(self.work.changed),
        }

    def _facts(self) -> dict[str, Any]:
        facts = read(self.work.text(COURSE_FILE))
        if not isinstance(facts, dict):
            raise AuthoringError(t("authoring.no_facts", file=COURSE_FILE))
        return facts

    def _file(self, name: str) -> dict[str, Any]:
        """Return a file with a line for each of its entries."""
        title, purpose = file_title(name), purpose_of(name)
        about: dict[str, Any] = {"file": name, "lesson": lesson_of(name), "title": title, "purpose": purpose}
        try:
            if name.endswith(".yml") and name not in LISTS:
                head = self._head(name)
                about |= {field: str(head.get(field, "")) for field in HEAD}
            about["tasks"] = [self._line(name, entry) for entry in self._raw_entries(name)]
        except (AuthoringError, EntryFileError) as error:
            about |= {"title": about["title"] or name, "tasks": [], "problem": str(error)}
        return about

    def _raw_entries(self, name: str) -> list[dict[str, Any]]:
        if name.endswith(".ipynb"):
            return list(pages.text_entries(self.work.text(name)))
        return [dict(block.data) for block in self.work.entries(name).blocks]

    def _line(self, name: str, raw: Mapping[str, Any]) -> dict[str, Any]:
        seen = self._seen.look_at(name, raw)
        return {
            "id": raw.get(LISTS.get(name, "id"), ""),
            "kind": LIST_KINDS.get(name, raw.get("kind", "")),
            "title": shown_title(raw),
            "group": raw.get("group", "exercise"),
            "points": raw.get("points", 0),
            "unwritten": unwritten_count(raw),
            "faults": len(seen.faults),
        }

    def _head(self, name: str) -> dict[str, Any]:
        """Return the fields above the tasks of a file."""
        return head_of(self.work.entries(name))

    def _edit_course(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Change facts about the course; the reply says why if they are not taken, because it could not be read."""
        before = self._facts()
        facts = with_facts(before, _fields(request, FACTS))
        faults = fact_faults(facts)
        if not faults and facts != before:
            text = merge(self.work.text(COURSE_FILE), facts)
            self.work.change(t("authoring.did.course"), {COURSE_FILE: text}, merge_key=COURSE_FILE)
        sentences = self.work.text(SENTENCES)
        note = note_of(sentences)
        if note and request["fields"].get("sentences_read") is True:
            self.work.change(t("authoring.did.sentences"), {SENTENCES: sentences.removeprefix(note).lstrip("\n")})
        return {**self._course({}), "faults": faults}

    def _edit_file(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Change the title of a lesson wherever it is, or whose reading the keys of a file are."""
        name, fields = self._known(request["file"]), _fields(request, HEAD)
        changes: dict[str, str] = {}
        if "keyed_by" in fields:
            changes[name] = self.work.entries(name).put_head({"keyed_by": str(fields["keyed_by"])}).text
        if "title" in fields:
            changes |= retitled(self.work, lesson_of(name), str(fields["title"]), changes)
        self.work.change(t("authoring.did.file"), changes, merge_key=f"{name} head")
        return self._course({})

    def _add_lesson(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Write a new lesson at once, after all others: there is nothing of it yet that could be lost."""
        title = plain_title(str(request["title"]))
        if not title:
            raise AuthoringError(t("authoring.no_title"))
        lesson = add_lesson(Course(self.root), lesson_slug(title).partition("-")[2], title=title)
        return {"lesson": lesson, **self._course({})}

    # One entry

    def _known(self, name: Any) -> str:  # noqa: ANN401
        """Return the name of a file if it is one of the course's."""
        if name not in file_names(self.root):
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
        seen = self._seen.look_at(name, raw)
        reply: dict[str, Any] = {"entry": as_json(raw), "view": None, "faults": [], "guesses": [], "guess_limit": None}
        reply |= {"title": shown_title(raw), "unwritten": unwritten_count(raw)}
        line = self._line_of(name, raw)
        reply["faults"] = [{**fault, "line": line(fault["path"])} for fault in seen.faults]
        if seen.entry is not None:
            reply["view"] = task_view.learners_view(seen.entry, self._head(name), self._seen.course)
            reply["guesses"] = task_view.guesses(seen.entry)
            reply["guess_limit"] = task_view.guess_limit(seen.entry)
        return reply

    def _line_of(self, name: str, raw: Mapping[str, Any]) -> Callable[[list[str | int]], int]:
        """Return what tells the line of a field in the file as it is now; 0 if it has none."""
        if name.endswith(".ipynb"):
            return lambda _path: 0
        document = parse_document(self.work.text(name), name)
        place = self.work.entries(name).place(str(raw.get(LISTS.get(name, "id"))))
        above: tuple[str | int, ...] = (place,) if name in LISTS else ("tasks", place)
        return lambda path: document.line_of((*above, *path))

    def _edit(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Put a whole new entry in place of one; a passage that is a part of the article gets its place there."""
        name, entry_id, raw = self._known(request["file"]), str(request["task"]), request["entry"]
        if not isinstance(raw, dict) or not is_plain(raw):
            raise AuthoringError(t("authoring.no_entry"))
        old = self._entry(name, entry_id)
        if name.endswith(".ipynb"):
            text = pages.with_text(self.work.text(name), entry_id, str(raw.get("text", "")), lesson_of(name))
        else:
            self._require_new_id(name, raw, entry_id)
            raw = as_in_file(old, raw)
            if name not in LISTS:
                seeds = self._seen.course.seeds
                raw = with_places(raw, old, seeds.article, seeds.part("sentences"))
            text = self.work.entries(name).put(entry_id, raw).text
        if raw != old:
            self.work.change(t("authoring.did.edit", entry=entry_id), {name: text}, merge_key=f"{name} {entry_id}")
        return self._shown(name, raw)

    def _require_new_id(self, name: str, raw: Mapping[str, Any], entry_id: str) -> None:
        """Refuse an id that is missing, or that another entry of the file has."""
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
        raw = self._new_entry(name, kind, file, after)
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
        if not file.text.strip():
            file = replace(file, head=head_for(name))
        text = entry_text(raw, file, indent=0 if name in LISTS else 2)
        self.work.change(what, {name: file.add(raw, text, after=place).text, **self._with_source(raw, name)})
        return {"task": raw[LISTS.get(name, "id")], **self._course({})}

    def _with_source(self, raw: Mapping[str, Any], name: str) -> dict[str, str]:
        """Return the file of sources with a new one if a new card would have none."""
        sources = self.work.entries(SOURCES)
        if name != CARDS or any(key in sources.ids for key in raw["sources"]):
            return {}
        if not sources.text.strip():
            sources = replace(sources, head=head_for(SOURCES))
        source = new_source_or_card(SOURCES, sources) | {"key": raw["sources"][0]}
        place = sources.ids[-1] if sources.ids else None
        return {SOURCES: sources.add(source, entry_text(source, sources, indent=0), after=place).text}

    def _new_entry(self, name: str, kind: str, file: EntryFile, after: Any) -> dict[str, Any]:  # noqa: ANN401
        if name in MODELS:
            sources = self.work.entries(SOURCES).ids
            return new_source_or_card(name, file, source=sources[-1] if sources else "")
        if kind not in KINDS:
            raise AuthoringError(t("authoring.no_kind", kind=kind, kinds=", ".join(KINDS)))
        cards = tuple(self._seen.cards)
        if kind in NEED_CARDS and not cards:
            raise AuthoringError(t("authoring.no_card"))
        sentences = self._seen.course.seeds.part("sentences")
        graded = purpose_of(name) == "graded"
        return new_task(kind, file, after=after, graded=graded, sentences=sentences, cards=cards)

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
        """Take back the last step; the reply names the entry that is there again, if one is."""
        before = {name: self._ids(name) for name in self.work.changed}
        reply: dict[str, Any] = {"text": t("authoring.undone", what=self.work.undo())}
        for name, ids in before.items():
            for entry_id in self._ids(name):
                if entry_id not in ids:
                    reply |= {"file": name, "task": entry_id}
        return {**reply, **self._course({})}

    def _ids(self, name: str) -> list[str]:
        """Return the ids of a file's entries; none for a file that is not made of entries."""
        return self.work.entries(name).ids if name.endswith(".yml") and name != COURSE_FILE else []

    def _changes(self, _request: Mapping[str, Any]) -> dict[str, Any]:
        return {"files": self.work.changes()}

    def _save(self, _request: Mapping[str, Any]) -> dict[str, Any]:
        """Write what has changed, and make the exercises of it."""
        saved = self.work.save()
        try:
            released = self._releases.release(Course(self.root))
        except Exception as error:  # noqa: BLE001  (whatever it is, the files are saved)
            return {"saved": saved, "text": t("authoring.saved"), "note": t("authoring.saved_only", reason=error)}
        text = t("authoring.saved_released", files=name_list(released)) if released else t("authoring.saved")
        return {"saved": saved, "text": text}

    def _reload(self, request: Mapping[str, Any]) -> dict[str, Any]:
        self.work.reload(keep=bool(request.get("keep")))
        return self._course({})


def _problems(files: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, str]]:
    """Yield the files that can't be read, as things that are open."""
    for file in files:
        if "problem" in file:
            yield {"text": file["problem"], "file": "", "task": ""}


def shown_title(raw: Mapping[str, Any]) -> str:
    """Return what an entry is called in a list; nothing while its title is to be written."""
    title = pages.title_of(dict(raw)) if raw.get("kind") == pages.TEXT else str(raw.get("title") or "")
    return "" if is_unwritten(title) else title


def _refusal(number: Any, text: str, *, can_reload: bool = False) -> dict[str, Any]:  # noqa: ANN401
    """Return the reply to a request that cannot be granted; ``reload`` says whether reading the files again helps."""
    return {"id": number, "ok": False, "text": text, "reload": can_reload}


def _fields(request: Mapping[str, Any], allowed: Iterable[str]) -> dict[str, Any]:
    """Return the fields of a request that may be changed.

    Raises:
        AuthoringError: they are no fields.
    """
    fields = request["fields"]
    if not isinstance(fields, dict) or not is_plain(fields):
        raise AuthoringError(t("authoring.no_entry"))
    return {name: fields[name] for name in allowed if name in fields}
