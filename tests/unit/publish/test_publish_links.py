"""Built pages load nothing from another host, link to what exists, and carry nothing unused."""

from __future__ import annotations

import base64
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from copydesk.course.course import Course
from copydesk.course.course_file import COURSE_FILE
from copydesk.course.settings import find_root
from copydesk.publish import build as book
from copydesk.publish.build import BookError
from copydesk.publish.figure_files import move_figures
from copydesk.publish.links import broken_links, mend_tables, outside_requests, trim
from copydesk.publish.styles import join_styles, remove_unused_rules

if TYPE_CHECKING:
    from pathlib import Path


def site(folder: Path, **pages: str) -> Path:
    """Write pages and return their folder."""
    for name, text in pages.items():
        path = folder / f"{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "tag",
    [
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="//fonts.example/x.css">',
        '<link rel="preconnect" href="https://fonts.example">',
        '<img alt="" src="a.png" srcset="a.png 1x, https://img.example/b.png 2x">',
        '<iframe src="https://video.example/1"></iframe>',
        '<div style="background: url(https://img.example/c.png)"></div>',
        "<style>@import 'https://fonts.example/y.css';</style>",
        '<svg><image href="https://img.example/d.svg"/></svg>',
    ],
)
def test_what_would_be_fetched_from_another_host_is_found(tmp_path: Path, tag: str) -> None:
    """Each way in which a page can load something is looked at."""
    (tmp_path / "a.png").touch()
    assert len(outside_requests(site(tmp_path, index=f"<html>{tag}</html>"))) == 1


def test_links_to_other_sites_load_nothing(tmp_path: Path) -> None:
    """A link that a reader may follow is no request, and a data address is none either."""
    html = '<a href="https://creativecommons.org/">CC</a><img alt="" src="data:image/png;base64,AA">'
    assert outside_requests(site(tmp_path, index=html)) == []


def test_links_within_the_book_are_followed(tmp_path: Path) -> None:
    """A missing page, a missing name and a way out of the folder are named; what exists is not."""
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / "a.html").write_text(
        '<h2 id="cue">Cue</h2><a href="../index.html#top">up</a>', encoding="utf-8"
    )
    links = ["lessons/a.html#cue", "#top", "lessons/a.html#hint", "lessons/b.html", "/index.html", "../x.html"]
    html = '<p id="top"></p>' + "".join(f'<a href="{link}">x</a>' for link in links)
    found = broken_links(site(tmp_path, index=html))
    assert [line.split(" leads to ")[1].split(",")[0] for line in found] == links[2:]


def test_styles_for_absent_classes_go() -> None:
    """A rule stays if any element could match it; a group that has become empty goes."""
    css = """
    /* a comment */ @charset "utf-8"; .gone { color: red } .here, .gone > b { color: blue }
    p:not(.gone) { margin: 0 } html[data-theme="dark"] .here::after { content: "x" }
    @media print { .gone { top: 0 } } @media screen { .here { top: 0 } .gone { left: 0 } }
    @font-face { font-family: Icons; src: url(icons.woff2) } @keyframes turn { from { top: 0 } to { top: 1px } }
    """
    left = "".join(remove_unused_rules(css, {"here"}).split())
    assert "gone>b" not in left
    assert ".gone{" not in left
    for kept in (
        ".here{color:blue}",
        "p:not(.gone){margin:0}",
        ".here::after",
        "@mediascreen{.here{top:0}}",
        "@keyframes",
    ):
        assert kept in left
    for gone in ("comment", "@mediaprint", "icons.woff2"):
        assert gone not in left


def test_files_that_nothing_loads_go(tmp_path: Path) -> None:
    """The book carries what its pages use; what a style sheet uses is used, and so is a script that another names."""
    static = tmp_path / "_static"
    (static / "fonts").mkdir(parents=True)
    for name in ("b.js", "c.js", "a.js.map", "p.png", "fonts/f.woff2"):
        (static / name).write_text("", encoding="utf-8")
    (static / "a.js").write_text('load("c.js"); load("d.js")', encoding="utf-8")
    (static / "a.css").write_text("body { background: url(p.png) }", encoding="utf-8")
    html = '<link rel="stylesheet" href="_static/a.css"><script src="_static/a.js?v=1"></script>'
    trim(site(tmp_path, index=html))
    assert sorted(path.name for path in static.rglob("*")) == [
        "a.js",
        "book-styles.css",
        "c.js",
        "p.png",
    ]


