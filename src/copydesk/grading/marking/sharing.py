"""Shares texts out among markers: who marks which, and which texts two of them mark, decided by a seed."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from copydesk.grading.files.problems import GradingError
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.marking.sampling import sample_size, shuffle
from copydesk.grading.marking.shares import SHARES_SCHEMA, Share, SharesFile, distinct_names, find_name
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from copydesk.grading.marking.folder import MarkingFolder, TextsFile

FirstReaders = tuple[str, ...]
"""The first reader of a text, and before them those who handed it on."""


@dataclass(frozen=True, slots=True)
class SharingRule:
    """Among whom new texts are shared out, which share of them two markers mark, and whose some texts have to be.

    ``preferred`` has the first reader of a text by its id; all other texts are balanced.
    """

    markers: tuple[str, ...]
    sample: float
    preferred: Mapping[str, str] = field(default_factory=dict)


def share_out(folder: MarkingFolder, rule: SharingRule) -> tuple[Counter[str], Counter[str]]:
    """Share out the open texts of a folder that are no one's yet; return how many each marker got to read first.

    Also return how many each got to read second, of these and of earlier texts.

    Earlier texts stay with their readers. An earlier text gets a second reader only if the sample cannot be filled
    with new ones.

    Raises:
        GradingError: two names share a file of marks, or someone has marked in the folder without shares.
    """
    if len(distinct_names(rule.markers)) < len(rule.markers):
        raise GradingError(t("sharing.alike", names=", ".join(rule.markers)))
    texts = folder.texts()

    def add(before: SharesFile | None) -> SharesFile:
        if before is None:
            _require_unmarked(folder)
        return _with_new_texts(before, texts, rule)

    before, after = folder.change_shares(add)
    read_first, read_second = _texts_of(before) if before else (set(), set())
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for shares in after.tasks.values():
        first.update(share.first[-1] for share in shares if share.text not in read_first)
        second.update(share.second[-1] for share in shares if share.second and share.text not in read_second)
    return first, second


def _require_unmarked(folder: MarkingFolder) -> None:
    """Raise ``GradingError`` if someone has begun to mark as the only first or second marker."""
    for file in folder.marks_files():
        if file.marks:
            name = one_line(file.head.marker)
            raise GradingError(t("sharing.marked", lesson=folder.lesson, marker=name, folder=folder.path))


def _texts_of(file: SharesFile) -> tuple[set[str], set[str]]:
    """Return the ids of all texts that are shared out, and of those that have a second reader."""
    all_shares = [share for shares in file.tasks.values() for share in shares]
    return {share.text for share in all_shares}, {share.text for share in all_shares if share.second}


def _with_new_texts(before: SharesFile | None, texts: TextsFile, rule: SharingRule) -> SharesFile:
    """Return the shares with those of the open texts that have none yet."""
    tasks = dict(before.tasks) if before else {}
    total: Counter[str] = Counter()
    for task in texts.tasks:
        earlier = before.tasks.get(task, ()) if before else ()
        allotment = Allotment(task, texts.seed, rule.markers, earlier, frozenset(texts.open_ids(task)))
        allotment.add_first_readers(rule.preferred, total)
        allotment.add_second_readers(rule.sample)
        tasks[task] = allotment.shares()
    data = {
        "schema": SHARES_SCHEMA,
        "lesson": texts.lesson,
        "markers": rule.markers,
        "sample": rule.sample,
        "tasks": tasks,
    }
    return SharesFile.model_validate(data)


class Allotment:
    """The texts of one task while they are being allotted to their readers."""

    def __init__(
        self, task: str, seed: int, markers: Sequence[str], earlier: Iterable[Share], open_ids: frozenset[str]
    ) -> None:
        """Begin with the earlier shares; texts in ``open_ids`` that have none are new."""
        self._task, self._seed, self._open = task, seed, open_ids
        self._markers = shuffle(markers, seed, "marker", task)
        self._shares = {share.text: share for share in earlier}
        self._new = open_ids - self._shares.keys()

    def shares(self) -> tuple[Share, ...]:
        """Return all shares, in the order of the ids of their texts."""
        return tuple(share for _, share in sorted(self._shares.items()))

    def add_first_readers(self, preferred: Mapping[str, str], total: Counter[str]) -> None:
        """Give each new text a first reader: its preferred one, or else the one who has fewest texts.

        ``total`` counts the texts of all tasks; it decides between markers with equally many of this task.
        """
        counts = Counter(share.first[-1] for share in self._shares.values() if share.text in self._open)
        in_order = shuffle(self._new, self._seed, "first", self._task)
        for text in sorted(in_order, key=lambda text: preferred.get(text) not in self._markers):
            marker = preferred.get(text, "")
            if marker not in self._markers:
                marker = min(self._markers, key=lambda name: (counts[name], total[name]))
            self._shares[text] = Share(text=text, first=(marker,))
            counts[marker] += 1
        total.update(counts)

    def add_second_readers(self, share_of_texts: float) -> None:
        """Fill the sample: give texts second readers so that each pair of markers meets as often as any other."""
        readings = _PairCounts(share for share in self._shares.values() if share.text in self._open)
        missing = sample_size(len(self._open), share_of_texts) - readings.total
        for candidates in (self._new, self._open - self._new):
            queues = self._queues(candidates)
            while missing > 0:
                readers = readings.next_readers(queues, self._markers)
                if readers is None:
                    break
                first, second = readers
                text = queues[first].pop(0)
                self._shares[text] = self._shares[text].model_copy(update={"second": (second,)})
                readings.add(first[-1], second)
                missing -= 1

    def _queues(self, candidates: Iterable[str]) -> dict[FirstReaders, list[str]]:
        """Return the texts without a second reader by their first readers, in the order of the sample."""
        queues: defaultdict[FirstReaders, list[str]] = defaultdict(list)
        for text in shuffle(candidates, self._seed, "second", self._task):
            share = self._shares[text]
            if not share.second:
                queues[share.first].append(text)
        return queues


class _PairCounts:
    """How often each pair of markers reads the same text, and how often each marker reads second."""

    def __init__(self, shares: Iterable[Share]) -> None:
        """Count the texts that have two readers."""
        self._pairs: Counter[frozenset[str]] = Counter()
        self._second: Counter[str] = Counter()
        for share in shares:
            if share.second:
                self.add(share.first[-1], share.second[-1])

    @property
    def total(self) -> int:
        """Return how many texts have two readers."""
        return self._pairs.total()

    def add(self, first: str, second: str) -> None:
        """Count a text with two readers."""
        self._pairs[frozenset((first, second))] += 1
        self._second[second] += 1

    def next_readers(
        self, queues: Mapping[FirstReaders, Sequence[str]], markers: Sequence[str]
    ) -> tuple[FirstReaders, str] | None:
        """Return the first readers and the second one of the next text; None if no text is left.

        They are the pair that meets least. Of several, the one whose first reader has most texts left is taken, then
        the one who reads second least. No one who had the text first reads it second.
        """
        best: tuple[FirstReaders, str] | None = None
        least: tuple[int, int, int] | None = None
        for first, queue in sorted(queues.items()):
            for second in markers:
                cost = (self._pairs[frozenset((first[-1], second))], -len(queue), self._second[second])
                if queue and find_name(second, first) is None and (least is None or cost < least):
                    best, least = (first, second), cost
        return best
