"""What a notebook imports: open a lesson, show its quiz and tasks, record values, check, submit."""

from __future__ import annotations

import hashlib
import tempfile
import weakref
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk._version import __version__
from copydesk.answers.file import Answer
from copydesk.answers.store import AnswersError, AnswerStore, last_submission, now, submit
from copydesk.course.bank_files import EXERCISES, QUIZZES, SOLUTIONS
from copydesk.course.course import Course
from copydesk.course.documents import ContentError
from copydesk.course.settings import answers_folder, find_root, is_static
from copydesk.desk.confidence import Practised, as_table, asking, judged, other_lessons
from copydesk.desk.receipt import check_text, gap_lines, present_receipt, submission_reply, unanswered_text
from copydesk.desk.recording import RecordingError, from_figure, read_value
from copydesk.desk.rendered import Followed, Said, Shown, display
from copydesk.kinds import scoring
from copydesk.kinds.spans.model import SpansKey
from copydesk.kinds.spans.strips import strips
from copydesk.kinds.value.model import ValueResponse, ValueTask
from copydesk.opening import is_opening
from copydesk.text import language, t

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from copydesk.answers.baseline import Part
    from copydesk.answers.file import AnswerFile
    from copydesk.answers.store import SubmissionReply
    from copydesk.course.bank import Bank, Entry
    from copydesk.figures import Picture
    from copydesk.views.shapes import Content
    from copydesk.views.widget import DeskWidget, StaticView


