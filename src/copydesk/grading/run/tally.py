"""Takes submissions one by one: a light record of each, and the pages of those that count so far."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from copydesk.answers.store import FIRST_EDITIONS_FOLDER, SUBMISSIONS_FOLDER
from copydesk.grading.files.inputs import read_file
from copydesk.grading.files.limits import SubmittedFile
from copydesk.grading.files.problems import SubmissionProblem
from copydesk.grading.files.safe_text import file_part
from copydesk.grading.files.writing import write
from copydesk.grading.run.joining import join_partial
from copydesk.grading.run.journal import RecalledFile, has_digest
from copydesk.grading.run.one_file import GradedFile
from copydesk.grading.run.own_results import require_own_page
from copydesk.grading.run.rules import drop_unclear_matches
from copydesk.grading.run.workers import map_submissions
from copydesk.grading.submissions.download import Download
from copydesk.grading.submissions.selection import Selection
from copydesk.grading.submissions.submission import NO_ANSWERS
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from copydesk.grading.files.inputs import InputFile
    from copydesk.grading.run.journal import Journal
    from copydesk.grading.run.rules import Rules
    from copydesk.grading.submissions.record import Identity

ANSWER_FOLDERS = frozenset({"answers", SUBMISSIONS_FOLDER, FIRST_EDITIONS_FOLDER})
"""Where answer files are in a working folder, beside its notebooks."""

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Tally:
    """What a run keeps in memory: a light record of each submission, never its answers.

    ``recalled`` are digests of the pages that an earlier run wrote, of those who count. With ``is_taken_up`` an earlier
    run was interrupted; its pages are written again, whatever became of them.
    """

    folder: Path
    download: Download = field(default_factory=Download)
    is_taken_up: bool = False
    selection: Selection = field(default_factory=Selection)
    recalled: dict[Identity, str] = field(default_factory=dict)
    problems: list[SubmissionProblem] = field(default_factory=list)

    def enter(self, outcome: GradedFile | RecalledFile | SubmissionProblem) -> None:
        """Take the outcome of a file, and write its page if it is the one that counts so far."""
        if isinstance(outcome, SubmissionProblem):
            self.problems.append(outcome)
        elif self.selection.enter(outcome.submission):
            if isinstance(outcome, GradedFile):
                self.write_page(outcome)
            elif outcome.page:
                self.recalled[outcome.submission.identity] = outcome.page

    def write_page(self, graded: GradedFile) -> None:
        """Write the feedback page of a submission that counts, if pages are made."""
        if graded.page:
            identity = graded.submission.identity
            self.recalled.pop(identity, None)
            path = self.folder / page_name(identity)
            if not self.is_taken_up:
                require_own_page(path)
            write(path, graded.page)

    def files_without_page(self) -> Iterator[str]:
        """Yield the files whose pages from an earlier run no longer exist or are now another's."""
        for identity, digest in self.recalled.items():
            if not has_digest(self.folder / page_name(identity), digest):
                yield self.selection.counted[identity].file

    def all_problems(self) -> list[SubmissionProblem]:
        """Return every row of ``problems.csv``; for submissions, only those of the ones that count."""
        notebook_places: set[str] = set()
        if any(problem.reason == NO_ANSWERS for problem in self.problems):
            for submission in self.selection.rows:
                notebook_places.update(_notebook_places(self.download, submission.file, submission.lesson))
        problems = [_notebook_problem(problem, notebook_places, self.download) for problem in self.problems]
        for submission in self.selection.counted.values():
            problems += submission.problems
        return problems + self.selection.problems()


def grade_files(
    journal: Journal,
    inputs: tuple[Sequence[InputFile], Sequence[SubmissionProblem]],
    empty_tally: Callable[[], Tally],
    rules: Rules,
    *,
    workers: int,
    scheduler: str,
    on_progress: Progress,
) -> tuple[Tally, int, Rules]:
    """Grade all files, those finished by an earlier run only if their pages are gone; also return how many.

    ``inputs`` are the files, and a row for each that cannot be one; ``empty_tally`` makes a tally. The rules come back
    without the matches that fit several submissions, which are known once all files are read.
    """
    files, problems = inputs
    while True:
        tally = empty_tally()
        tally.problems += problems
        count = _grade_each(tally, files, journal, rules, (workers, scheduler), on_progress)
        clear = drop_unclear_matches(rules, tally.selection.rows)
        if clear:
            rules = clear
            journal.follow(rules)
            continue
        for joined in join_partial(tally.selection, files, rules):
            tally.write_page(joined)
        stale = list(tally.files_without_page())
        if not stale:
            return tally, count, rules
        journal.forget(stale)


def _grade_each(
    tally: Tally,
    files: Sequence[InputFile],
    journal: Journal,
    rules: Rules,
    execution: tuple[int, str],
    on_progress: Progress,
) -> int:
    """Grade files and return how many there were, the members of zip files one by one."""
    done, total = 0, len(files)
    workers, scheduler = execution

    def expect(count: int) -> None:
        nonlocal total
        total += max(count - 1, 0)  # the zip file itself is counted already

    def documents() -> Iterator[SubmittedFile | Sequence[RecalledFile | SubmissionProblem]]:
        for file in files:
            for document in read_file(file, expect):
                if isinstance(document, SubmissionProblem):
                    yield [document]
                else:
                    yield journal.recall(document) or document

    on_progress(done, total)
    for file, outcomes in map_submissions(documents(), rules, workers=workers, scheduler=scheduler):
        for outcome in outcomes if isinstance(file, SubmittedFile) else file:
            tally.enter(outcome)
        if isinstance(file, SubmittedFile):
            journal.add(file, outcomes)
        done += 1
        total = max(done, total)
        on_progress(done, total)
    return done


def _notebook_places(download: Download, file: str, lesson: str = "") -> list[str]:
    """Return the places where a notebook without answers may be, if this is the answer file belonging to it.

    That is with the learner's other files, if a platform says whose they are; or else in the same folder under
    the same name, or named after the lesson alone. In a working folder, answer files are in folders of their own.
    """
    sender = download.sender(file)
    if sender:
        return [f"{sender.platform} {sender.name} {sender.id}"]
    path = PurePosixPath(file)
    folder = path.parent.parent if path.parent.name in ANSWER_FOLDERS else path.parent
    places = [str(folder / path.stem)]
    if lesson and path.stem.startswith(lesson):
        places.append(str(folder / lesson))
    return places


def _notebook_problem(problem: SubmissionProblem, places: Collection[str], download: Download) -> SubmissionProblem:
    """Return the row for a notebook without answers, which is no problem if the answer file is beside it."""
    if problem.reason != NO_ANSWERS or _notebook_places(download, problem.file)[0] not in places:
        return problem
    reason, remedy = t("tally.answer_file_beside"), t("tally.answer_file_beside.remedy")
    return SubmissionProblem(problem.file, reason, remedy, "superseded")


def page_name(identity: Identity) -> str:
    """Return the file name of a feedback page: readable, safe on any system, and different for each learner."""
    kind, name, lesson = identity
    short = hashlib.sha256("\0".join(identity).encode("utf-8", "surrogatepass")).hexdigest()[:10]
    readable = file_part(PurePosixPath(name).name if kind == "file" else name)
    return f"{readable}-{lesson}-{short}.html"
