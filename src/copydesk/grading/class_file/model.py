"""The model of ``class.yml``: lessons with due times, weights, the late rule, lists of people, markers and places."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from copydesk.model.base import Frozen, Slug, Text
from copydesk.text import t

CLASS_FILE = "class.yml"
"""What the class file is called; a command finds it in the folder where it is typed."""

Percent = Annotated[float, Field(ge=0, le=100)]
Positive = Annotated[float, Field(gt=0)]
NotNegative = Annotated[float, Field(ge=0)]
Path = Annotated[str, Field(min_length=1)]
"""A file or folder, from the folder of the class file on."""


def _known_zone(name: str) -> str:
    """Return the name of a time zone.

    Raises:
        ValueError: there is no such zone.
    """
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(t("class_file.no_zone", zone=repr(name))) from None
    return name


def _readable_time(written: str) -> str:
    """Return a due time as it is written.

    Raises:
        ValueError: it is not a date with a time.
    """
    try:
        moment = datetime.fromisoformat(written.strip())
    except ValueError:
        moment = None
    if moment is None or ":" not in written:
        raise ValueError(t("class_file.no_time", time=repr(written)))
    return written.strip()


def _as_written(value: object) -> object:
    """Return a time as text: YAML reads one with seconds, or a date alone, by itself."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date) else value


Zone = Annotated[str, AfterValidator(_known_zone)]
"""The name of a time zone, such as ``Europe/Kyiv``."""

DueTime = Annotated[str, BeforeValidator(_as_written), AfterValidator(_readable_time)]
"""A date with a time, such as ``2026-11-16 23:59``, in the zone of the class if it names none."""


class Components(Frozen):
    """How much each part of a lesson's mark counts: points by rule, written work, and taking part in the practice."""

    automatic: NotNegative = 0
    written: NotNegative = 0
    taking_part: NotNegative = 0

    @model_validator(mode="after")
    def _counts_something(self) -> Self:
        if not self.automatic + self.written + self.taking_part:
            raise ValueError(t("class_file.no_weight"))
        return self


class LessonPlan(Frozen):
    """What holds for one lesson of a class.

    ``weight`` is how much it counts in the mark of the course; ``written_task`` whether its written task is set;
    ``column`` the column of Canvas's export for its marks; ``moodle`` the grading worksheet of its assignment;
    ``weights`` how its own parts count, in place of those of the class.
    """

    due: DueTime | None = None
    weight: NotNegative = 1
    written_task: bool = True
    column: str = ""
    moodle: Path | None = None
    weights: Components | None = None


class LateStep(Frozen):
    """What is taken off from so many hours after the due time on, in per cent of the points to be had."""

    after_hours: NotNegative
    take_off: Percent


class LateRule(Frozen):
    """What lateness costs, in per cent of the points to be had for a lesson.

    Either ``per_day`` is taken off for each day begun, or what the last of the ``steps`` reached says. No late mark
    falls below ``floor`` because of that. Up to ``grace_minutes`` after it is due, a submission is in time.
    """

    grace_minutes: NotNegative = 1
    per_day: Percent | None = None
    steps: tuple[LateStep, ...] = ()
    floor: Percent = 0

    @model_validator(mode="after")
    def _one_rule(self) -> Self:
        if self.per_day is not None and self.steps:
            raise ValueError(t("class_file.two_late_rules"))
        hours = [step.after_hours for step in self.steps]
        if hours != sorted(set(hours)):
            raise ValueError(t("class_file.late_steps_order"))
        return self


class CourseTotal(Frozen):
    """Where the mark of the course goes: points out of ``out_of``, and the column or worksheet of a platform."""

    out_of: Positive = 100
    column: str = ""
    moodle: Path | None = None


class Markers(Frozen):
    """Who marks written work, and how the texts are shared out among them.

    ``share`` is *balanced*, *section* (with ``sections``: the marker of each) or *list* (with ``list_file``: a CSV
    file with the columns ``learner`` and ``marker``). ``sample`` is the share of the texts that two of them read.
    """

    names: Annotated[tuple[Text, ...], Field(min_length=1)]
    share: Literal["balanced", "section", "list"] = "balanced"
    sections: dict[Text, Text] = Field(default_factory=dict)
    list_file: Path | None = None
    sample: Annotated[float, Field(ge=0, le=1)] = 0.2

    @model_validator(mode="after")
    def _rule_is_complete(self) -> Self:
        if len(set(self.names)) < len(self.names):
            raise ValueError(t("class_file.marker_twice"))
        if self.share == "section" and not self.sections:
            raise ValueError(t("class_file.no_marker_sections"))
        if self.share == "list" and self.list_file is None:
            raise ValueError(t("class_file.no_marker_list"))
        for section, marker in self.sections.items():
            if marker not in self.names:
                raise ValueError(t("class_file.unknown_marker", marker=repr(marker), section=repr(section)))
        return self


class ClassFile(Frozen):
    """The file ``class.yml``; paths in it begin in its own folder.

    ``submissions`` are the files, folders and zip files to grade, ``results`` the folder for the gradebook and all
    else, ``marks`` that of the markers. ``weights`` say how the parts of a lesson count; without them each point counts
    the same. ``drop_lowest`` is how many of a learner's lowest lessons don't count. ``as_of`` is the time up to which
    the mark of the course counts what is missing: nothing submitted for a lesson that was due by then counts as 0.
    """

    schema_: Literal["copydesk/class/1"] = Field(alias="schema")
    name: Text
    time_zone: Zone
    submissions: Annotated[tuple[Path, ...], Field(min_length=1)] = ("submissions",)
    results: Path = "graded"
    lessons: Annotated[dict[Slug, LessonPlan], Field(min_length=1)]
    late: LateRule = LateRule()
    weights: Components | None = None
    drop_lowest: Annotated[int, Field(ge=0)] = 0
    as_of: DueTime | None = None
    roster: Path | None = None
    groups: Path | None = None
    canvas: Path | None = None
    total: CourseTotal = CourseTotal()
    marks: Path = "marks"
    markers: Markers | None = None
    extensions: Path | None = None
    manual_marks: Path | None = None
    comments: Path | None = None
    matches: Path | None = None
    appeals: Path | None = None

    def components(self, lesson: str) -> Components | None:
        """Return how the parts of a lesson count: as it says itself, or else as the class file says for all."""
        return self.lessons[lesson].weights or self.weights
