"""Builds the pages of a course while it is being written: quickly, again and again, and whatever is wrong in it."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from copydesk.course.course import Course
from copydesk.course.current import follow_course
from copydesk.course.documents import ContentError, Problem
from copydesk.course.settings import lesson_slugs
from copydesk.publish.build import BookError, stage
from copydesk.publish.course_part import course_part
from copydesk.publish.edition import Edition
from copydesk.publish.execution import RunError, Runs
from copydesk.publish.figure_files import move_figures
from copydesk.publish.kernels import WaitingKernels
from copydesk.publish.links import mend_tables, trim
from copydesk.publish.page_styles import move_styles
from copydesk.publish.preview_pages import name_tasks, show_failures, warning_problems
from copydesk.publish.preview_tasks import put_stand_ins
from copydesk.publish.search_index import write_search_index
from copydesk.publish.software import software_fingerprint
from copydesk.publish.sphinx_pages import load_sphinx, make_pages
from copydesk.publish.sphinx_settings import PagesError
from copydesk.publish.without_code import leave_out_code
from copydesk.release.exercises import release
from copydesk.release.kept_results import KeptResults
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from copydesk.publish.preview_tasks import TaskFile

EDITION = Edition(learner=True, article="full")
"""The pages of a preview: those for learners, with the whole article, which stays on this computer."""

MOST_KERNELS = 2
"""How many kernels wait: one for the lesson and one for the exercise that most changes concern."""

SITES = "sites"
SITES_KEPT = 2
"""How many builds are kept: a browser may still be loading the last one."""


@dataclass(frozen=True)
class Built:
    """Pages that were built, or why there are none: ``site`` is their folder, None if nothing could be built."""

    name: str
    site: Path | None
    problems: tuple[Problem, ...]
    files: tuple[TaskFile, ...] = ()


class Preview:
    """The pages of the course at ``root``, built in the folder ``work``; nothing is written into the course."""

    def __init__(self, root: Path, work: Path, *, lessons: Sequence[str] = ()) -> None:
        """Take the course; ``lessons`` are the slugs of those to build, all if there are none."""
        self.root, self._work, self._lessons = root, work, tuple(lessons)
        self._course = work / "course"
        self._software = software_fingerprint()
        self._results = KeptResults(work / "results.json", self._software)
        self.kernels = WaitingKernels(self._course, min(MOST_KERNELS, os.cpu_count() or 1))
        self._run = secrets.token_hex(4)
        self._builds = 0
        self.digests: dict[str, str] = {}
        self._problems: list[Problem] = []

    @property
    def lessons(self) -> list[str]:
        """The slugs of the lessons that are built."""
        return [slug for slug in lesson_slugs(self.root) if not self._lessons or slug in self._lessons]

    def read(self) -> set[str]:
        """Copy the course as it is now, as nothing is written into it; return the names of files that are different."""
        shutil.rmtree(self._course, ignore_errors=True)
        course_part(self.root, self._course, self._lessons or lesson_slugs(self.root))
        earlier, self.digests = self.digests, _digests(self._course)
        names = earlier.keys() | self.digests.keys()
        return {name for name in names if earlier.get(name) != self.digests.get(name)}

    def build(self) -> Built:
        """Build the pages from the copy; what is wrong in it is told, and does not stop the others.

        Only what no page can be made without stops it: then ``site`` is None, and the earlier pages stay.
        """
        self._builds += 1
        self._problems = []
        name = f"{self._run}-{self._builds}"
        files: list[TaskFile] = []
        try:
            files = put_stand_ins(self._course)
            for file in files:
                self._problems += file.problems
            self._release()
            site = self._site(name, files)
        except ContentError as error:
            self._problems += error.problems
            site = None
        except (BookError, RunError, PagesError) as error:
            self._problems.append(Problem(t("preview.pages"), 0, "", str(error), t("preview.pages.remedy")))
            site = None
        except Exception as error:  # noqa: BLE001  (the preview goes on, whatever an unfinished course leads to)
            self._problems.append(unexpected_problem(error))
            site = None
        return Built(name, site, tuple(dict.fromkeys(self._problems)), tuple(files))

    def _release(self) -> None:
        """Cut the exercises of the copy from its solutions; those that cannot be cut stay as they were released."""
        if (self._course / "solutions").is_dir():
            try:
                release(Course(self._course), check=False)
            except ContentError as error:
                self._problems += error.problems

    def _site(self, name: str, files: list[TaskFile]) -> Path:
        """Make the pages, and return their folder."""
        staged = self._work / "staged"
        shutil.rmtree(staged, ignore_errors=True)
        course = Course(self._course)
        follow_course(course)
        stage(course, staged, EDITION)
        results = user_cache_path("copydesk") / "runs"
        Runs(self._course, staged, results, self.kernels, may_fail=True).fill(meanwhile=load_sphinx)
        self._problems += show_failures(staged, files)
        leave_out_code(staged)
        html = make_pages(staged, self._work, self._software, warn=self._note_warnings)
        mend_tables(html)
        move_figures(html)
        move_styles(html, self._results)
        trim(html, self._results)
        write_search_index(html, self._results, article="")
        name_tasks(html)
        self._results.save()
        return self._keep(html, name)

    def _note_warnings(self, warnings: str) -> None:
        self._problems += warning_problems(warnings)

    def _keep(self, html: Path, name: str) -> Path:
        """Move finished pages to where they are served from, and remove those of old builds."""
        sites = self._work / SITES
        sites.mkdir(exist_ok=True)
        site = html.rename(sites / name)
        for old in sorted(sites.iterdir(), key=lambda path: path.stat().st_mtime)[:-SITES_KEPT]:
            shutil.rmtree(old, ignore_errors=True)
        return site


def unexpected_problem(error: Exception) -> Problem:
    """Return an error that no one has thought of as a problem of the pages."""
    fault = t("preview.unexpected", error=f"{type(error).__name__}: {error}".rstrip(". "))
    return Problem(t("preview.pages"), 0, "", fault, t("preview.unexpected.remedy"))


def _digests(folder: Path) -> dict[str, str]:
    """Return a fingerprint of each file in a folder, by name."""
    digests = {}
    for path in folder.rglob("*"):
        if path.is_file():
            digests[path.relative_to(folder).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return digests
