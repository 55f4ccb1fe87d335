"""Hands texts on from one marker to others: those that the marker has not marked for all criteria."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from copydesk.grading.files.problems import GradingError
from copydesk.grading.files.safe_text import file_part, one_line
from copydesk.grading.marking.readers import SharedMarks
from copydesk.grading.marking.sampling import shuffle
from copydesk.grading.marking.session import written_entries
from copydesk.grading.marking.shares import distinct_names, find_name
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from copydesk.course.bank import Bank
    from copydesk.grading.marking.folder import MarkingFolder
    from copydesk.grading.marking.shares import Share, SharesFile


@dataclass(slots=True)
class HandedOn:
    """What became of the texts of a marker, in numbers.

    ``whole`` texts stay, with their marks. ``taken`` counts the others by the marker who took them over, ``begun``
    those of these with marks for some criteria; ``unplaced`` ones stay as well, because only their first reader could
    read them. ``moved`` counts, by marker, texts that they read second now, because the second reader took over as the
    first one; ``single`` ones have no second reader any more for that reason.
    """

    whole: int = 0
    taken: Counter[str] = field(default_factory=Counter)
    begun: int = 0
    unplaced: int = 0
    moved: Counter[str] = field(default_factory=Counter)
    single: int = 0

    @property
    def texts(self) -> int:
        """Return how many texts the marker had."""
        return self.whole + self.taken.total() + self.unplaced

    def not_to(self, marker: str) -> int:
        """Return how many texts others took over than a marker, who reads them first already."""
        return int(sum(count for name, count in self.taken.items() if file_part(name) != file_part(marker)))

    @property
    def markers(self) -> list[str]:
        """Return the markers who have to mark more texts now."""
        return sorted({*self.taken, *self.moved})


def hand_on(folder: MarkingFolder, bank: Bank, *, marker: str, to: str = "", names: Collection[str] = ()) -> HandedOn:
    """Hand the texts that a marker has not marked whole on to one marker, or balanced to the others.

    ``names`` are all markers who may take them, if they are not those of the folder. No one becomes both readers of a
    text: if its second reader takes over as the first one, another marker reads it second, or else no one. The marker
    gets no new texts any more, unless the class file still names them when texts are added.

    Raises:
        GradingError: the texts are not shared out, or a name is not a marker's; nothing has changed.
    """
    shares = folder.shares()
    if shares is None:
        raise GradingError(t("handing_on.not_shared", lesson=folder.lesson))
    others = _others(shares, marker=marker, to=to, names=names)
    texts = folder.texts()
    handed = HandedOn()

    def change(file: SharesFile | None) -> SharesFile:
        tasks = dict(file.tasks) if file else {}
        for task, _ in written_entries(bank):
            shared = SharedMarks.from_folder(folder, task, texts.open_ids(task.id))
            if shared:
                handing = _Handing(shared, marker, to, shuffle(others, texts.seed, "hand on", task.id), handed)
                changed = handing.changed_shares()
                tasks[task.id] = tuple(changed.get(share.text, share) for share in tasks.get(task.id, ()))
        return (file or shares).model_copy(update={"tasks": tasks, "markers": tuple(others)})

    folder.change_shares(change)
    return handed


def markers_of(folders: Iterable[MarkingFolder]) -> list[str]:
    """Return all markers who get new texts in any of some folders.

    Raises:
        GradingError: a file of shares is damaged.
    """
    names: list[str] = []
    for folder in folders:
        shares = folder.shares()
        names += shares.markers if shares else ()
    return distinct_names(names)


def _others(shares: SharesFile, *, marker: str, to: str, names: Collection[str]) -> list[str]:
    """Return the markers who may take over texts.

    Raises:
        GradingError: a name is not a marker's, the two are one person, or there is no other marker.
    """
    known = distinct_names([*names, *shares.names])
    shown = ", ".join(map(one_line, known))
    for name in filter(None, (marker, to)):
        if find_name(name, known) is None:
            raise GradingError(t("handing_on.no_marker", marker=one_line(name), lesson=shares.lesson, names=shown))
    if to and file_part(marker) == file_part(to):
        raise GradingError(t("handing_on.same", marker=one_line(marker)))
    candidates = list(names or shares.markers)
    if to:
        candidates.append(find_name(to, known) or to)
    others = [name for name in distinct_names(candidates) if file_part(name) != file_part(marker)]
    if not others:
        raise GradingError(t("handing_on.alone", marker=one_line(marker)))
    return others


class _Handing:
    """The texts of one task on their way from a marker to others, who take them in turn."""

    def __init__(self, shared: SharedMarks, marker: str, to: str, others: Sequence[str], handed: HandedOn) -> None:
        self._shared, self._part, self._others = shared, file_part(marker), others
        self._to = find_name(to, others) if to else None
        self._handed = handed
        self._load = Counter({row.marker: row.left for row in shared.progress()})

    def changed_shares(self) -> dict[str, Share]:
        """Return the new shares of the texts that are handed on, by text."""
        changed = {}
        for text in self._shared.texts_of(self._part):
            if self._shared.is_whole(self._part, text):
                self._handed.whole += 1
                continue
            share = self._shared.shares[text]
            is_first = file_part(self._shared.readers(share).first) == self._part
            new = self._with_first(share) if is_first else self._with_second(share)
            if new is None:
                self._handed.unplaced += 1
                continue
            self._handed.begun += self._shared.is_begun(self._part, text)
            changed[text] = new
        return changed

    def _with_first(self, share: Share) -> Share:
        """Return a share with another first reader: the second one only if asked for, or if no one else is left."""
        marker = self._to or self._least_loaded(share.second) or min(self._others, key=self._load.__getitem__)
        self._take(marker, self._handed.taken)
        changed = share.model_copy(update={"first": (*share.first, marker)})
        if find_name(marker, share.second) is None:
            return changed
        second = self._least_loaded(changed.first)
        if second is None:
            self._handed.single += 1
            return changed.model_copy(update={"second": ()})
        self._take(second, self._handed.moved)
        return changed.model_copy(update={"second": (second,)})

    def _with_second(self, share: Share) -> Share | None:
        """Return a share with another second reader; None if only its first readers are left."""
        is_free = self._to is not None and find_name(self._to, share.first) is None
        marker = self._to if is_free else self._least_loaded(share.first)
        if marker is None:
            return None
        self._take(marker, self._handed.taken)
        return share.model_copy(update={"second": (*share.second, marker)})

    def _take(self, marker: str, counts: Counter[str]) -> None:
        counts[marker] += 1
        self._load[marker] += 1

    def _least_loaded(self, not_these: Iterable[str]) -> str | None:
        """Return the marker with fewest texts left to mark who is not among some names; None if there is no other."""
        taken = set(map(file_part, not_these))
        free = [name for name in self._others if file_part(name) not in taken]
        return min(free, key=lambda name: self._load[name], default=None)