def test_every_page_loads_one_style_sheet(tmp_path: Path) -> None:
    """All style sheets are one, in their order; addresses in them still lead where they led."""
    static = tmp_path / "_static"
    (static / "styles").mkdir(parents=True)
    (static / "p.png").write_bytes(b"")
    (static / "styles" / "theme.css").write_text(
        '@charset "UTF-8"; .here { background: url(../p.png) } p { color: var(--ink) } :root { --ink: red }',
        encoding="utf-8",
    )
    (static / "own.css").write_text(
        ".here { color: green } .copydesk-static { top: 0 } .book-paper { left: 0 }", encoding="utf-8"
    )
    (static / "macros.html").write_text('<link rel="stylesheet" href="{{ name }}">', encoding="utf-8")
    link = '<link rel="stylesheet" href="{}{}" type="text/css">\n'
    links = link.format("{0}", "styles/theme.css?v=1") + link.format("{0}", "own.css")
    page = '<head>{}<title>x</title></head><p class="there here">'
    pages = {"index": page.format(links.format("_static/")), "lessons/a": page.format(links.format("../_static/"))}
    join_styles(site(tmp_path, **pages))
    css = (static / "book-styles.css").read_text(encoding="utf-8")
    kept = ".here{background:url(p.png)}p{color:var(--ink)}:root{--ink:red}.here{color:green}.book-paper{left:0}"
    assert "".join(css.split()) == kept
    for name, up in (("index", ""), ("lessons/a", "../")):
        text = (tmp_path / f"{name}.html").read_text(encoding="utf-8")
        assert text.count("stylesheet") == 1
        assert f'<head><link rel="stylesheet" href="{up}_static/book-styles.css?v=' in text
    trim(tmp_path)
    assert broken_links(tmp_path) == []


def test_headers_that_say_nothing_become_cells(tmp_path: Path) -> None:
    """The empty corner that pandas leaves is a cell; a header with words stays one."""
    page = tmp_path / "page.html"
    page.write_text('<tr><th></th><th class="head"><p></p></th><th>share</th></tr>', encoding="utf-8")
    mend_tables(tmp_path)
    assert page.read_text(encoding="utf-8") == '<tr><td></td><td class="head"></td><th>share</th></tr>'


def test_figures_become_files_with_their_size(tmp_path: Path) -> None:
    """A page is whole before its figures have come: each lies in a file, once, and its place is kept free."""
    svg = b'<?xml version="1.0"?>\n<svg xmlns:xlink="x" width="150pt" height="75.3pt" viewBox="0 0 150 75.3"></svg>'
    image = f'<img alt="A chart" src="data:image/svg+xml;base64,{base64.b64encode(svg).decode()}" style="height:auto">'
    move_figures(site(tmp_path, index=image, **{"lessons/a": image}))
    (figure,) = (tmp_path / "_static" / "figures").iterdir()
    assert figure.read_bytes() == svg
    size = 'width="200" height="100" loading="lazy" style="height:auto">'
    for page, up in (("index", ""), ("lessons/a", "../")):
        text = (tmp_path / f"{page}.html").read_text(encoding="utf-8")
        assert text == f'<img alt="A chart" src="{up}_static/figures/{figure.name}" {size}'
    assert broken_links(tmp_path) == []


