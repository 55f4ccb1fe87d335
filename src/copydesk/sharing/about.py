"""Says what a packed course is, in words that are safe to print whatever its author wrote into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.grading.files.safe_text import one_line
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.course.manifest import CourseManifest
    from copydesk.sharing.inspection import Inspection

LONGEST = 500
MOST_HOSTS = 40


def about_lines(manifest: CourseManifest) -> Iterator[str]:
    """Yield what a course says of itself: title, authors, rights, language, lessons, keys."""
    yield t("pack.about", title=one_line(manifest.title), version=one_line(manifest.version), id=manifest.id)
    authors = one_line(", ".join(manifest.authors), LONGEST)
    yield t("pack.about.authors", authors=authors) if authors else t("pack.about.no_authors")
    yield t("pack.about.rights", statement=one_line(manifest.rights.statement, LONGEST))
    if manifest.rights.publish == "quotes":
        yield t("pack.about.quotes")
    if manifest.licence:
        yield t("pack.about.licence", licence=one_line(manifest.licence))
    lessons = [name for name in manifest.files if name.startswith("lessons/") and name.endswith(".ipynb")]
    yield t("pack.about.lessons", count=len(lessons), language=manifest.language)
    yield t("pack.about.keys") if manifest.keys else t("pack.about.no_keys")
    yield t("pack.about.made_with", version=manifest.made_with)


def inspection_lines(inspection: Inspection) -> Iterator[str]:
    """Yield what the notebooks of a course would run, what its texts could load, and where its links lead."""
    yield t("pack.seen", count=inspection.notebooks, ordinary=inspection.ordinary)
    for name, findings in inspection.findings.items():
        yield t("pack.seen.file", file=name)
        for finding in findings:
            yield f"  {finding}"
    if inspection.findings:
        yield t("pack.seen.read")
    hosts = inspection.hosts[:MOST_HOSTS]
    if hosts:
        more = len(inspection.hosts) - len(hosts)
        names = one_line(", ".join(hosts), 10_000)
        yield t("pack.seen.more_hosts", names=names, more=more) if more else t("pack.seen.hosts", names=names)
