"""A site is put into a folder that people use: nothing of theirs is touched, and no page is ever missing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from filelock import FileLock
from typer.testing import CliRunner

from copydesk.commands.main import app
from copydesk.course.settings import find_root
from copydesk.owned_files import OwnedFiles
from copydesk.publish import placing
from copydesk.publish.placing import LOCK, PASSING, Placement, PlacingError, SiteFolder

MARKER = ".copydesk-book"
LIST = ".copydesk-book.json"
SITE = {"index.html": "home", "lessons/a.html": "A", "_static/book.css": "css", ".nojekyll": ""}


def tree(folder: Path, files: dict[str, str]) -> Path:
    """Write files and return their folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def site(tmp_path: Path, files: dict[str, str]) -> Path:
    """Return a finished site of these files, as a build makes it elsewhere."""
    shutil.rmtree(tmp_path / "made", ignore_errors=True)
    return tree(tmp_path / "made", files)


def put(tmp_path: Path, files: dict[str, str]) -> Placement:
    """Put a site into the folder ``out``."""
    return SiteFolder(tmp_path / "out", kind="book", marker=MARKER).put(site(tmp_path, files))


def content(folder: Path) -> dict[str, str]:
    """Return the files below a folder with their text, without the list."""
    paths = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts and path.name != LIST)
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder and return what it says."""
    name = ("-c", "user.name=Robin Example", "-c", "user.email=robin@example.org", "-c", "core.autocrlf=false")
    program = shutil.which("git")
    assert program is not None
    done = subprocess.run([program, *name, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def test_a_site_in_a_git_folder_is_renewed_and_nothing_else_changes(tmp_path: Path) -> None:
    """A repository, CNAME and robots.txt outlive every build, and git sees only the pages that changed."""
    out = tree(tmp_path / "out", {"CNAME": "media.example.org\n", "robots.txt": "", "notes/plan.md": "p"})
    git(out, "init", "-q")
    first = put(tmp_path, SITE)
    assert first.others == (".git", "CNAME", "notes", "robots.txt")
    git(out, "add", "-A")
    git(out, "commit", "-q", "-m", "The site")
    times = {path: path.stat().st_mtime_ns for path in out.rglob("*") if ".git" not in path.parts}
    again = put(tmp_path, SITE)
    assert (again.written, again.removed) == (0, 0)
    assert git(out, "status", "--porcelain") == ""
    assert times == {path: path.stat().st_mtime_ns for path in out.rglob("*") if ".git" not in path.parts}

    changed = put(tmp_path, {"index.html": "home 2", "lessons/b.html": "B", "_static/book.css": "css", ".nojekyll": ""})
    assert (changed.written, changed.removed) == (2, 1)
    lines = sorted(git(out, "status", "--porcelain", "-uall").splitlines())
    assert lines == [" D lessons/a.html", f" M {LIST}", " M index.html", "?? lessons/b.html"]
    assert content(out).keys() >= {"CNAME", "robots.txt", "notes/plan.md"}
    assert git(out, "log", "--format=%s") == "The site\n"


def test_a_file_of_another_origin_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    """A build stops before its first file where it would overwrite one that it did not write."""
    out = tree(tmp_path / "out", {"lessons/a.html": "mine", "robots.txt": "r"})
    with pytest.raises(PlacingError, match=r"a\.html: a file of another origin\n.*another folder with --out"):
        put(tmp_path, SITE)
    assert content(out) == {"lessons/a.html": "mine", "robots.txt": "r"}
    assert not (out / LIST).exists()


def test_a_file_that_says_the_same_is_not_in_the_way_and_stays_its_owners(tmp_path: Path) -> None:
    """People put an empty .nojekyll there themselves; a build neither stops at it nor ever removes it."""
    out = tree(tmp_path / "out", {".nojekyll": ""})
    put(tmp_path, SITE)
    put(tmp_path, {"index.html": "home"})
    assert content(out) == {".nojekyll": "", "index.html": "home"}


def test_what_stands_where_a_file_or_folder_is_needed_is_named(tmp_path: Path) -> None:
    """Links lead elsewhere, so nothing is written through them; a file is no folder, and a folder no file."""
    other = tree(tmp_path / "other", {"a.html": "elsewhere"})
    out = tree(tmp_path / "out", {"_static": "a file", "index.html/x": "in a folder"})
    (out / "lessons").symlink_to(other, target_is_directory=True)
    with pytest.raises(PlacingError) as stopped:
        put(tmp_path, SITE)
    said = str(stopped.value)
    assert f"{out / '_static'}: a file, where a folder should be" in said
    assert f"{out / 'lessons'}: a link, where a folder should be" in said
    assert f"{out / 'index.html'}: a folder with 1 files, where a file should be" in said
    assert content(other) == {"a.html": "elsewhere"}


def test_a_link_in_place_of_a_page_is_not_followed(tmp_path: Path) -> None:
    """A link that is not ours is named, even where it leads to a page with the same words."""
    other = tree(tmp_path / "other", {"home.html": "home"})
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "index.html").symlink_to(other / "home.html")
    with pytest.raises(PlacingError, match=r"index\.html: a link"):
        put(tmp_path, SITE)
    assert content(other) == {"home.html": "home"}


@pytest.mark.parametrize("name", ["out", "out/deeper"])
def test_a_file_is_no_folder_for_a_site(tmp_path: Path, name: str) -> None:
    """A site cannot be put where a file is, nor below one."""
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(PlacingError, match="is a file, and a folder is needed there"):
        SiteFolder(tmp_path / name, kind="book", marker=MARKER).put(site(tmp_path, SITE))
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_what_was_ours_may_change_its_shape(tmp_path: Path) -> None:
    """A page of the last build can become a folder in the next, and a folder a page."""
    put(tmp_path, {"index.html": "1", "a": "file", "b/c.html": "in a folder"})
    put(tmp_path, {"index.html": "1", "a/d.html": "in a folder", "b": "file"})
    assert content(tmp_path / "out") == {"index.html": "1", "a/d.html": "in a folder", "b": "file"}


def test_a_list_cannot_lead_outside(tmp_path: Path) -> None:
    """Whatever the list says, nothing outside of the folder is removed, also not through a link."""
    tree(tmp_path, {"beside.txt": "mine", "other/a.html": "mine"})
    out = tree(tmp_path / "out", {LIST: ""})
    names = ["../beside.txt", str(tmp_path / "beside.txt"), "x/../../beside.txt", "..\\beside.txt", "way/a.html", ""]
    (out / LIST).write_text(json.dumps(names), encoding="utf-8")
    (out / "way").symlink_to(tmp_path / "other", target_is_directory=True)
    put(tmp_path, SITE)
    assert (tmp_path / "beside.txt").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "other" / "a.html").read_text(encoding="utf-8") == "mine"


def test_a_folder_of_the_first_edition_is_taken_over(tmp_path: Path) -> None:
    """Where only the old marker is, pages are overwritten, all else stays, and the terminal says what may be left."""
    old = {MARKER: "0.1.0\n", "index.html": "old", "old.html": "old", "CNAME": "media.example.org"}
    out = tree(tmp_path / "out", old)
    placed = put(tmp_path, SITE)
    assert content(out) == {**SITE, "old.html": "old", "CNAME": "media.example.org"}
    assert placed.others == ("CNAME", "old.html")
    assert "kept no list" in placed.text()
    assert "kept no list" not in put(tmp_path, SITE).text()


def test_two_kinds_of_site_in_one_folder_are_kept_apart(tmp_path: Path) -> None:
    """A book does not take the files of another command for its own."""
    SiteFolder(tmp_path / "out", kind="lite", marker=".copydesk-lite").put(site(tmp_path, {"lab/index.html": "lab"}))
    put(tmp_path, SITE)
    put(tmp_path, SITE)
    assert content(tmp_path / "out")["lab/index.html"] == "lab"
    with pytest.raises(PlacingError, match="another origin"):
        put(tmp_path, {**SITE, "lab/index.html": "book"})


def test_one_file_in_two_spellings_is_one_file(tmp_path: Path) -> None:
    """Where capitals make no difference to the disk, a page whose name changed in them is neither foreign nor removed.

    Two names of one file stand in for such a disk.
    """
    out = tmp_path / "out"
    put(tmp_path, {"index.html": "home", "Page.html": "page"})
    os.link(out / "Page.html", out / "page.html")
    put(tmp_path, {"index.html": "home", "page.html": "page"})
    assert content(out)["page.html"] == "page"


def test_pages_come_after_what_they_load_and_the_first_page_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At every moment each page is there whole, and what a new page loads is there before it."""
    put(tmp_path, SITE)
    out, order = tmp_path / "out", []
    rename = Path.replace

    def watched(path: Path, target: Path) -> Path:
        moved = rename(path, target)
        if PASSING in path.parts:
            order.append(target.relative_to(out).as_posix())
            assert {name for name in SITE if name.endswith(".html")} <= content(out).keys()
        return moved

    monkeypatch.setattr(Path, "replace", watched)
    put(tmp_path, {"index.html": "2", "lessons/b.html": "B", "_static/book.css": "2", "_static/new.js": "n"})
    assert order == ["_static/book.css", "_static/new.js", "lessons/b.html", "index.html"]
    assert content(out) == {"index.html": "2", "lessons/b.html": "B", "_static/book.css": "2", "_static/new.js": "n"}


