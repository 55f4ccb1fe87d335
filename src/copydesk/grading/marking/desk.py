"""The marking desk in JupyterLab: one widget over a session, with its view, its messages, and what the marker does."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from copydesk.course.bank_files import SOLUTIONS
from copydesk.course.course import Course
from copydesk.course.current import follow_course
from copydesk.course.settings import find_root
from copydesk.grading.files.problems import GradingError
from copydesk.grading.files.safe_text import one_line, visible_text
from copydesk.grading.marking.folder import MarkingFolder
from copydesk.grading.marking.session import Session
from copydesk.text import language, t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.grading.marking.folder import Role
    from copydesk.grading.marking.session import Progress, Step
    from copydesk.kinds.written.model import Level
    from copydesk.views.marking_shapes import CommentView, ExemplarView, FactView, LevelView, MarkingView, PhaseView

LEVELS: tuple[Level, ...] = (4, 3, 2, 1)
COMMENT_LIMIT = 300
SOURCES = files("copydesk.grading.marking")
LABELS = ("desk", "undo", "asked", "levels", "comments", "facts", "faults", "newComment", "keys", "silent")


NOTHING: PhaseView = {
    "heading": "",
    "go": "",
    "text": "",
    "asked": "",
    "before": "",
    "notes": [],
    "levels": [],
    "comments": [],
    "facts": [],
}


class MarkingDesk(anywidget.AnyWidget):
    """One marker's desk. ``view`` is all that the browser shows; ``act`` is what the marker did with that view."""

    _esm = SOURCES.joinpath("desk.js").read_text(encoding="utf-8")
    _css = SOURCES.joinpath("desk.css").read_text(encoding="utf-8")
    view = traitlets.Dict().tag(sync=True)
    act = traitlets.Dict().tag(sync=True)

    def __init__(self, session: Session) -> None:
        """Show how far the session has got."""
        self._session, self._revision, self._ticked = session, 0, list[str]()
        self._facts: list[str] | None = None
        super().__init__(view=dict(self._make_view(session.progress())))
        self.observe(self._on_act, names="act")

    def __repr__(self) -> str:
        """Return a description of the desk, without anything that changes from run to run."""
        return f"<Copy Desk marking desk: {self._session.folder.lesson}>"

    def _on_act(self, change: dict[str, Any]) -> None:
        """Carry out what the marker did, save it, and only then show what comes next."""
        act, progress, message, problem = change["new"], self._session.progress(), "", ""
        if act.get("revision") == self._revision:
            try:
                progress, message = self._perform(act, progress)
            except GradingError as error:
                problem = t("marking.notSaved", problem=error)
        self._revision += 1
        self.view = dict(self._make_view(progress, message=message, problem=problem))

    def _perform(self, act: dict[str, Any], progress: Progress) -> tuple[Progress, str]:
        """Carry out what the marker did, and return the new progress and a message."""
        session, step = self._session, progress.step
        ticked = [one_line(str(comment), COMMENT_LIMIT) for comment in act.get("comments", ())]
        facts = [fact.id for fact in step.key.facts if fact.id in act.get("facts", ())]
        if act.get("action") == "mark" and act.get("level") in LEVELS and progress.text:
            number, level = progress.text.number, act["level"]
            progress = session.mark(level, ticked, facts)
            self._ticked, self._facts = [], None
            return progress, t("marking.saved", number=number, level=level)
        if act.get("action") == "comment":
            comment = one_line(str(act.get("comment", "")).strip(), COMMENT_LIMIT)
            session.folder.add_comment(step.task.id, step.criterion.id, comment)
            self._ticked, self._facts = [*ticked, comment], facts
            return progress, t("marking.commentKept")
        if act.get("action") == "undo":
            progress = session.undo()
            before = progress.before
            self._ticked = list(before.comments) if before else []
            self._facts = list(before.facts) if before else None
            return progress, t("marking.undone")
        if act.get("action") == "begin":
            return session.begin(), ""
        return progress, ""

    def _make_view(self, progress: Progress, *, message: str = "", problem: str = "") -> MarkingView:
        """Return the view: all data that the browser shows."""
        step = progress.step
        parts = {"mark": self._mark_view, "break": _break_view, "end": self._end_view}
        return {
            "revision": self._revision,
            "language": language(),
            "phase": progress.phase,
            "place": t("marking.place", number=progress.number, of=progress.of, criterion=step.criterion.text),
            "done": progress.done,
            "total": progress.total,
            "progress": t("marking.progress", done=progress.done, total=progress.total),
            "said": message,
            "problem": problem,
            "canUndo": self._session.last() is not None,
            "labels": {name: t(f"marking.{name}") for name in LABELS},
            **parts[progress.phase](progress),
        }

    def _mark_view(self, progress: Progress) -> PhaseView:
        """Return the text to be marked, with the levels and their examples beside it."""
        step, text, before = progress.step, progress.text, progress.before
        if text is None:
            return NOTHING
        return {
            **NOTHING,
            "heading": t("marking.text", number=text.number),
            "text": visible_text(text.text),
            "asked": f"{step.task.prompt}\n\n{step.task.context}".strip(),
            "before": t("marking.before", level=before.level) if before else "",
            "levels": [_level(step, level) for level in LEVELS],
            "comments": list(self._comment_views(step)),
            "facts": list(self._fact_views(step, text.id)),
        }

    def _fact_views(self, step: Step, text: str) -> Iterator[FactView]:
        """Yield the facts of the key; those already found under another criterion are ticked."""
        found = self._session.facts(step.task.id, text) if self._facts is None else self._facts
        for fact in step.key.facts:
            yield {"id": fact.id, "text": fact.text, "isFault": fact.is_fault, "ticked": fact.id in found}

    def _comment_views(self, step: Step) -> Iterator[CommentView]:
        """Yield the comments of a criterion, then the ticked ones that are not stored for it."""
        stored_comments = self._session.folder.comments(step.task.id, step.criterion.id)
        for comment in stored_comments:
            yield {"text": comment, "ticked": comment in self._ticked}
        for comment in self._ticked:
            if comment not in stored_comments:
                yield {"text": comment, "ticked": True}

    def _end_view(self, progress: Progress) -> PhaseView:
        return {
            **NOTHING,
            "heading": t("marking.done", number=progress.of, of=progress.of),
            "notes": [t("marking.end", total=progress.total), t(f"marking.end.{self._session.role}")],
        }


