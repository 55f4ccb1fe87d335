"""The shapes of the content that the browser shows; ``schemas/views-1.schema.json`` is made from them."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias, final

from pydantic import ConfigDict
from typing_extensions import TypedDict  # pydantic needs this one before Python 3.12

from copydesk.answers.progress import Outline  # noqa: TC001  (pydantic reads the annotations)
from copydesk.views.article_shapes import (  # noqa: TC001
    JudgedTask,
    MarkLayer,
    MendedTask,
    SentenceContent,
    SourceContent,
)

OPEN = ConfigDict(extra="allow")
"""Further fields follow: those of a kind of task."""


class TaskContent(TypedDict):
    """A task with the fields of its kind, its cards as they are read and, if it is practice, its key.

    The schema has one for each kind, made from the model of the kind. If a task has two versions, this is the first;
    ``twin`` is the second, and ``version`` in each says which it is.
    """

    __pydantic_config__ = OPEN  # type: ignore[misc]  # pydantic's own way
    id: str
    kind: str
    title: str


class AnswerContent(TypedDict):
    """An answer as its model writes it; the schema takes it from there."""

    __pydantic_config__ = OPEN  # type: ignore[misc]
    at: str


class ScoredTask(TypedDict):
    """What scoring needs of a task, with its key: empty fields, texts and reasons are left out.

    The schema has one for each kind, made from the models of the kind.
    """

    __pydantic_config__ = OPEN  # type: ignore[misc]
    id: str
    kind: str
    key: dict[str, Any]


class NamedTask(TypedDict):
    """What a view keeps or shows the answer to, without its question: a part of own-article mode, a mended task."""

    id: str
    kind: str


@final
class Required(TypedDict):
    """A task that a view asks for without showing it; with ``forms``, lists of tasks of which one is enough."""

    id: str
    title: str
    group: str
    forms: NotRequired[list[list[str]]]
    outline: Outline


class Common(TypedDict):
    """What every view is given. Fields that are not required are added where the view is shown."""

    course: str
    lesson: str
    purpose: Literal["practice", "graded", "baseline"]
    title: str
    keyed_by: str
    """Whose reading the keys are."""
    release: NotRequired[str]
    language: NotRequired[str]
    bank: NotRequired[str]
    """The fingerprint of the tasks."""
    place: NotRequired[str]
    """A token for the learner's folder: it seeds the order of options and names the drafts."""
    notice: NotRequired[str | None]
    """What the learner must know about the answer file, for example that it was set aside."""
    alias: NotRequired[str]
    """The alias last used."""
    orders: NotRequired[dict[str, list[str]]]
    """The orders drawn for the learner; in a page the browser draws and keeps them."""
    texts: NotRequired[dict[str, str | dict[str, str]]]
    """The interface texts in a language other than English."""


@final
class TasksContent(Common):
    """Some tasks of a bank, one below the other."""

    view: Literal["tasks"]
    tasks: list[TaskContent]


@final
class SubmissionContent(Common):
    """What makes the file to be sent."""

    view: Literal["submission"]
    tasks: list[TaskContent]
    required: list[Required]


@final
class ProgressContent(Common):
    """What of a lesson is done."""

    view: Literal["progress"]
    tasks: list[TaskContent]
    required: list[Required]


@final
class CalendarContent(Common):
    """The dates of the boosters."""

    view: Literal["calendar"]
    tasks: list[TaskContent]


@final
class OwnArticleContent(Common):
    """A text of the learner's own, taken apart."""

    view: Literal["own"]
    tasks: list[NamedTask]


PageKind: TypeAlias = Literal["lesson", "exercise"]


class CoursePage(TypedDict):
    """A page of a lesson, and what there is to do on it."""

    kind: PageKind
    page: str
    required: list[Required]


class CourseLesson(TypedDict):
    """A lesson in the view of the whole course, with the fingerprint of its tasks and its pages."""

    lesson: str
    title: str
    bank: str
    pages: list[CoursePage]


@final
class CourseContent(Common):
    """How far each lesson is."""

    view: Literal["course"]
    tasks: list[TaskContent]
    course_lessons: list[CourseLesson]


