"""Builds the static book: stages its sources, runs notebooks and Sphinx, and checks and trims the result."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from platformdirs import user_cache_path

from copydesk.course.course import Course
from copydesk.course.documents import read_text
from copydesk.publish.article_page import put_article
from copydesk.publish.article_share import article_share
from copydesk.publish.article_words import Article
from copydesk.publish.built_pages import path_to_top
from copydesk.publish.citation import put_citation
from copydesk.publish.copy_page import put_copy
from copydesk.publish.course_page import put_course
from copydesk.publish.course_part import course_part
from copydesk.publish.default_pages import put_default_pages
from copydesk.publish.edition import Edition, listed_files
from copydesk.publish.execution import RunError, Runs
from copydesk.publish.figure_files import move_figures
from copydesk.publish.first_look import put_first_look
from copydesk.publish.links import broken_links, mend_tables, outside_requests, trim
from copydesk.publish.page_head import PublicSite
from copydesk.publish.page_styles import move_styles
from copydesk.publish.part_pages import fit_to_lessons
from copydesk.publish.placing import Placement, PlacingError, SiteFolder
from copydesk.publish.quotations import shorten
from copydesk.publish.search_index import write_search_index
from copydesk.publish.site_parts import put_site
from copydesk.publish.software import software_fingerprint
from copydesk.publish.sources_page import put_sources
from copydesk.publish.sphinx_pages import PAGES, load_sphinx, make_pages
from copydesk.publish.sphinx_settings import PagesError, sphinx_settings
from copydesk.publish.waiting import count_tasks
from copydesk.publish.without_code import leave_out_code
from copydesk.publish.work_folder import work_folder
from copydesk.release.kept_results import KeptResults
from copydesk.release.leaks import find_leaks
from copydesk.site_file.reading import SiteSettings
from copydesk.text import language, t
from copydesk.text.plurals import direction

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDERS = ("lessons", "exercises")
SCRIPTS = tuple(
    Path(__file__).parents[1] / "static" / name for name in ("copydesk.js", "copydesk-more.js", "book-search.js")
)
CONFIG = "_config.yml"
BOOK = Path(__file__).parent / "book"
"""Settings, templates, styles and scripts of every book; what a course has in its own ``book/`` comes before them."""

READ = ("book", "exercises", "lessons", "seeds", "solutions", "src")
MARKER = ".copydesk-book"
"""The file with which the first edition marked the folder of a book."""

COMPLETE = Edition()
IMAGES = frozenset({".png", ".svg", ".jpg", ".jpeg", ".webp", ".gif"})


class BookError(RuntimeError):
    """The book could not be built; the message says what to correct."""


def build(
    root: Path,
    out: Path,
    *,
    edition: Edition = COMPLETE,
    site: SiteSettings | None = None,
    fresh: bool = False,
    say: Callable[[str], object] = lambda _: None,
) -> Path:
    """Build the book of the course at ``root`` in the folder ``out``, and return that folder.

    Every warning is an error. In ``out``, only files of an earlier book are replaced or removed.
    ``site`` is what the publisher lays down. With ``fresh`` every notebook is run, even if it has not changed. ``say``
    is told what is going on.

    Raises:
        BookError: something in ``out`` is in the way, a notebook fails, Sphinx reports something, a page would
            load from another host, a link leads nowhere, or a page has part of a graded key, or more of the
            article than short quotations where only these are allowed.
    """
    root, out = root.resolve(), out.resolve()
    folder = SiteFolder(out, kind="book", marker=MARKER)
    require_place(root, folder)
    cache = user_cache_path("copydesk")
    with (
        tempfile.TemporaryDirectory(prefix="copydesk-book-") as name,
        work_folder(cache / "pages", root, edition) as work,
    ):
        source = Path(name).resolve() / "source"
        course = Course(course_part(root, source.with_name("course"), edition.lessons) if edition.lessons else root)
        if edition.article == "quotes" and not Article(course.seeds.article).has_words:
            raise BookError(t("quotations.no_words"))
        stage(course, source, edition, site)
        software = software_fingerprint()
        try:
            sphinx_settings(source)  # for what it refuses, before notebooks run
            Runs(course.root, source, cache / "runs").fill(fresh=fresh, say=say, meanwhile=load_sphinx)
            if not edition.code:
                leave_out_code(source)
            say("Making the pages.")
            html = make_pages(source, work, software, fresh=fresh)
        except (RunError, PagesError) as error:
            raise BookError(str(error)) from error
        say("Checking requests, links and keys.")
        results = KeptResults(None if fresh else work / "results.json", software)
        _finish(PublicSite(course, edition, site or SiteSettings()), html, results)
        if edition.article == "quotes":
            say(_measured(course, html, results))
        results.save()
        say(put(folder, html, say).text())
    return out


def _finish(book: PublicSite, html: Path, results: KeptResults) -> None:
    """Put the pages that Sphinx has made into their final form, and check them."""
    course, edition = book.course, book.edition
    _keep_downloads(course.root, html)
    _turn_around(html)
    mend_tables(html)
    move_figures(html)
    move_styles(html, results)
    if edition.article == "quotes":
        shorten(Article(course.seeds.article), html, results)
    trim(html, results)
    write_search_index(html, results, article=course.seeds.article if edition.article == "quotes" else "")
    book.complete(html)
    require_fit(course, html, edition, results)
    book.root_missing_page(html)
    (html / ".nojekyll").touch()  # GitHub Pages would leave out folders that begin with "_"


def _turn_around(html: Path) -> None:
    """Say on each page that its language is written from right to left, if it is; Sphinx doesn't."""
    if direction(language()) == "ltr":
        return
    for path in html.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        turned = re.sub(r'(<html lang="[^"]*")(?! dir=)', r'\1 dir="rtl"', page, count=1)
        path.write_text(turned, encoding="utf-8", newline="\n")


