"""Tells which files in a folder of results Copy Desk wrote, so that no run overwrites or removes any other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from copydesk.grading.feedback import course_page, page
from copydesk.grading.files.csv_files import BOM
from copydesk.grading.files.result_names import (
    ANONYMOUS_MARKS,
    COURSE_GRADEBOOK,
    COURSE_IMPORT,
    COURSE_PAGES,
    COURSE_ZIP,
    FEEDBACK,
    FEEDBACK_ZIP,
    FIRST_EDITIONS_SUBMISSIONS,
    FOR_NEXT_RUN,
    GRADEBOOK,
    IMPORT,
    JOURNAL,
    PAGE_FOLDERS,
    PROBLEMS,
    REKEYED,
    REPORT,
    ROSTER_REPORT,
    SECTIONS,
    SIMILAR,
    SUBMISSIONS,
    TABLES,
    import_name,
)
from copydesk.grading.files.writing import foreign_files_error, remove, translate_write_errors
from copydesk.owned_files import LIST, OwnedFiles

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

RESULTS = (
    GRADEBOOK,
    SUBMISSIONS,
    PROBLEMS,
    SIMILAR,
    FEEDBACK,
    FEEDBACK_ZIP,
    COURSE_GRADEBOOK,
    COURSE_IMPORT,
    COURSE_PAGES,
    COURSE_ZIP,
    ROSTER_REPORT,
    REPORT,
    TABLES,
    SECTIONS,
    REKEYED,
    LIST,
    ANONYMOUS_MARKS,
    *FOR_NEXT_RUN,
)
"""What a run writes into its folder, besides the files for platforms: files, and folders for more."""

FIRST_EDITIONS_IMPORTS = (import_name("canvas"), import_name("moodle"))

HEAD_BYTES = 1000
GRADEBOOK_HEAD = re.compile(r'"?learner"?[,;\t].*"?file"?[,;\t]"?(?:submitted|handed in) \(UTC\)"?[,;\t]')
ROSTER_HEAD = re.compile(r'"?id"?[,;\t]"?name"?[,;\t]"?called"?[,;\t]')
SIMILAR_HEAD = re.compile(r'"?group"?[,;\t]"?learners"?[,;\t]"?lessons"?[,;\t]')
REKEYED_NAME = re.compile(r"[0-9]{3,}(-before)?\.csv")
TABLE_NAME = re.compile(r"[a-z-]+\.csv")
GENERATORS = {FEEDBACK: page.GENERATOR, COURSE_PAGES: course_page.GENERATOR}
"""What the pages in each folder of learners' pages say in their heads that they are."""


class OwnResults:
    """The results in a folder.

    The list in the folder says which files they are. The first edition kept none: there, they are recognised by what
    they say. So, always, are feedback pages, whose names are not known in advance.
    """

    def __init__(self, out: Path) -> None:
        """Look at a folder, which need not exist; nothing is written yet."""
        self._out = out
        self._files = OwnedFiles(out)
        self._has_list = bool(self._files.names)
        if not self._has_list:
            self._files.names |= _names_without_list(out)
        self.is_unfinished = (out / JOURNAL).exists()

    @property
    def names(self) -> frozenset[str]:
        """Return the files that are ours, except the pages, as relative paths with ``/`` on every system."""
        return self._files.names

    @property
    def paths(self) -> list[Path]:
        """Return the files that are not submissions: ours, and the list itself."""
        names = [*self.names, LIST, *FOR_NEXT_RUN]
        return [self._out / name for name in names] + list(_files_called_like_pages(self._out))

    def require_own(self, names: Iterable[str], inputs: Iterable[Path] = ()) -> None:
        """Raise ``WrongPlaceError`` if a file that is not ours, or that is an input, has the name of a result."""
        new_names = set(names)
        foreign = set(self._files.foreign_names(new_names))
        input_paths = {path.resolve() for path in inputs}
        for name in new_names:
            if (self._out / name).resolve() in input_paths:
                foreign.add(name)
        if foreign:
            raise foreign_files_error(*map(self._out.joinpath, sorted(foreign)))

    def remove_old(self, names: Collection[str], inputs: Iterable[Path] = ()) -> list[Path]:
        """Remove what an earlier run made and this one, which makes ``names``, does not; return the files.

        What is in ``rekeyed`` stays, as do a file that is an input and, if there was no list, exports: only their
        name speaks for them. What is removed is no longer ours: anyone who puts a file in its place keeps it.

        Raises:
            GradingError: one cannot be removed, or the list cannot be written.
        """
        spared = {path.resolve() for path in inputs}
        if not self._has_list:
            spared.update((self._out / name).resolve() for name in FIRST_EDITIONS_IMPORTS)
        old = sorted(name for name in self.names if _is_optional(name) and name not in names)
        removed = []
        for name in old:
            path = self._out / name
            if path.exists() and path.resolve() not in spared:
                remove(path)
                removed.append(path)
        with translate_write_errors(self._out / LIST):
            self._files.keep(self.names.difference(old))
        return removed

    def claim(self, names: Iterable[str]) -> None:
        """Claim names for files that are about to be written.

        Raises:
            GradingError: the folder cannot be written.
        """
        with translate_write_errors(self._out / LIST):
            self._files.claim(names)

    def old_pages(self, pages: Collection[str]) -> list[Path]:
        """Return the pages that an earlier run wrote and that are not among these, as ``feedback/NAME.html``."""
        old = []
        for path in _files_called_like_pages(self._out):
            name = path.relative_to(self._out).as_posix()
            if name not in pages and is_own_page(path):
                old.append(path)
        return old


