"""What the authoring page shows beside the form of a task: the learner's view, faults, and what guessing would earn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from pydantic import ValidationError

from copydesk._version import __version__
from copydesk.authoring.guess_names import guess_name
from copydesk.checks import entry_faults
from copydesk.checks.keys import CARELESS_LIMIT, is_measured_alone
from copydesk.course.bank import Bank, Entry
from copydesk.course.documents import ContentError, explained
from copydesk.kinds import scoring
from copydesk.kinds.scoring import is_marked_by_person
from copydesk.text import language, t
from copydesk.views.content import bank_content, with_language_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel

    from copydesk.course.article import Card
    from copydesk.course.course import Course

STEPS_OF_MODELS = frozenset({"task", "key"})
"""Steps on the way to a field that a model has and the file may not: the task's fields are at the top there."""


class TaskFault(TypedDict):
    """A fault of a task: the way to its field in the entry (empty: the whole task), what is wrong, and the remedy."""

    path: list[str | int]
    text: str
    remedy: str


class Guess(TypedDict):
    """An answer that takes no thought, and the share of the points that it earns."""

    name: str
    share: float
    text: str


@dataclass(frozen=True)
class TaskView:
    """A raw entry, looked at: the entry if it is one, its faults, and how many of its texts are still to be written."""

    entry: Entry | None
    faults: tuple[TaskFault, ...]

    @property
    def unwritten(self) -> int:
        """How many texts are still to be written."""
        return self.entry.count_unwritten() if self.entry else 0


def look_at(raw: Mapping[str, Any], course: Course, *, is_graded: bool) -> TaskView:
    """Return what there is to say about a raw entry, as ``copydesk check`` would."""
    try:
        entry = Entry.model_validate(dict(raw))
    except ValidationError as error:
        return TaskView(None, tuple(_model_faults(raw, error)))
    if entry.key is None and entry.task.group != "note":
        fault: TaskFault = {"path": ["key"], "text": t("bank_files.no_key"), "remedy": t("bank_files.no_key.remedy")}
        return TaskView(entry, (fault,))
    if entry.count_unwritten():
        return TaskView(entry, tuple(_missing_cards(entry, course)))
    return TaskView(entry, tuple(_content_faults(entry, course, is_graded=is_graded)))


def model_faults(raw: Mapping[str, Any], model: type[BaseModel]) -> Iterator[TaskFault]:
    """Yield what keeps a raw entry from being a card, or whatever else a model stands for."""
    try:
        model.model_validate(dict(raw))
    except ValidationError as error:
        yield from _model_faults(raw, error)


def _model_faults(raw: Mapping[str, Any], error: ValidationError) -> Iterator[TaskFault]:
    for details in error.errors():
        text, remedy = explained(details)
        yield {"path": field_path(raw, details["loc"]), "text": text, "remedy": remedy}


def field_path(raw: Any, steps: tuple[str | int, ...]) -> list[str | int]:  # noqa: ANN401
    """Return the way to a field in a raw entry; steps that only the models have are left out."""
    path: list[str | int] = []
    node = raw
    for place, step in enumerate(steps):
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            is_missing_field = place == len(steps) - 1 and isinstance(step, str) and isinstance(node, dict)
            if is_missing_field and step not in STEPS_OF_MODELS:
                path.append(step)
            continue
        path.append(step)
    return path


def _content_faults(entry: Entry, course: Course, *, is_graded: bool) -> Iterator[TaskFault]:
    """Yield the faults of a whole entry, each named once."""
    try:
        faults = list(entry_faults(entry, course.seeds, is_graded=is_graded))
    except ContentError as error:
        faults = [(problem.problem, problem.remedy) for problem in error.problems]
    for text, remedy in dict.fromkeys(faults):
        yield {"path": [], "text": text, "remedy": remedy}


def _missing_cards(entry: Entry, course: Course) -> Iterator[TaskFault]:
    """Yield the cards that a task names and that aren't there; without them it can't be shown."""
    known = cards_of(course)
    for name in entry.task.cards:
        if name not in known:
            remedy = t("task_view.no_card.remedy")
            yield {"path": ["cards"], "text": t("task_view.no_card", card=name), "remedy": remedy}


def cards_of(course: Course) -> dict[str, Card]:
    """Return the evidence cards by their ids; none if they cannot be read."""
    try:
        return {card.id: card for card in course.seeds.part("cards")}
    except ContentError:
        return {}


def learners_view(entry: Entry, head: Mapping[str, Any], course: Course) -> dict[str, Any] | None:
    """Return the content of a view of one task as a learner sees it, with its key so that *Check* works.

    It is None if the task names a card that isn't there.
    """
    cards = cards_of(course)
    versions = entry.versions
    if any(name not in cards for version in versions for name in version.task.cards):
        return None
    bank = Bank.model_construct(
        schema_="copydesk/bank/1",
        course=str(head.get("course", "")),
        lesson=str(head.get("lesson", "")),
        title=str(head.get("title", "")),
        purpose="practice",
        keyed_by=str(head.get("keyed_by", "")),
        tasks=(entry,),
    )
    content = bank_content(bank, [entry], cards, title=entry.task.title)
    content["release"], content["language"], content["bank"] = __version__, language(), ""
    return dict(with_language_texts(content))


def guesses(entry: Entry) -> list[Guess]:
    """Return what answers without thought would earn, the best first; nothing for a task that a person marks."""
    if entry.key is None or is_marked_by_person(entry.task):
        return []
    found: list[Guess] = []
    for strategy, response in scoring.guessing_strategies(entry.task):
        share = scoring.score(entry.task, entry.key, response).share or 0.0
        name = guess_name(entry.task, strategy, response)
        found.append({"name": name, "share": share, "text": t("task_view.guess", name=name, share=f"{share:.0%}")})
    return sorted(found, key=_share, reverse=True)


def _share(guess: Guess) -> float:
    return guess["share"]


def guess_limit(entry: Entry) -> float | None:
    """Return the largest share that a guess may earn; None for a single pick, and for a task that a person marks.

    In a single pick one guess is right, and earns everything: what counts there is the mean over such tasks.
    """
    is_limited = entry.key is not None and is_measured_alone(entry) and not is_marked_by_person(entry.task)
    return CARELESS_LIMIT if is_limited else None