KILLED = """
import sys
from pathlib import Path
from copydesk.publish.placing import SiteFolder
SiteFolder(Path(sys.argv[2]), kind="book", marker=".copydesk-book").put(Path(sys.argv[1]))
"""


def test_a_killed_build_leaves_whole_pages_and_the_next_one_finishes(tmp_path: Path) -> None:
    """Killed at any moment, every page is the old or the new one, and the next build finds nothing in its way."""
    pages = dict.fromkeys((f"lessons/{number}.html" for number in range(150)), "old " * 5000)
    made = site(tmp_path, {**SITE, **pages, "gone.html": "old"})
    out = tree(tmp_path / "out", {"CNAME": "media.example.org"})
    place = SiteFolder(out, kind="book", marker=MARKER)
    place.put(made)
    new = SITE | dict.fromkeys(pages, "new " * 5000)
    made = site(tmp_path, new)
    kills = 0
    for pause in (0.0, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05):
        child = subprocess.Popen([sys.executable, "-c", KILLED, str(made), str(out)])
        while child.poll() is None and not (out / PASSING).exists():
            time.sleep(0.0005)
        time.sleep(pause)
        child.kill()
        kills += child.wait() == -signal.SIGKILL if hasattr(signal, "SIGKILL") else 1
        shown = content(out)
        assert {shown[name] for name in pages} <= {"old " * 5000, "new " * 5000}
        assert shown["CNAME"] == "media.example.org"
        for number, name in enumerate(pages):  # half of the pages old again, for the next round
            if number % 2:
                (out / name).write_text("old " * 5000, encoding="utf-8")
    assert kills
    SiteFolder(out, kind="book", marker=MARKER).put(made)
    assert content(out) == {**new, "CNAME": "media.example.org"}
    assert not (out / PASSING).exists()