def _is_optional(name: str) -> bool:
    """Return whether a result is one that not every run makes, depending on its options or edition."""
    optional = {FEEDBACK_ZIP, ROSTER_REPORT, FIRST_EDITIONS_SUBMISSIONS, ANONYMOUS_MARKS, COURSE_GRADEBOOK, COURSE_ZIP}
    is_import = IMPORT.fullmatch(name) is not None
    return is_import or name in optional or name.startswith((f"{TABLES}/", f"{SECTIONS}/"))


def require_own_page(path: Path) -> None:
    """Raise ``WrongPlaceError`` where a page would overwrite a file that is not ours."""
    if path.exists() and not is_own_page(path):
        raise foreign_files_error(path)


def is_own_page(path: Path) -> bool:
    """Return whether a file is a learner's page, by its folder and by what is in its head."""
    generator = GENERATORS.get(path.parent.name)
    return generator is not None and f'<meta name="generator" content="{generator}">' in _head(path)


def _names_without_list(out: Path) -> frozenset[str]:
    """Return the results in a folder that was filled by the first edition, which kept no list."""
    if not _begins_with(out / GRADEBOOK, GRADEBOOK_HEAD):
        return frozenset()
    submissions = FIRST_EDITIONS_SUBMISSIONS if (out / FIRST_EDITIONS_SUBMISSIONS).exists() else SUBMISSIONS
    names = {GRADEBOOK, submissions, PROBLEMS, FEEDBACK_ZIP, REPORT}
    if _begins_with(out / ROSTER_REPORT, ROSTER_HEAD):  # without a roster there were no import files
        names |= {ROSTER_REPORT, *FIRST_EDITIONS_IMPORTS}
    if _begins_with(out / SIMILAR, SIMILAR_HEAD):
        names.add(SIMILAR)
    for folder, pattern in ((TABLES, TABLE_NAME), (REKEYED, REKEYED_NAME)):
        for path in (out / folder).glob("*.csv"):
            if pattern.fullmatch(path.name):
                names.add(f"{folder}/{path.name}")
    return frozenset(names)


def _files_called_like_pages(out: Path) -> Iterator[Path]:
    for folder, name in PAGE_FOLDERS.items():
        for path in (out / folder).glob("*.html"):
            if name.fullmatch(path.name):
                yield path


def _begins_with(path: Path, pattern: re.Pattern[str]) -> bool:
    return path.is_file() and pattern.match(_head(path)) is not None


def _head(path: Path) -> str:
    """Return the beginning of a file; empty if it cannot be read or is a link, which may lead anywhere."""
    try:
        if path.is_symlink():
            return ""
        with path.open("rb") as file:
            return file.read(HEAD_BYTES).decode("utf-8", "replace").removeprefix(BOM)
    except OSError:
        return ""
