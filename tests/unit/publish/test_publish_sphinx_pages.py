"""Pages are made of what is there now, and what Sphinx says is said again in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from copydesk.publish.sphinx_pages import make_pages
from copydesk.publish.sphinx_settings import PagesError

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore:.*Check CHANGES for Sphinx API modifications")
"""Extensions that are not ours still use names that later versions of Sphinx will not have."""

CONFIG = "title: Test\nonly_build_toc_files: true\nsphinx: {config: {html_copy_source: false}}\n"


@pytest.fixture
def staged(tmp_path: Path) -> Path:
    """Return a book of two pages."""
    folder = tmp_path / "staged"
    folder.mkdir()
    texts = {
        "_config.yml": CONFIG,
        "_toc.yml": "format: jb-book\nroot: index\nchapters: [{file: second}]\n",
        "index.md": "# First\n\n[on](second.md#cue)\n",
        "second.md": "# Second\n\n(cue)=\n## Cue\n\nA cue.\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def contents(html: Path) -> dict[str, bytes]:
    """Return the files of a folder, but for Sphinx's own note, which no book keeps."""
    files = (path for path in html.rglob("*") if path.is_file() and path.name != ".buildinfo")
    return {path.relative_to(html).as_posix(): path.read_bytes() for path in files}


def read_again(work: Path, before: dict[str, int]) -> set[str]:
    """Return which sources were read since then, by the times of what Sphinx keeps of them."""
    return {path.stem for path in (work / "doctrees").glob("*.doctree") if path.stat().st_mtime_ns != before[path.stem]}


def times(work: Path) -> dict[str, int]:
    """Return when each source was read."""
    return {path.stem: path.stat().st_mtime_ns for path in (work / "doctrees").glob("*.doctree")}


def test_only_a_page_that_has_changed_is_read_again(staged: Path, tmp_path: Path) -> None:
    """Its new title stands in the other page all the same, and all is as in a book made from nothing."""
    work = tmp_path / "work"
    make_pages(staged, work, "one")
    before = times(work)
    (staged / "second.md").write_text("# Renamed\n\n(cue)=\n## Cue\n\nA cue.\n", encoding="utf-8")
    again = contents(make_pages(staged, work, "one"))
    assert read_again(work, before) == {"second"}
    assert b"Renamed" in again["index.html"]
    assert again == contents(make_pages(staged, tmp_path / "other", "one"))


def test_other_software_reads_everything_again(staged: Path, tmp_path: Path) -> None:
    """What an earlier version has read may have another form."""
    work = tmp_path / "work"
    make_pages(staged, work, "one")
    before = times(work)
    make_pages(staged, work, "two")
    assert read_again(work, before) == {"index", "second"}


@pytest.mark.parametrize("damage", ["", "[]", '{"pages": 1, "frame": 2}'])
def test_a_damaged_record_costs_time_only(staged: Path, tmp_path: Path, damage: str) -> None:
    """What cannot be trusted is not used."""
    work = tmp_path / "work"
    first = contents(make_pages(staged, work, "one"))
    (work / "sources.json").write_text(damage, encoding="utf-8")
    assert contents(make_pages(staged, work, "one")) == first


def test_a_damaged_page_that_was_read_is_read_again(staged: Path, tmp_path: Path) -> None:
    """A disk that was full, or a program that cleans up, leaves no book that cannot be built."""
    work = tmp_path / "work"
    first = contents(make_pages(staged, work, "one"))
    (work / "doctrees" / "second.doctree").write_bytes(b"")
    assert contents(make_pages(staged, work, "one")) == first


def test_a_warning_stops_the_build_and_names_the_page(staged: Path, tmp_path: Path) -> None:
    """It stops each build until it is mended, not only the one that read the page, and tells no path of the machine."""
    work = tmp_path / "work"
    make_pages(staged, work, "one")
    (staged / "second.md").write_text("# Second\n\n```{nothing}\n```\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(PagesError, match=r"^second\.md:3: WARNING: .*nothing"):
            make_pages(staged, work, "one")
    (staged / "second.md").write_text("# Second\n", encoding="utf-8")
    with pytest.raises(PagesError, match="cue"):
        make_pages(staged, work, "one")


def test_contents_that_name_no_page_stop_the_build(staged: Path, tmp_path: Path) -> None:
    """The message names the page that is missing."""
    (staged / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters: [{file: third}]\n", encoding="utf-8")
    with pytest.raises(PagesError, match="third"):
        make_pages(staged, tmp_path / "work", "one")