def test_a_disk_that_takes_no_more_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system refuses a file the old pages stay, the message says so, and the next build mends it."""
    put(tmp_path, SITE)

    def full(_: object, target: Path) -> None:
        raise OSError(28, "No space left on device", str(target))

    with monkeypatch.context() as patched:
        patched.setattr(placing.shutil, "copyfile", full)
        with pytest.raises(PlacingError, match=r"No space left on device.*run the command again"):
            put(tmp_path, {**SITE, "index.html": "home 2"})
    assert content(tmp_path / "out") == SITE
    put(tmp_path, {**SITE, "index.html": "home 2"})
    assert content(tmp_path / "out")["index.html"] == "home 2"


@pytest.mark.parametrize("name", [".", "lessons/site", "solutions"])
def test_the_course_itself_is_no_place_for_a_site(name: str) -> None:
    """A site among the sources would become one of them; it is refused before anything is made."""
    result = CliRunner().invoke(app, ["book", "--out", str(find_root() / name)])
    assert result.exit_code == 1
    assert "is of the course itself" in result.output
    assert not OwnedFiles(find_root() / name, "book").names


def test_a_first_page_of_another_origin_stops_the_book_at_once(tmp_path: Path) -> None:
    """Nobody waits a minute to be told that a folder holds another site."""
    tree(tmp_path, {"index.html": "mine"})
    result = CliRunner().invoke(app, ["book", "--out", str(tmp_path)])
    assert result.exit_code == 1
    assert "Making the pages" not in result.output
    assert "another folder with --out" in " ".join(result.output.split())
    assert content(tmp_path) == {"index.html": "mine"}


def modes(folder: Path) -> dict[str, str]:
    """Return the permissions of a site's files and of its folders."""
    paths = [path for path in (folder, *folder.rglob("*")) if path.name != LIST]
    return {path.relative_to(folder).as_posix(): oct(path.stat().st_mode & 0o777) for path in paths}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_server_can_read_the_site_whatever_the_umask(tmp_path: Path) -> None:
    """A strict umask takes nothing from a site, nor from what an earlier Copy Desk wrote under it."""
    old = os.umask(0o077)
    try:
        SiteFolder(tmp_path / "www/school", kind="book", marker=MARKER).put(site(tmp_path, SITE))
        out = tmp_path / "www" / "school"
        (out / "index.html").chmod(0o600)
        (out / "lessons").chmod(0o700)
        SiteFolder(out, kind="book", marker=MARKER).put(site(tmp_path, SITE))
    finally:
        os.umask(old)
    files = dict.fromkeys(SITE, "0o644")
    folders = dict.fromkeys((".", "lessons", "_static"), "0o755")
    assert modes(out) == files | folders
    assert oct(out.parent.stat().st_mode & 0o777) == "0o755"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