def _break_view(progress: Progress) -> PhaseView:
    number, criterion = progress.number, progress.step.criterion.text
    return {
        **NOTHING,
        "heading": t("marking.done", number=number - 1, of=progress.of),
        "notes": [t("marking.break", total=progress.total)],
        "go": t("marking.go", number=number, of=progress.of, criterion=criterion),
    }


def _level(step: Step, level: Level) -> LevelView:
    """Return a level of a criterion with the exemplars at that level."""
    exemplars = list(_exemplar_views(step, level))
    return {
        "level": level,
        "name": t("marking.level", level=level),
        "text": step.criterion.levels[level],
        "summary": t("marking.exemplars", level=level, count=len(exemplars)),
        "exemplars": exemplars,
    }


def _exemplar_views(step: Step, level: Level) -> Iterator[ExemplarView]:
    """Yield the exemplars at a level of a criterion."""
    for exemplar in step.key.exemplars:
        if exemplar.marks[step.criterion.id] == level:
            yield {"text": exemplar.text, "why": exemplar.why}


def open_desk(lesson: str, marker: str, *, role: Role = "first", marks: Path | str = ".") -> MarkingDesk:
    """Return the desk of a marker for a lesson; ``marks`` is the folder that ``copydesk mark`` filled.

    Raises:
        GradingError: there is nothing to mark, or the marker has another role.
    """
    course = Course(find_root())
    follow_course(course)
    bank = course.bank(SOLUTIONS, lesson)
    return MarkingDesk(Session(MarkingFolder(Path(marks), lesson), bank, marker=marker, role=role))
