"""Takes submissions one by one: keeps a light row of each, and writes the pages of those that count so far."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from copydesk.grading.files.inputs import read
from copydesk.grading.files.limits import Document
from copydesk.grading.files.problems import SubmissionProblem
from copydesk.grading.files.safe_text import file_part
from copydesk.grading.files.writing import write
from copydesk.grading.run.joining import complete
from copydesk.grading.run.journal import Recalled, is_page
from copydesk.grading.run.own_results import require_own_page
from copydesk.grading.run.rules import with_clear_matches
from copydesk.grading.run.workers import map_submissions
from copydesk.grading.submissions.download import Download
from copydesk.grading.submissions.selection import Selection
from copydesk.grading.submissions.submission import NO_ANSWERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from copydesk.grading.files.inputs import Found
    from copydesk.grading.run.journal import Journal
    from copydesk.grading.run.one_file import Settled
    from copydesk.grading.run.rules import Rules
    from copydesk.grading.submissions.record import Identity

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Tally:
    """What is kept in memory: a light row for each submission, never its answers.

    ``recalled`` are digests of the pages that an earlier run wrote, of those who count. With ``is_taken_up`` an earlier
    run was broken off; its pages are written again, whatever became of them.
    """

    folder: Path
    download: Download = field(default_factory=Download)
    is_taken_up: bool = False
    selection: Selection = field(default_factory=Selection)
    recalled: dict[Identity, str] = field(default_factory=dict)
    problems: list[SubmissionProblem] = field(default_factory=list)

    def enter(self, found: Settled | Recalled | SubmissionProblem) -> None:
        """Keep what a file came to, and write its page if it is the one that counts so far."""
        if isinstance(found, SubmissionProblem):
            self.problems.append(found)
            return
        row = found.row
        if not self.selection.enter(row):
            return
        if isinstance(found, Recalled):
            self.recalled[row.who] = found.page
        else:
            self.write_page(found)

    def write_page(self, found: Settled) -> None:
        """Write the feedback page of a submission that counts, if pages are made."""
        if found.page:
            self.recalled.pop(found.row.who, None)
            path = self.folder / page_name(found.row.who)
            if not self.is_taken_up:
                require_own_page(path)
            write(path, found.page)

    def without_page(self) -> list[str]:
        """Return the files whose pages an earlier run wrote, but which are there no more or are another's by now."""
        return [
            self.selection.counted[who].file
            for who, digest in self.recalled.items()
            if not is_page(self.folder / page_name(who), digest)
        ]

    def all_problems(self) -> list[SubmissionProblem]:
        """Return every row of ``problems.csv``: of submissions only those of the ones that count."""
        is_looking = any(problem.reason == NO_ANSWERS for problem in self.problems)
        rows = self.selection.rows
        beside = (
            {place for row in rows for place in _places(self.download, row.file, row.lesson)} if is_looking else set()
        )
        found = [_unless_beside(problem, beside, self.download) for problem in self.problems]
        found += [problem for row in self.selection.counted.values() for problem in row.problems]
        return found + self.selection.problems()


def take_all(
    journal: Journal,
    found: tuple[Sequence[Found], Sequence[SubmissionProblem]],
    tally: Callable[[], Tally],
    rules: Rules,
    *,
    workers: int,
    scheduler: str,
    on_progress: Progress,
) -> tuple[Tally, int, Rules]:
    """Grade all files, those that an earlier run has finished only where their pages are gone; return also how many.

    ``found`` are the files, and a row for each that cannot be one; ``tally`` makes an empty tally. The rules come back
    without the matches that fit several submissions, which is known once all are read.
    """
    files_found, problems = found
    while True:
        taken = tally()
        taken.problems += problems
        files = _take(taken, files_found, journal, rules, (workers, scheduler), on_progress)
        if clear := with_clear_matches(rules, taken.selection.rows):
            rules = clear
            journal.forget(row.file for row in taken.selection.rows)
            continue
        stale = taken.without_page()
        if not stale:
            for joined in complete(taken.selection, files_found, rules):
                taken.write_page(joined)
            return taken, files, rules
        journal.forget(stale)


def _take(
    tally: Tally,
    found: Sequence[Found],
    journal: Journal,
    rules: Rules,
    crew: tuple[int, str],
    on_progress: Progress,
) -> int:
    """Grade files and return how many there were, the members of zip files one by one."""
    done, total = 0, len(found)
    workers, scheduler = crew

    def expect(count: int) -> None:
        nonlocal total
        total += max(count - 1, 0)  # the zip file itself is counted already

    def files() -> Iterator[Document | Sequence[Recalled | SubmissionProblem]]:
        for file in found:
            for each in read(file, expect):
                yield [each] if isinstance(each, SubmissionProblem) else journal.recall(each) or each

    on_progress(done, total)
    for file, outcomes in map_submissions(files(), rules, workers=workers, scheduler=scheduler):
        for each in outcomes if isinstance(file, Document) else file:
            tally.enter(each)
        if isinstance(file, Document) and rules.pages:  # without its page, a file is graded again as fast as recalled
            journal.add(file, outcomes)
        done += 1
        total = max(done, total)
        on_progress(done, total)
    return done


def _places(download: Download, file: str, lesson: str = "") -> list[str]:
    """Return where a notebook without answers may lie, if this is the answer file that belongs to it.

    That is with the learner's other files, where a platform says whose they are; or else in the same folder and of
    the same name, or called after the lesson alone. An answer file may lie in a folder of its own, ``answers``.
    """
    sent, path = download.sender(file), PurePosixPath(file)
    if sent:
        return [f"{sent.platform} {sent.name} {sent.id}"]
    folder = path.parent.parent if path.parent.name in {"answers", "submission"} else path.parent
    own = str(folder / path.stem)
    return [own, str(folder / lesson)] if lesson and path.stem.startswith(lesson) else [own]


def _unless_beside(problem: SubmissionProblem, beside: set[str], download: Download) -> SubmissionProblem:
    """Return the row for a notebook without answers, which is no problem where the answer file lies beside it."""
    if problem.reason != NO_ANSWERS or _places(download, problem.file)[0] not in beside:
        return problem
    reason = "the notebook carries no answers; the answer file beside it was graded"
    return SubmissionProblem(problem.file, reason, "Nothing to do", "superseded")


def page_name(who: Identity) -> str:
    """Return the file name of a feedback page: readable, safe on any system, and different for each learner."""
    kind, name, lesson = who
    short = hashlib.sha256("\0".join(who).encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{file_part(PurePosixPath(name).name if kind == 'file' else name)}-{lesson}-{short}.html"
