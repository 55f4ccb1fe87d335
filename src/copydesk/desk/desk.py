"""What a notebook imports: open a lesson, show its quiz and tasks, record values, check, submit."""

from __future__ import annotations

import tempfile
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk._version import __version__
from copydesk.answers.file import Answer
from copydesk.answers.store import AnswersError, AnswerStore, current_time, last_submission, submit
from copydesk.course.course import Course
from copydesk.course.current import follow_course
from copydesk.course.documents import ContentError
from copydesk.course.settings import answers_folder, find_root, is_static
from copydesk.desk.confidence import entries_with_confidence, judgement_table, other_lessons
from copydesk.desk.lesson_tasks import LessonTasks
from copydesk.desk.receipt import (
    check_text,
    gap_lines,
    present_receipt,
    submission_reply,
    unanswered_text,
)
from copydesk.desk.recording import RecordingError, read_values
from copydesk.desk.rendered import LiveOutputs, Rendered, TextLine, display
from copydesk.desk.versions import draw_version, shown_version
from copydesk.kinds import scoring
from copydesk.kinds.value.model import ValueResponse, ValueTask
from copydesk.opening import is_opening
from copydesk.text import language, t

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from copydesk.answers.file import AnswerFile
    from copydesk.answers.store import SubmissionReply
    from copydesk.course.bank import Bank, Entry
    from copydesk.figures import Picture
    from copydesk.views.shapes import Content, FinishedLayer
    from copydesk.views.widget import DeskWidget, StaticView