def _measured(course: Course, html: Path, results: KeptResults) -> str:
    """Return a sentence that says how much of the article a public site has, and how many tasks need no file."""
    share, tasks = article_share(Article(course.seeds.article), html, results), count_tasks(html)["all"]
    return t("quotations.measured", share=f"{share.share:.0%}", longest=share.longest, free=tasks.free, all=tasks.all)


def require_place(root: Path, folder: SiteFolder) -> None:
    """Refuse, before anything is made, a folder where a site cannot or must not be put.

    Raises:
        BookError: the folder is the course itself or one that the course is read from, has another home page, or
            cannot be written to.
    """
    parts = folder.out.relative_to(root).parts if folder.out.is_relative_to(root) else None
    if parts is not None and (not parts or parts[0] in READ):
        message = f"{folder.out} is of the course itself; name a folder for the site with --out"
        raise BookError(message)
    try:
        folder.require_free(["index.html"])
        folder.require_writable()
    except PlacingError as error:
        raise BookError(str(error)) from error


def put(folder: SiteFolder, site: Path, say: Callable[[str], object] = lambda _: None) -> Placement:
    """Put a finished site into its place; ``say`` is told if another build is writing there.

    Raises:
        BookError: something is in the way, or the system does not accept a file.
    """
    try:
        return folder.put(site, say)
    except PlacingError as error:
        raise BookError(str(error)) from error


def stage(course: Course, source: Path, edition: Edition = COMPLETE, site: SiteSettings | None = None) -> None:
    """Assemble the folder that Sphinx reads: the pages of an edition, the notebooks, the browser code.

    The pages are in ``book/`` in the course, but one level higher in the book, so links between the two are adjusted.

    Raises:
        BookError: a page is missing from the table of contents, an entry there has no page, or the browser code is
            missing.
    """
    root = course.root
    _put_book(course, source)
    edition.apply(source)
    site = site or SiteSettings()
    put_citation(course, source, site.file.address)
    put_site(course, source, edition, site)
    put_article(course, source)
    put_course(course, source)
    put_copy(course, source)
    put_first_look(course, source)
    put_sources(course, source)
    for page in source.rglob("*.md"):
        up = path_to_top(page, source)
        _rewrite(page, f"](../{up}", f"]({up}")
    for folder in FOLDERS:
        (source / folder).mkdir(exist_ok=True)
        for path in sorted((root / folder).iterdir()):
            if path.suffix == ".ipynb" or path.suffix in IMAGES:
                shutil.copyfile(path, source / folder / path.name)
        for notebook in (source / folder).glob("*.ipynb"):
            _rewrite(notebook, "](../book/", "](../")
    fit_to_lessons(course, source)
    _require_listed(source)
    for script in SCRIPTS:
        if not script.is_file():
            message = f"src/copydesk/static/{script.name} is missing; make it with `npm run build` in js/"
            raise BookError(message)
        shutil.copyfile(script, source / "_static" / script.name)


def _put_book(course: Course, source: Path) -> None:
    """Copy what every book has, and the course's own pages over it; write the pages that are needed and not there."""
    shutil.copytree(BOOK, source)
    own = course.root / "book"
    if own.is_dir():
        shutil.copytree(own, source, ignore=shutil.ignore_patterns("_build", ".*"), dirs_exist_ok=True)
    put_default_pages(course, source)
    if not (own / CONFIG).is_file():
        config = yaml.safe_load((source / CONFIG).read_text(encoding="utf-8"))
        text = yaml.safe_dump({"title": course.facts.title, **config}, sort_keys=False, allow_unicode=True)
        (source / CONFIG).write_text(text, encoding="utf-8", newline="\n")


def require_fit(course: Course, html: Path, edition: Edition = COMPLETE, results: KeptResults | None = None) -> None:
    """Check a built book before anyone gets it.

    Raises:
        BookError: a page loads from another host, a link leads nowhere, a graded key can be read, or there is more of
            the article than the edition may have.
    """
    results = results or KeptResults()
    faults = outside_requests(html, results) + broken_links(html, results)
    faults += map(str, find_leaks(course, html, results))
    if edition.article == "quotes":
        faults += article_share(Article(course.seeds.article), html, results).faults()
    if faults:
        raise BookError("\n".join(["The book was not written:", *faults]))


def _rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    if old in text:
        path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def _require_listed(source: Path) -> None:
    """Refuse a page that is not in the table of contents, as no one would find it, and an entry without a page."""
    from sphinx.util.matching import Matcher  # noqa: PLC0415  (only the book needs Sphinx)

    contents, config = (yaml.safe_load((source / name).read_text(encoding="utf-8")) for name in ("_toc.yml", CONFIG))
    listed = list(listed_files(contents))
    is_left_out = Matcher(config.get("exclude_patterns", []))
    pages = {}
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source).as_posix()
        if path.suffix in PAGES and not is_left_out(name):
            pages[name.removesuffix(path.suffix)] = name
    faults = []
    for page, name in pages.items():
        if page not in listed:
            faults.append(f"{name} is in no table of contents; add 'file: {page}' to book/_toc.yml")
    for page in sorted(set(listed) - set(pages)):
        faults += [f"book/_toc.yml names {page}, and there is no such page; write it, or take out the line"]
    if faults:
        raise BookError("\n".join(faults))


def _keep_downloads(root: Path, html: Path) -> None:
    """Offer notebooks for download as they are in the course, and no other sources."""
    for path in (html / "_sources").rglob("*"):
        if path.suffix == ".ipynb":
            path.write_bytes(read_text(root / path.relative_to(html / "_sources")).encode())
        elif path.is_file():
            path.unlink()