@pytest.mark.parametrize("name", ["closed", "closed/school/media"])
def test_a_place_that_cannot_be_written_is_refused_at_once(tmp_path: Path, name: str) -> None:
    """The folder, or the one in which it would be, is tried before any work; the message names place and remedy."""
    for path in (tmp_path, *tmp_path.parents[:3]):
        path.chmod(path.stat().st_mode | 0o055)  # so that someone who may do nothing comes as far as this
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o555)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)  # whom no one gave anything
    try:
        with pytest.raises(PlacingError, match=r"closed \(Permission denied\)\. Change who may .* with --out"):
            SiteFolder(tmp_path / name, kind="book", marker=MARKER).require_writable()
    finally:
        if is_root:
            os.seteuid(0)
    assert list(closed.iterdir()) == []


def test_two_builds_into_one_folder_take_turns(tmp_path: Path) -> None:
    """The second says that it waits, and begins when the first is through; then the folder is whole."""
    out, made = tmp_path / "out", site(tmp_path, SITE)
    second = SiteFolder(out, kind="book", marker=MARKER)  # it has looked before the first wrote anything
    put(tmp_path, {**SITE, "lessons/old.html": "old"})
    made = site(tmp_path, SITE)
    told: list[str] = []
    waits = threading.Event()
    thread = threading.Thread(target=lambda: second.put(made, lambda said: (told.append(said), waits.set())))
    with FileLock(out / LOCK):
        thread.start()
        assert waits.wait(30)
        assert (out / "lessons" / "old.html").is_file()
    thread.join(30)
    assert told == [f"Another build is writing to {out}. This one waits until it has finished."]
    assert content(out) == SITE