def test_each_shape_of_a_figure_has_a_file(tmp_path: Path) -> None:
    """A figure for wide and one for narrow screens are two files with their sizes, and only one is fetched."""
    narrow, wide = (f'<svg width="{width}pt" height="30pt"></svg>'.encode() for width in (75, 150))
    first, second = (f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}" for svg in (narrow, wide))
    picture = f'<picture><source media="(max-width: 600px)" srcset="{first}"><img alt="A" src="{second}"></picture>'
    move_figures(site(tmp_path, **{"lessons/a": picture}))
    assert {path.read_bytes() for path in (tmp_path / "_static" / "figures").iterdir()} == {narrow, wide}
    text = (tmp_path / "lessons/a.html").read_text(encoding="utf-8")
    assert re.search(r'srcset="\.\./_static/figures/\w+\.svg" width="100" height="40">', text)
    assert re.search(r'src="\.\./_static/figures/\w+\.svg" width="200" height="40" loading="lazy">', text)
    assert broken_links(tmp_path) == []


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a course with one page and one lesson."""
    root = tmp_path / "course"
    for folder in ("book/_static", "lessons/quizzes", "exercises/tasks", "solutions/tasks", "seeds"):
        (root / folder).mkdir(parents=True)
    shutil.copyfile(find_root() / COURSE_FILE, root / COURSE_FILE)
    (root / "book" / "_config.yml").write_text("title: Copy Desk\n", encoding="utf-8")
    shutil.copyfile(find_root() / "CITATION.cff", root / "CITATION.cff")
    (root / "book" / "_toc.yml").write_text("root: index\nchapters:\n  - file: lessons/02-a\n", encoding="utf-8")
    (root / "book" / "index.md").write_text("[go](../lessons/02-a.ipynb)", encoding="utf-8")
    (root / "lessons" / "02-a.ipynb").write_text('"[cue](../book/glossary.md#cue)"', encoding="utf-8")
    (root / "lessons" / "quizzes" / "02-a.yml").write_text("tasks: []", encoding="utf-8")
    (root / "solutions" / "02-a.ipynb").write_text("secret", encoding="utf-8")
    scripts = (tmp_path / "copydesk.js", tmp_path / "copydesk-more.js")
    for script in scripts:
        script.write_text("var CopyDesk;", encoding="utf-8")
    monkeypatch.setattr(book, "SCRIPTS", scripts)
    return root


def test_staging_moves_links_and_leaves_keys_behind(course: Path, tmp_path: Path) -> None:
    """Links work in the course and in the book; neither quizzes nor solutions are staged."""
    book.stage(Course(course), tmp_path / "source")
    staged = {path.relative_to(tmp_path / "source").as_posix() for path in (tmp_path / "source").rglob("*.*")}
    every_book = {path.relative_to(book.BOOK).as_posix() for path in book.BOOK.rglob("*.*")}
    assert "_templates/layout.html" in every_book
    assert staged - every_book == {"_toc.yml", "index.md", "lessons/02-a.ipynb"} | {
        "_static/copydesk.js",
        "_static/copydesk-more.js",
    }
    assert "(lessons/02-a.ipynb)" in (tmp_path / "source" / "index.md").read_text(encoding="utf-8")
    assert "(../glossary.md#cue)" in (tmp_path / "source" / "lessons" / "02-a.ipynb").read_text(encoding="utf-8")


def test_a_notebook_outside_the_contents_is_refused(course: Path, tmp_path: Path) -> None:
    """A lesson that nobody could find is a mistake, and the message says which line to add."""
    (course / "lessons" / "03-b.ipynb").write_text("{}", encoding="utf-8")
    with pytest.raises(BookError, match=r"add 'file: lessons/03-b' to book/_toc\.yml"):
        book.stage(Course(course), tmp_path / "source")


def test_a_page_outside_the_contents_is_refused(course: Path, tmp_path: Path) -> None:
    """A page of the book is found by no one without a line in the contents, unless the settings leave it out."""
    (course / "book" / "draft.md").write_text("# Draft", encoding="utf-8")
    with pytest.raises(BookError, match=r"draft\.md is in no table of contents; add 'file: draft' to book/_toc\.yml"):
        book.stage(Course(course), tmp_path / "source")
    (course / "book" / "_config.yml").write_text("title: Copy Desk\nexclude_patterns: [draft*]\n", encoding="utf-8")
    book.stage(Course(course), tmp_path / "again")


def test_a_line_of_the_contents_without_a_page_is_refused(course: Path, tmp_path: Path) -> None:
    """A link that leads nowhere is named before any notebook runs."""
    with (course / "book" / "_toc.yml").open("a", encoding="utf-8") as contents:
        contents.write("  - file: nowhere\n")
    with pytest.raises(BookError, match=r"_toc\.yml names nowhere, and there is no such page; write it, or take"):
        book.stage(Course(course), tmp_path / "source")


def test_a_page_that_asks_another_host_stops_the_build(course: Path, tmp_path: Path) -> None:
    """The check that protects readers runs in the command itself, and not only in a test."""
    (course / "solutions" / "02-a.ipynb").unlink()
    with pytest.raises(BookError, match="from another host"):
        book.require_fit(Course(course), site(tmp_path / "html", index='<img alt="" src="http://count.example/1.gif">'))