class OtherLesson(TypedDict):
    """Another lesson; in a notebook with its answers."""

    lesson: str
    tasks: list[ScoredTask]
    entries: NotRequired[dict[str, AnswerContent]]


@final
class ReliabilityContent(Common):
    """How sure the learner was against how often right."""

    view: Literal["reliability"]
    tasks: list[ScoredTask]
    lessons: list[OtherLesson]


class FinishedLayer(TypedDict):
    """A layer of the report that opens when some tasks are done."""

    title: str
    required: list[Lock]


class CopyLesson(TypedDict):
    """What of a lesson goes into the corrected copy; in a notebook with its answers, in a page with its address."""

    lesson: str
    edits: list[MendedTask]
    notes: list[JudgedTask]
    page: NotRequired[str]
    entries: NotRequired[dict[str, AnswerContent]]


class CopyPart(TypedDict):
    """Sentences of the article, and the tasks that mend and judge them."""

    sentences: list[SentenceContent]
    lessons: list[CopyLesson]


@final
class CopyContent(Common):
    """The article as the learner mended it, with margin notes; ``tasks`` are those of the lesson that shows it."""

    view: Literal["copy"]
    tasks: list[NamedTask]
    copy: CopyPart


@final
class FinishContent(Common):
    """The end of a lesson: of each task that can be checked the fields that its score needs, and what it opens."""

    view: Literal["finish"]
    tasks: list[ScoredTask]
    required: list[Required]
    layers: list[FinishedLayer]
    copy: CopyPart
    """What the lesson mends."""
    copy_page: str
    """The address of the page with the whole corrected copy, from this page; empty in a notebook."""
    next: str
    """The address of the next page, from this page; empty in a notebook."""


class Opening(TypedDict):
    """The lesson of the first form; in a notebook with its answers."""

    lesson: str
    entries: NotRequired[dict[str, AnswerContent]]


class EarlierForm(TypedDict):
    """An earlier form: which of its statements are supported; for the last form its tasks, in notebooks answers."""

    form: str
    lesson: str
    supported: dict[str, bool]
    tasks: NotRequired[list[TaskContent]]
    entries: NotRequired[dict[str, AnswerContent]]


@final
class BaselineContent(Common):
    """A form of the baseline, with keys where statements are explained, and what compares it with earlier forms."""

    view: Literal["form"]
    tasks: list[TaskContent]
    form: str
    supported: dict[str, bool]
    """Its statements as written, and which of them are supported."""
    explained: list[str]
    """The statements that are explained once the form is finished."""
    earlier: list[EarlierForm]


@final
class GuessContent(Common):
    """The first guess, seen again."""

    view: Literal["guess"]
    tasks: list[TaskContent]
    opening: Opening


@final
class Lock(TypedDict):
    """A task that locks a layer; ``check``: it is done once it was checked.

    Lesson, task and page are on the page of the article, where tasks of all lessons lock layers.
    """

    id: str
    title: str
    check: bool
    outline: Outline
    lesson: NotRequired[str]
    task: NotRequired[str]
    page: NotRequired[str]


@final
class ReadingContent(Common):
    """The article with its layers of marks."""

    view: Literal["reading"]
    tasks: list[TaskContent]
    sentences: list[SentenceContent]
    layers: list[MarkLayer]
    sources: dict[str, SourceContent]
    required: list[Lock]


Content: TypeAlias = (
    TasksContent
    | SubmissionContent
    | ProgressContent
    | ReadingContent
    | OwnArticleContent
    | CalendarContent
    | CourseContent
    | ReliabilityContent
    | CopyContent
    | FinishContent
    | BaselineContent
    | GuessContent
)
"""What a view shows; ``view`` says which it is."""


class SaveState(TypedDict):
    """Whether the answers of a revision are on disk, since when, and else why not."""

    revision: int
    at: str | None
    problem: str | None


class WidgetReply(TypedDict):
    """What became of a request to make the file to be sent: the receipt or the reason, the path and what is in it."""

    id: int
    ok: bool
    text: str
    path: str
    content: str