class Desk:
    """One lesson, opened: its quiz, its tasks, the article, and the learner's answer file.

    Make it with ``copydesk.open``. A page built without a kernel (``COPYDESK_RENDER=static``) shows the same
    views as HTML.
    """

    def __init__(self, lesson: str, *, solution: bool = False, answers: str | Path | None = None) -> None:
        """Open a lesson by its slug: number and name, with ``-`` between words.

        With ``solution`` the keys are read too and answers go to a temporary folder, never to a learner's file.

        Raises:
            CourseNotFoundError: there is no course here.
            ContentError: the lesson has neither quiz nor tasks, or one of its files is wrong.
        """
        self.lesson, self.solution = lesson, solution
        self.course = Course(find_root())
        self.root, self.seeds = self.course.root, self.course.seeds
        self.quiz_bank = self._read_bank(QUIZZES)
        self.task_bank = self._read_bank(SOLUTIONS if solution else EXERCISES)
        if self.quiz_bank is None and self.task_bank is None:
            self.course.bank(EXERCISES, lesson)
        if solution:
            scratch = tempfile.TemporaryDirectory(prefix="copydesk-")
            weakref.finalize(self, scratch.cleanup)
            folder = Path(scratch.name) / "answers"
        else:
            folder = Path(answers) if answers is not None else answers_folder()
        bank = self.task_bank or self.quiz_bank
        fingerprint = bank.without_keys().fingerprint() if bank else ""
        self._store = AnswerStore(folder, course=self.course.facts.id, lesson=lesson, bank=fingerprint)
        self._widgets: list[DeskWidget] = []
        self._outputs = Followed()
        self._last_submission: tuple[Path, AnswerFile] | None = None

    def __repr__(self) -> str:
        """Return lesson and kind of desk."""
        return f"<Copy Desk {self.lesson}{', with keys' if self.solution else ''}>"

    # -- views ---------------------------------------------------------------------------------------------------

    def quiz(self, group: str = "quiz") -> DeskWidget | StaticView:
        """Show all quiz items of a group (``quiz``, ``warm-up`` or ``practice``), one below the other."""
        bank = self._need(self.quiz_bank, QUIZZES)
        entries = [entry for entry in bank.tasks if entry.task.group == group]
        if not entries:
            msg = f"the quiz of {self.lesson} has no items in the group {group!r}"
            raise KeyError(msg)
        return self._view(bank, entries, title=t(f"quiz.{group}"))

    def task(self, *task_ids: str, title: str = "") -> DeskWidget | StaticView:
        """Show one task by its id, from the quiz file or the task file; or several of one file, under a ``title``."""
        found = [self._find(task_id) for task_id in task_ids]
        bank, first = found[0]
        entries = [entry for its_bank, entry in found if its_bank is bank]
        if len(entries) < len(found):
            msg = f"the tasks {', '.join(task_ids)} stand in two files; show those of one file together"
            raise ValueError(msg)
        return self._view(bank, entries, title=title or first.task.title)

    def worked(self, task_id: str) -> Shown:
        """Show a practice task together with its key, as a worked example."""
        from copydesk.views.html import worked_html  # noqa: PLC0415  (jinja2 only when something is shown)

        bank, entry = self._find(task_id)
        if bank.purpose != "practice" and not self.solution:
            msg = f"task {task_id} is graded; only practice tasks are shown with their key"
            raise ValueError(msg)
        return Shown(worked_html(entry, bank.keyed_by), f"<Copy Desk {self.lesson}: {task_id}, worked>")

    def panel(self, task_id: str) -> Picture | Shown:
        """Show the learner's own marks in a practice task against the reference, as strips over the words."""
        from copydesk import figures  # noqa: PLC0415  (matplotlib only when something is drawn)

        (bank, entry), response = self._find(task_id), self._response(task_id)
        if entry.task.kind != "spans" or bank.purpose != "practice" or not isinstance(entry.key, SpansKey):
            msg = f"task {task_id} has no panel view; only practice tasks in which words are marked have one"
            raise ValueError(msg)
        is_usable = response is not None and not scoring.validation_errors(entry.task, response)
        if not is_usable or not scoring.is_answered(entry.task, response):
            return Shown(f"<p>{escape(self.check_text(task_id))}</p>", self.check_text(task_id))
        rows = strips(entry.task, entry.key, response)
        return figures.show(figures.panel(entry.task, rows), alt=figures.describe_panel(entry.task, rows))

    def agreement(self, other: str | Path, task_id: str) -> Shown:
        """Show how far the learner and another reader agree on the words of a task.

        ``other`` is a partner's answer file, beside the notebook or among the answers, or ``"reference"``.
        """
        from copydesk.desk.agreement import between  # noqa: PLC0415  (pandas)

        bank, entry = self._find(task_id)
        return Shown(*between(bank, entry, self._store, other))

    def passage(self, *sentence_ids: str) -> Shown:
        """Show sentences of the article, by their ids, or of an invented report."""
        from copydesk.views.html import passage_html  # noqa: PLC0415

        sentences = [self.seeds.sentence(name) for name in sentence_ids]
        caption = t("view.invented" if {*sentence_ids} & {*self.seeds.invented_sentences} else "view.article")
        text = "\n".join(f"{each.id} {each.text}" for each in sentences)
        return Shown(passage_html(sentences, caption=caption), text)

    def cards(self, *card_ids: str) -> Shown:
        """Show evidence cards by their ids."""
        from copydesk.views.html import cards_html  # noqa: PLC0415

        cards = [self.seeds.card(name) for name in card_ids]
        sources = {source.key: source for source in self.seeds.part("sources")}
        return Shown(cards_html(cards, sources), "\n".join(f"{card.title}: {card.says}" for card in cards))

    def read(
        self,
        *,
        layers: Iterable[str] | None = None,
        after: Mapping[str, Iterable[str]] | None = None,
        claims: Sequence[str] = (),
    ) -> DeskWidget | StaticView:
        """Show the article with layers of marks to switch on, for example ``layers=["attributions", "claims"]``.

        ``after={"attributions": ["P3"]}`` keeps a layer locked until the learner has done the tasks it gives away;
        ``claims`` names the claims to be shown, where a task still asks for the verdicts of the others.
        """
        from copydesk.views.reading_pane import LAYERS, layers_from, reading_content  # noqa: PLC0415

        bank = self.quiz_bank or self._need(self.task_bank, EXERCISES)
        given = layers_from(self.course, claims=claims)
        locks = {name: [self._find(task)[1] for task in tasks] for name, tasks in (after or {}).items()}
        names = LAYERS if layers is None else layers
        return self._show(reading_content(bank, given, layers=names, after=locks))

    def xray(self, *trace_ids: str) -> Shown:
        """Show traces word by word beside the cleaner copy; without ids all that have another copy's wording."""
        from copydesk.views.xray import comparisons, xray_html  # noqa: PLC0415

        sources = {source.key: source for source in self.seeds.part("sources")}
        pairs = comparisons(self.seeds.part("traces"), trace_ids, stretches=self.course.facts.stretches)
        return Shown(xray_html(pairs, sources), "\n".join(f"{pair.trace.id} {pair.sentence}" for pair in pairs))

    def progress(self) -> DeskWidget | StaticView:
        """Show what of this lesson is done, what is left to do, and when it was saved."""
        from copydesk.views.content import progress_content  # noqa: PLC0415

        banks = [bank for bank in (self.quiz_bank, self.task_bank) if bank is not None]
        return self._show(progress_content(banks, title=t("progress.title")))

    def reliability(self, *, course: bool = False) -> DeskWidget | StaticView:
        """Show how sure the learner was against how often right, in the practice items that ask for confidence.

        With ``course`` the judgements of all lessons are in it, from the answer files beside this lesson's.
        """
        from copydesk.views.content import reliability_content  # noqa: PLC0415

        bank = self._need(self.quiz_bank, QUIZZES)
        others = [(bank, asking(bank), answers) for bank, answers in self._others()] if course else []
        content = reliability_content(bank, asking(bank), others, title=t("reliability.title"), is_live=not is_static())
        return self._show(content)

    def judgements(self, *, course: bool = False) -> pd.DataFrame:
        """Return the learner's judgements: a row a task that was checked after saying how sure.

        The columns are ``confidence`` (0.5 to 1) and ``right`` (the reference answer or not), the index ``task``;
        ``copydesk.measures.reliability`` takes it as it is. Only tasks whose key is here are in it. With ``course``
        those of the other lessons follow, each with its lesson before it: ``LESSON/Q2``.
        """
        answers = self._store.load().answers
        rows = [row for bank in (self.quiz_bank, self.task_bank) if bank for row in judged(bank.tasks, answers)]
        for bank, theirs in self._others() if course else ():
            rows += [(f"{bank.lesson}/{name}", sure, right) for name, sure, right in judged(asking(bank), theirs)]
        return as_table(rows)

    def form(self, part: Part) -> DeskWidget | StaticView:
        """Show the baseline form: ``"opening"``, or ``"closing"``, the other one with what it explains at its end."""
        from copydesk.desk.baseline_form import form_content  # noqa: PLC0415

        bank = self._need(self.task_bank, EXERCISES)
        return self._show(form_content(self.course, bank, part, answers=self._store.path.parent))

    def first_guess(self) -> DeskWidget | StaticView:
        """Show again what the learner guessed at the beginning of the course."""
        from copydesk.desk.baseline_form import guess_content  # noqa: PLC0415

        return self._show(guess_content(self._need(self.task_bank, EXERCISES), answers=self._store.path.parent))

    def own_article(self) -> DeskWidget | StaticView:
        """Show own-article mode: any text, pasted or loaded, is marked with the course's labels and judged."""
        from copydesk.desk.own_article import own_view  # noqa: PLC0415

        return own_view(self.course.facts, self._store.path.parent)

    def calendar(self) -> DeskWidget | StaticView:
        """Show the dates of the boosters, 7 and 28 days after a day that the learner chooses, as a calendar file."""
        from copydesk.views.content import calendar_content  # noqa: PLC0415

        return self._show(calendar_content(self.course.facts.id, self.lesson, title=t("calendar.heading")))

    def annotations(self, task_id: str) -> dict[str, Any]:
        """Return the words the learner marked in a task as W3C Web Annotations, to be written with ``json.dump``."""
        from copydesk.answers.annotations import annotations_of  # noqa: PLC0415

        return annotations_of(self._find(task_id)[1].task, self._store.load())

    def table(self, name: str) -> pd.DataFrame:
        """Return a layer of the article as a pandas table; ``copydesk.course.seeds.TABLES`` lists the names."""
        return self.seeds.table(name)

    # -- answers -------------------------------------------------------------------------------------------------

    def record(self, task_id: str, *, figure: Any = None, **values: Any) -> None:  # noqa: ANN401
        """Fill in a value task from code: one keyword a field; ``figure`` gives title and axis labels.

        A field takes a number, a text, or for a table a pandas Series, a two-column table or a dictionary.
        What is missing, ``None`` or ``...`` is left as it was, and the cell says so. Where the notebook runs because
        it was opened, an answer that is there stays: it may be newer than the code.
        """
        task = self._find(task_id)[1].task
        if not isinstance(task, ValueTask):
            print(f"{task_id} is answered in the task above, not from code.")  # noqa: T201
            return
        if figure is not None and figure is not ...:
            values = from_figure(task, figure) | values
        try:
            given = {name: value for name, value in values.items() if value is not None and value is not ...}
            read = {name: read_value(task, name, value) for name, value in given.items()}
        except RecordingError as error:
            print(error)  # noqa: T201
            return
        if not read:
            print(t("record.nothing", task=task_id))  # noqa: T201
            return
        old = self._response(task_id)
        before = dict(old.values) if isinstance(old, ValueResponse) else {}
        is_kept = bool(before) and is_opening()
        if not is_kept:
            self.answer(task_id, ValueResponse(values={**before, **read}))
        labels = ", ".join(field.label for field in task.fields if field.id in read)
        print(t("record.kept" if is_kept else "record.done", task=task_id, fields=labels))  # noqa: T201

    def answer(self, task_id: str, response: Any) -> None:  # noqa: ANN401  (a response model, or its data)
        """Save a response to a task, as the widget would."""
        old = self._store.load().answers.get(task_id)
        attempts = old.attempts + 1 if old else 1
        self._save({task_id: Answer(response=response, at=now(), attempts=attempts)})

    def solve(self, task_id: str) -> None:
        """Save the reference response to a task; only where the keys are.

        Raises:
            ValueError: the desk was opened without keys.
        """
        entry = self._find(task_id)[1]
        if not self.solution or entry.key is None:
            msg = f"the key of task {task_id} is not here; solutions are opened with solution=True"
            raise ValueError(msg)
        self.answer(task_id, scoring.reference_response(entry.task, entry.key))

    def check(self, task_id: str) -> None:
        """Show how far a task is, as long as the kernel runs; where the keys are, show its points."""
        self._outputs.show(lambda saved: Said(self.check_text(task_id, saved)), self._store.load())

    def check_text(self, task_id: str, saved: AnswerFile | None = None) -> str:
        """Return what ``check`` shows, of the answers that were saved."""
        answer = (saved or self._store.load()).answers.get(task_id)
        return check_text(self._find(task_id)[1], answer and answer.response, with_points=self.solution)

    def submit(self, alias: str | None = None) -> None:
        """Show the submission view and a receipt.

        With a name the submission file is written, and the receipt says what in it is not complete. Without one it is
        written anew only where the name is known and nothing is open: for all else there is the view, which asks.
        """
        from copydesk.views.content import submission_content  # noqa: PLC0415

        bank = self._need(self.task_bank, EXERCISES)
        content = submission_content(bank, title=t("submission.title"))
        if is_static():
            display(self._show(content))
            return
        saved = self._store.load()
        if alias or (saved.learner.alias and not gap_lines(bank, saved)):
            self._submit(alias or saved.learner.alias)
        self._last_submission = last_submission(self._store)
        self._outputs.show(
            lambda now_saved: present_receipt(bank, now_saved, self._last_submission), self._store.load()
        )
        display(self._show(content))

    hand_in = submit
    """What exercises of the first edition call it; learners still have their copies."""

    # -- inside --------------------------------------------------------------------------------------------------

    def _read_bank(self, folder: str) -> Bank | None:
        return self.course.bank(folder, self.lesson) if self.course.has_bank(folder, self.lesson) else None

    def _others(self) -> list[Practised]:
        return other_lessons(self.course, self._store.path.parent, self.lesson)

    def _need(self, bank: Bank | None, folder: str) -> Bank:
        return bank or self.course.bank(folder, self.lesson)

    def _find(self, task_id: str) -> tuple[Bank, Entry]:
        """Return a task and the file it is in."""
        banks = [bank for bank in (self.quiz_bank, self.task_bank) if bank is not None]
        for bank in banks:
            if any(entry.task.id == task_id for entry in bank.tasks):
                return bank, bank[task_id]
        known = ", ".join(entry.task.id for bank in banks for entry in bank.tasks)
        msg = f"there is no task {task_id!r} in {self.lesson}; it has {known}"
        raise KeyError(msg)

    def _response(self, task_id: str) -> Any:  # noqa: ANN401
        answer = self._store.load().answers.get(task_id)
        return answer.response if answer else None

    def _view(self, bank: Bank, entries: list[Entry], *, title: str) -> DeskWidget | StaticView:
        from copydesk.views.content import bank_content  # noqa: PLC0415

        names = {name for entry in entries for name in entry.task.cards}
        cards = {name: self.seeds.card(name) for name in names}
        return self._show(bank_content(bank, entries, cards, title=title))

    def _show(self, content: Content) -> DeskWidget | StaticView:
        """Return a view of some content: a widget, or in a page without a kernel static markup."""
        from copydesk.views.widget import DeskWidget, StaticView  # noqa: PLC0415  (anywidget)

        content["release"], content["language"] = __version__, language()
        content["bank"] = self._store.bank
        if is_static():
            return StaticView(content)
        saved = self._store.load()
        content["place"] = hashlib.sha256(str(self._store.path).encode()).hexdigest()[:12]
        content["notice"], content["alias"] = self._store.notice, saved.learner.alias
        widget = DeskWidget(content, saved.answers, save=self._save, submit=self._submit)
        self._widgets.append(widget)
        return widget

    def _save(self, answers: Mapping[str, Answer]) -> AnswerFile:
        """Save answers and bring what changed into every open view."""
        saved = self._store.save(answers)
        for widget in self._widgets:
            widget.show_entries(saved.answers)
        self._outputs.update(saved)
        return saved

    def _submit(self, alias: str) -> SubmissionReply:
        """Write the submission file; return its receipt, path and content."""
        bank = self._need(self.task_bank, EXERCISES)
        path, content = submit(self._store, {entry.task.id for entry in bank.tasks}, alias=alias)
        self._last_submission = path, content
        self._outputs.update(self._store.load())
        return submission_reply(bank, content, path)


__all__ = ["AnswersError", "ContentError", "Desk", "unanswered_text"]
