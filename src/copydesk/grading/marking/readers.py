"""Whose marks of a text count: those of its reader now or, where they had marked it whole before, an earlier one's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.safe_text import file_part
from copydesk.grading.marking.sampling import sample

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from copydesk.grading.marking.folder import Mark, MarkingFolder, Place, Role, TextsFile
    from copydesk.grading.marking.shares import Share, SharesFile
    from copydesk.kinds.written.model import WrittenTask


class Readers(NamedTuple):
    """Whose marks of a text count; ``second`` is empty for a text that one person reads."""

    first: str
    second: str

    def has(self, part: str) -> bool:
        """Return whether a marker is one of them, judging by the name in their file of marks."""
        return part == file_part(self.first) or (self.second != "" and part == file_part(self.second))


class MarkerProgress(NamedTuple):
    """How far a marker has got with a task: how many texts they read, and how many of them are marked whole."""

    marker: str
    texts: int
    whole: int

    @property
    def left(self) -> int:
        """Return how many texts are left to mark."""
        return self.texts - self.whole


@dataclass(frozen=True, slots=True)
class SharedMarks:
    """The marks of a task that is shared out, by the name in their marker's file, and the shares of its open texts."""

    task: WrittenTask
    file: SharesFile
    shares: Mapping[str, Share]
    marks: Mapping[str, Mapping[Place, Mark]]

    @classmethod
    def from_folder(cls, folder: MarkingFolder, task: WrittenTask, open_ids: Iterable[str]) -> SharedMarks | None:
        """Return the shared marks of a task; None in a folder whose texts are not shared out.

        Raises:
            GradingError: a file is damaged.
        """
        file = folder.shares()
        if file is None:
            return None
        marks = {}
        for marked in folder.marks_files():
            if marked.head.task == task.id:
                marks[file_part(marked.head.marker)] = marked.marks
        ids = set(open_ids)
        shares = {share.text: share for share in file.tasks.get(task.id, ()) if share.text in ids}
        return cls(task, file, shares, marks)

    def readers(self, share: Share) -> Readers:
        """Return whose marks of a text count."""
        second = self._reader(share.second, share.text) if share.second else ""
        return Readers(self._reader(share.first, share.text), second)

    def readers_of(self, text: str) -> Readers:
        """Return whose marks of an open text count.

        Raises:
            KeyError: there is no such text among the open ones.
        """
        return self.readers(self.shares[text])

    def _reader(self, names: Sequence[str], text: str) -> str:
        """Return the last of some names or, if they have not begun the text, the latest who had marked it whole."""
        if not self.is_begun(names[-1], text):
            for earlier in reversed(names[:-1]):
                if self.is_whole(earlier, text):
                    return earlier
        return names[-1]

    def is_begun(self, marker: str, text: str) -> bool:
        """Return whether a marker has marked a text for any criterion."""
        return self._criteria_marked(marker, text) > 0

    def is_whole(self, marker: str, text: str) -> bool:
        """Return whether a marker has marked a text for all criteria."""
        return self._criteria_marked(marker, text) == len(self.task.rubric)

    def _criteria_marked(self, marker: str, text: str) -> int:
        marks = self.marks.get(file_part(marker), {})
        return sum((text, criterion.id) in marks for criterion in self.task.rubric)

    def texts_of(self, marker: str) -> list[str]:
        """Return the ids of the texts that a marker reads, as their first or second reader."""
        part = file_part(marker)
        return [text for text, share in self.shares.items() if self.readers(share).has(part)]

    def progress(self) -> list[MarkerProgress]:
        """Return how far each marker has got."""
        progress = []
        for marker in self.file.names:
            texts = self.texts_of(marker)
            whole = int(sum(self.is_whole(marker, text) for text in texts))
            progress.append(MarkerProgress(marker, len(texts), whole))
        return progress

    def reading(self, place: Role) -> dict[Place, Mark]:
        """Return the marks that all first readers, or all second readers, gave their texts."""
        reading = {}
        for share in self.shares.values():
            readers = self.readers(share)
            marker = readers.second if place == "second" else readers.first
            marks = self.marks.get(file_part(marker), {}) if marker else {}
            for criterion in self.task.rubric:
                if (share.text, criterion.id) in marks:
                    reading[share.text, criterion.id] = marks[share.text, criterion.id]
        return reading


def total_progress(folder: MarkingFolder, tasks: Iterable[WrittenTask]) -> list[MarkerProgress]:
    """Return how far each marker has got with all tasks of a lesson; nothing if the texts are not shared out.

    Raises:
        GradingError: a file is damaged.
    """
    texts = folder.texts()
    total: dict[str, MarkerProgress] = {}
    for task in tasks:
        shared = SharedMarks.from_folder(folder, task, texts.open_ids(task.id))
        for row in shared.progress() if shared else ():
            before = total.get(row.marker, MarkerProgress(row.marker, 0, 0))
            total[row.marker] = MarkerProgress(row.marker, before.texts + row.texts, before.whole + row.whole)
    return list(total.values())


def progress_of(folder: MarkingFolder, tasks: Iterable[WrittenTask], *, marker: str, role: Role) -> MarkerProgress:
    """Return how far a marker has got in a role with all tasks of a lesson.

    Raises:
        GradingError: a file is damaged.
    """
    texts, files = folder.texts(), folder.marks_files()
    count = whole = 0
    for task in tasks:
        ids = ids_to_read(folder, texts, task, marker=marker, role=role)
        marked: set[Place] = set()
        for file in files:
            if file.head.task == task.id and file_part(file.head.marker) == file_part(marker):
                marked.update(file.marks)
        places = [[(text, criterion.id) for criterion in task.rubric] for text in ids]
        count += len(ids)
        whole += int(sum(marked.issuperset(places_of_text) for places_of_text in places))
    return MarkerProgress(marker, count, whole)


def ids_to_read(folder: MarkingFolder, texts: TextsFile, task: WrittenTask, *, marker: str, role: Role) -> list[str]:
    """Return the ids of the texts of a task that a marker reads in a role.

    Raises:
        GradingError: a file is damaged.
    """
    ids = texts.open_ids(task.id)
    if role == "shared":
        shared = SharedMarks.from_folder(folder, task, ids)
        return shared.texts_of(marker) if shared else []
    return sample(ids, texts.seed, task.id) if role == "second" else ids
