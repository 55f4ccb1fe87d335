"""The last lines of the commands that hand texts on and merge marks; the numbers in them add up."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from copydesk.grading.marking.handing_on import HandedOn
from copydesk.grading.marking.merging import MergedMarks
from copydesk.text import t
from copydesk.text.last_lines import last_lines
from copydesk.text.lists import name_list

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path


def handed_on_lines(handed: Mapping[str, HandedOn], marker: str, to: str, steps: Sequence[str]) -> list[str]:
    """Return the lines on a marker's texts that were handed on, by lesson: one each if there are several, then all."""
    lessons = list(handed)
    total = _all_handed_on(handed.values())
    lines = [_texts_line(lesson, marker, handed[lesson]) for lesson in lessons if len(lessons) > 1]
    done = [_texts_line(name_list(lessons), marker, total)]
    left = []
    taken = total.taken.total()
    if taken:
        done.append(t("command.class.hand-on.taken", count=taken, markers=by_marker(total.taken)))
    if total.begun:
        done.append(t("command.class.hand-on.begun", count=total.begun))
    if total.moved:
        done.append(t("command.class.hand-on.moved", count=total.moved.total(), markers=by_marker(total.moved)))
    if total.whole:
        left.append(t("command.class.hand-on.whole", count=total.whole))
    if total.unplaced:
        left.append(t("command.class.hand-on.unplaced", count=total.unplaced))
    if total.single:
        left.append(t("command.class.hand-on.single", count=total.single))
    elsewhere = total.not_to(to) if to else 0
    if elsewhere:
        left.append(t("command.class.hand-on.elsewhere", count=elsewhere, to=to))
    return [*lines, *last_lines(done, left, steps)]


def next_readers_line(handed: Mapping[str, HandedOn], marks: Path | None) -> str:
    """Return what the markers who got texts do next, with the command; empty if no one got any.

    ``marks`` is the folder of all marks if it was typed.
    """
    for lesson, lesson_handed in handed.items():
        if lesson_handed.markers:
            out = f" --out {quote(str(marks))}" if marks else ""
            command = f"`copydesk mark --lesson {lesson} --marker {quote(lesson_handed.markers[0])}{out}`"
            return t("command.class.hand-on.next", markers=name_list(lesson_handed.markers), command=command)
    return ""


def merged_lines(merged: Sequence[MergedMarks], folder: Path, command: str) -> list[str]:
    """Return the lines on what was taken over: one for each lesson if there are several, then all together.

    ``command`` says who has how many texts left.
    """
    lines = [_marks_line(lesson) for lesson in merged if len(merged) > 1]
    total = _all_merged(merged)
    done = [t("command.class.merge-marks.total", count=total.total, taken=total.taken, same=total.same, folder=folder)]
    if total.new:
        done.append(t("command.class.merge-marks.new", markers=by_marker(total.new)))
    if total.comments or total.agreed:
        done.append(t("command.class.merge-marks.others", comments=total.comments, agreed=total.agreed))
    if total.is_waived:
        done.append(t("command.class.merge-marks.waived"))
    if total.back:
        done.append(t("command.class.merge-marks.back", count=total.back.total(), markers=by_marker(total.back)))
    left = []
    if total.kept:
        left.append(t("command.class.merge-marks.kept", count=total.kept.total(), markers=by_marker(total.kept)))
    return [*lines, *last_lines(done, left, [t("command.class.merge-marks.next", command=command)])]


def _texts_line(lesson: str, marker: str, handed: HandedOn) -> str:
    key = "command.class.hand-on.texts" if handed.texts else "command.class.hand-on.none"
    return t(key, lesson=lesson, marker=marker, count=handed.texts)


def _marks_line(merged: MergedMarks) -> str:
    counts = {"new": merged.new.total(), "newer": merged.newer, "same": merged.same}
    return t("command.class.merge-marks.marks", lesson=merged.lesson, count=merged.total, **counts)


def _all_handed_on(handed: Iterable[HandedOn]) -> HandedOn:
    """Return the sums over all lessons."""
    total = HandedOn()
    for lesson in handed:
        total.whole += lesson.whole
        total.begun += lesson.begun
        total.unplaced += lesson.unplaced
        total.single += lesson.single
        total.taken += lesson.taken
        total.moved += lesson.moved
    return total


def _all_merged(merged: Sequence[MergedMarks]) -> MergedMarks:
    """Return the sums over all lessons."""
    total = MergedMarks("")
    for lesson in merged:
        total.new += lesson.new
        total.newer += lesson.newer
        total.same += lesson.same
        total.comments += lesson.comments
        total.agreed += lesson.agreed
        total.is_waived |= lesson.is_waived
        total.back += lesson.back
        total.kept += lesson.kept
    return total


def by_marker(counts: Counter[str]) -> str:
    """Return how many each marker has, in the order of their names."""
    return "; ".join(f"{name} {count}" for name, count in sorted(counts.items()))