class Desk:
    """One lesson, opened: its quiz, its tasks, the article, and the learner's answer file.

    Make one with ``copydesk.open``. A page built without a kernel (``COPYDESK_RENDER=static``) shows the same
    views as HTML.
    """

    def __init__(self, lesson: str, *, solution: bool = False, answers: str | Path | None = None) -> None:
        """Open a lesson by its slug: number and name, with ``-`` between words.

        With ``solution``, the keys are read too and answers go to a temporary folder, never to a learner's file.

        Raises:
            CourseNotFoundError: there is no course here.
            ContentError: the lesson has neither quiz nor tasks, or one of its files is wrong.
        """
        self.lesson, self.solution = lesson, solution
        self.course = Course(find_root())
        follow_course(self.course)
        self.root, self.seeds = self.course.root, self.course.seeds
        self._tasks = LessonTasks(self.course, lesson, with_keys=solution)
        self.quiz_bank, self.task_bank = self._tasks.quiz, self._tasks.exercise
        if solution:
            scratch = tempfile.TemporaryDirectory(prefix="copydesk-")
            weakref.finalize(self, scratch.cleanup)
            folder = Path(scratch.name) / "answers"
        else:
            folder = Path(answers) if answers is not None else answers_folder()
        bank = self.task_bank or self.quiz_bank
        fingerprint = bank.without_keys().fingerprint() if bank else ""
        self._folder = folder
        self._store = AnswerStore(folder, course=self.course.facts.id, lesson=lesson, bank=fingerprint)
        self._widgets: list[DeskWidget] = []
        self._outputs = LiveOutputs()
        self._last_submission: tuple[Path, AnswerFile] | None = None
        self._layers: list[FinishedLayer] = []

    def __repr__(self) -> str:
        """Return the lesson and the kind of desk."""
        return f"<Copy Desk {self.lesson}{', with keys' if self.solution else ''}>"

    def quiz(self, group: str = "quiz") -> DeskWidget | StaticView:
        """Show all quiz items in a group (``quiz``, ``warm-up`` or ``practice``), one below the other."""
        bank = self._tasks.require_quiz()
        entries = [entry for entry in bank.tasks if entry.task.group == group]
        if not entries:
            raise KeyError(t("desk.no_group", lesson=self.lesson, group=group))
        return self._view(bank, entries, title=t(f"quiz.{group}"))

    def task(self, *task_ids: str, title: str = "") -> DeskWidget | StaticView:
        """Show one task by its id, from the quiz or task file, or several from one file, under a ``title``."""
        bank, first = self._tasks.find(task_ids[0])
        entries = [first]
        for task_id in task_ids[1:]:
            other, entry = self._tasks.find(task_id)
            if other is not bank:
                raise ValueError(t("desk.two_files", tasks=", ".join(task_ids)))
            entries.append(entry)
        return self._view(bank, entries, title=title or first.task.title)

    def tasks(self) -> DeskWidget | StaticView:
        """Show all tasks of the exercise, one below the other."""
        bank = self._tasks.require_exercise()
        return self._view(bank, bank.entries_without_baseline, title=bank.title)

    def worked(self, task_id: str) -> Rendered:
        """Show a practice task together with its key, as a worked example."""
        from copydesk.views.html import worked_html  # noqa: PLC0415  (jinja2 only when something is shown)

        bank, entry = self._tasks.find(task_id)
        if bank.purpose != "practice" and not self.solution:
            raise ValueError(t("desk.graded", task=task_id))
        return Rendered(worked_html(entry, bank.keyed_by), f"<Copy Desk {self.lesson}: {task_id}, worked>")

    def panel(self, task_id: str) -> Picture | Rendered:
        """Show the learner's marks in a practice task against the reference, as strips over the words."""
        from copydesk.desk.panel import render_panel  # noqa: PLC0415  (matplotlib)

        bank, _ = self._tasks.find(task_id)
        return render_panel(bank, self._shown(task_id), self._response(task_id), empty=self.check_text)

    def agreement(self, other: str | Path, task_id: str) -> Rendered:
        """Show how far the learner and another reader agree on the words of a task.

        ``other`` is a partner's answer file, beside the notebook or among the answers, or ``"reference"``.
        """
        from copydesk.desk.agreement import render_agreement  # noqa: PLC0415  (pandas)

        bank, entry = self._tasks.find(task_id)
        return render_agreement(bank, entry, self._store, other)

    def passage(self, *sentence_ids: str) -> Rendered:
        """Show sentences of the article, or of an invented report, by their ids."""
        from copydesk.views.html import passage_html  # noqa: PLC0415

        sentences = [self.seeds.sentence(name) for name in sentence_ids]
        is_invented = not set(self.seeds.invented_sentences).isdisjoint(sentence_ids)
        caption = t("view.invented" if is_invented else "view.article")
        text = "\n".join(f"{sentence.id} {sentence.text}" for sentence in sentences)
        return Rendered(passage_html(sentences, caption=caption), text)

    def cards(self, *card_ids: str) -> Rendered:
        """Show evidence cards by their ids."""
        from copydesk.views.html import cards_html  # noqa: PLC0415

        cards = [self.seeds.card(name) for name in card_ids]
        return Rendered(cards_html(cards), "\n".join(f"{card.title}: {card.says}" for card in cards))

    def read(
        self,
        *,
        layers: Iterable[str] | None = None,
        after: Mapping[str, Iterable[str]] | None = None,
        claims: Sequence[str] = (),
        sentences: Sequence[str] = (),
    ) -> DeskWidget | StaticView:
        """Show the article with layers of marks to switch on, for example ``layers=["attributions", "claims"]``.

        ``after={"attributions": ["P3"]}`` keeps a layer locked until the learner has done the tasks it gives away.
        ``claims`` and ``sentences`` name those to show. Without names, everything that there is is shown.
        """
        from copydesk.views.reading_pane import course_layers, locked_layers, reading_content  # noqa: PLC0415

        bank = self.quiz_bank or self._tasks.require_exercise()
        locks = {}
        for name, task_ids in (after or {}).items():
            locks[name] = [self._tasks.entry(task_id) for task_id in task_ids]
        material = course_layers(self.course, claims=claims, sentences=sentences)
        content = reading_content(bank, material, layers=layers, after=locks)
        self._layers = locked_layers(content)
        return self._show(content)

    def xray(self, *trace_ids: str) -> Rendered:
        """Show traces word by word beside the cleaner copy; without ids, all that have another copy's wording."""
        from copydesk.views.html import sources_by_key  # noqa: PLC0415
        from copydesk.views.xray import wording_pairs, xray_html  # noqa: PLC0415

        pairs = wording_pairs(self.seeds.part("traces"), trace_ids, stretches=self.course.facts.stretches)
        text = "\n".join(f"{pair.trace.id} {pair.sentence}" for pair in pairs)
        return Rendered(xray_html(pairs, sources_by_key(self.seeds)), text)

    def progress(self) -> DeskWidget | StaticView:
        """Show this lesson's tasks: which are done, which are left, and when they were saved."""
        from copydesk.views.content import progress_content  # noqa: PLC0415

        return self._show(progress_content(self._tasks.banks(), title=t("progress.title")))

    def reliability(self, *, course: bool = False) -> DeskWidget | StaticView:
        """Show how sure the learner was against how often they were right, in practice items that ask for confidence.

        With ``course``, include the judgements of all lessons, from the answer files beside this lesson's.
        """
        from copydesk.views.content import reliability_content  # noqa: PLC0415

        bank = self._tasks.require_quiz()
        others = other_lessons(self.course, self._folder, self.lesson) if course else []
        entries, title = entries_with_confidence(bank), t("reliability.title")
        return self._show(reliability_content(bank, entries, others, title=title, is_live=not is_static()))

    def judgements(self, *, course: bool = False) -> pd.DataFrame:
        """Return the learner's judgements: one row per task checked after the learner said how sure they were.

        The columns are ``confidence`` (0.5 to 1) and ``right`` (the reference answer or not), the index ``task``;
        ``copydesk.measures.reliability`` takes it as it is. Only tasks with a key here are included. With ``course``,
        those of the other lessons follow, each prefixed with its lesson: ``LESSON/Q2``.
        """
        others = other_lessons(self.course, self._folder, self.lesson) if course else []
        return judgement_table(self._tasks.banks(), self._store.load().answers, others)

    def finish(self) -> DeskWidget | StaticView:
        """Show, at the end of a lesson, what was found and missed, how sure against how right, and what comes next."""
        from copydesk.views.content import finish_content  # noqa: PLC0415
        from copydesk.views.corrected_copy import lesson_copy  # noqa: PLC0415

        bank = self._tasks.require_quiz()
        copy, exercise = lesson_copy(bank, self.seeds), self.task_bank is not None
        return self._show(finish_content(bank, copy, layers=self._layers, exercise=exercise, is_live=not is_static()))

    def corrected_copy(self) -> DeskWidget | StaticView:
        """Show the article as corrected by the learner in all lessons, with the verdicts as margin notes."""
        from copydesk.desk.corrected_copy import learners_copy  # noqa: PLC0415

        return self._show(learners_copy(self.course, self.lesson, self._folder, is_live=not is_static()))

    def form(self, part: str = "") -> DeskWidget | StaticView:  # noqa: ARG002
        """Show the lesson's baseline form; ``part`` is accepted for notebooks from the first edition."""
        from copydesk.desk.baseline_form import form_content  # noqa: PLC0415

        return self._show(form_content(self.course, self._tasks.require_exercise(), store=self._store))

    def first_guess(self) -> DeskWidget | StaticView:
        """Show again the learner's guess from the start of the course."""
        from copydesk.desk.baseline_form import guess_content  # noqa: PLC0415

        return self._show(guess_content(self.course, self._tasks.require_exercise(), answers=self._folder))

    def own_article(self) -> DeskWidget | StaticView:
        """Show own-article mode, for marking any text, pasted or loaded, with the course's labels and judging it."""
        from copydesk.desk.own_article import own_article_view  # noqa: PLC0415

        return own_article_view(self.course.facts, self._folder)

    def calendar(self) -> DeskWidget | StaticView:
        """Show the dates of the boosters, 7 and 28 days after a day that the learner chooses, as a calendar file."""
        from copydesk.views.content import calendar_content  # noqa: PLC0415

        return self._show(calendar_content(self.course.facts.id, self.lesson, title=t("calendar.heading")))

    def annotations(self, task_id: str) -> dict[str, Any]:
        """Return the words the learner marked in a task as W3C Web Annotations, ready for ``json.dump``."""
        from copydesk.answers.annotations import annotations_of  # noqa: PLC0415

        return annotations_of(self._shown(task_id).task, self._store.load())

    def table(self, name: str) -> pd.DataFrame:
        """Return a layer of the article as a pandas table; ``copydesk.course.seeds.TABLES`` lists the names."""
        return self.seeds.table(name)

    def record(self, task_id: str, *, figure: Any = None, **values: Any) -> None:  # noqa: ANN401
        """Fill in a value task from code: one keyword per field; ``figure`` supplies the title and axis labels.

        A field takes a number, a text or, for a table, a pandas Series, a two-column table or a dictionary.
        What is missing, ``None`` or ``...`` is left as it was, and the cell says so. If the notebook runs because it
        was opened, an existing answer stays: it may be newer than the code.
        """
        version = self._draw(task_id)
        task = self._tasks.entry(task_id).version(version).task
        if not isinstance(task, ValueTask):
            print(t("record.by_hand", task=task_id))  # noqa: T201
            return
        try:
            new = read_values(task, values, figure)
        except RecordingError as error:
            print(error)  # noqa: T201
            return
        if not new:
            print(t("record.nothing", task=task_id))  # noqa: T201
            return
        old = self._response(task_id)
        saved = dict(old.values) if isinstance(old, ValueResponse) else {}
        is_kept = bool(saved) and is_opening()
        if not is_kept:
            self._answer(task_id, ValueResponse(values={**saved, **new}), version)
        labels = ", ".join(field.label for field in task.fields if field.id in new)
        print(t("record.kept" if is_kept else "record.done", task=task_id, fields=labels))  # noqa: T201

    def answer(self, task_id: str, response: Any) -> None:  # noqa: ANN401  (a response model, or its data)
        """Save a response to a task, as the widget would."""
        self._answer(task_id, response, self._draw(task_id))

    def solve(self, task_id: str = "") -> None:
        """Save the reference response to a task, or without a name to each of the exercise, if the keys are here.

        Raises:
            ValueError: the desk was opened without keys.
        """
        entries = [self._shown(task_id)] if task_id else self._tasks.require_exercise().entries_without_baseline
        for entry in entries:
            if not self.solution or entry.key is None:
                raise ValueError(t("desk.no_key", task=entry.task.id))
            self.answer(entry.task.id, scoring.reference_response(entry.task, entry.key))

    def check(self, task_id: str) -> None:
        """Show a task's progress, updated while the kernel runs; with keys, show its points."""
        self._outputs.show(lambda saved: TextLine(self.check_text(task_id, saved)), self._store.load())

    def check_text(self, task_id: str, saved: AnswerFile | None = None) -> str:
        """Return the text of ``check`` for an answer file, or for the answers on disk."""
        return check_text(self._shown(task_id, saved), self._response(task_id, saved), with_points=self.solution)

    def submit(self, alias: str | None = None) -> None:
        """Show the submission view and a receipt.

        With a name, the submission file is written, and the receipt says what in it is not complete. Without one, it is
        written again only if the name is known and nothing is open; otherwise the view asks.
        """
        from copydesk.views.content import submission_content  # noqa: PLC0415

        bank = self._tasks.require_exercise()
        content = submission_content(bank, title=t("submission.title"))
        if is_static():
            display(self._show(content))
            return
        saved = self._store.load()
        if alias or (saved.learner.alias and not gap_lines(bank, saved)):
            self._submit(alias or saved.learner.alias)
        self._last_submission = last_submission(self._store)
        self._outputs.show(lambda answers: present_receipt(bank, answers, self._last_submission), self._store.load())
        display(self._show(content))

    hand_in = submit  # the name in first-edition exercises, of which learners still have copies

    def _shown(self, task_id: str, saved: AnswerFile | None = None) -> Entry:
        """Return a task in the version that the learner was shown, according to an answer file or the one on disk."""
        return shown_version(self._tasks.entry(task_id), saved or self._store.load())

    def _draw(self, task_id: str) -> int | None:
        """Return which version of a task the learner is shown; None if it has no twin."""
        is_drawn = not (self.solution or is_static())
        return draw_version(self._tasks.entry(task_id), self._store.load(), by_chance=is_drawn)

    def _answer(self, task_id: str, response: Any, version: int | None) -> None:  # noqa: ANN401
        """Save a response to a version of a task."""
        old = self._store.load().answers.get(task_id)
        attempts = (old.attempts if old else 0) + 1
        self._save({task_id: Answer(response=response, at=current_time(), attempts=attempts, version=version)})

    def _response(self, task_id: str, saved: AnswerFile | None = None) -> Any:  # noqa: ANN401
        """Return the response to a task in an answer file, or in the one on disk; None if there is none."""
        answer = (saved or self._store.load()).answers.get(task_id)
        return answer.response if answer else None

    def _view(self, bank: Bank, entries: list[Entry], *, title: str) -> DeskWidget | StaticView:
        from copydesk.views.content import bank_content  # noqa: PLC0415

        if self.solution:  # the first version alone, so that the result is the same each time
            entries = [entry.model_copy(update={"twin": None}) for entry in entries]
        return self._show(bank_content(bank, entries, self.course.cards_of(entries), title=title))

    def _show(self, content: Content) -> DeskWidget | StaticView:
        """Return a view of some content: a widget, or static markup on a page without a kernel."""
        from copydesk.views.content import place_token  # noqa: PLC0415
        from copydesk.views.widget import DeskWidget, StaticView  # noqa: PLC0415  (anywidget)

        content["release"], content["language"] = __version__, language()
        content["bank"] = self._store.bank
        if is_static():
            return StaticView(content)
        saved = self._store.load()
        content["place"] = place_token(self._store.path)
        content["notice"], content["alias"] = self._store.notice, saved.learner.alias
        content["orders"] = {name: list(order) for name, order in (saved.orders or {}).items()}
        widget = DeskWidget(content, saved.answers, save=self._save, submit=self._submit)
        self._widgets.append(widget)
        return widget

    def _save(self, answers: Mapping[str, Answer]) -> AnswerFile:
        """Save answers and show what changed in every open view."""
        saved = self._store.save(answers)
        for widget in self._widgets:
            widget.show_entries(saved.answers)
        self._outputs.update(saved)
        return saved

    def _submit(self, alias: str) -> SubmissionReply:
        """Write the submission file; return its receipt, path and content."""
        bank = self._tasks.require_exercise()
        path, content = submit(self._store, bank.task_ids, alias=alias)
        self._last_submission = path, content
        self._outputs.update(self._store.load())
        return submission_reply(bank, content, path)


__all__ = ["AnswersError", "ContentError", "Desk", "unanswered_text"]
