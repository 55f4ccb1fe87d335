"""What goes into a pack and what never does; and that a pack, unpacked, makes the same pack again."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import packs
import pytest
from jsonschema import Draft202012Validator

from copydesk.course.course import Course
from copydesk.course.documents import ContentError
from copydesk.course.manifest import CourseManifest
from copydesk.course.settings import find_root
from copydesk.release.notebooks import read_notebook
from copydesk.sharing.course_files import is_plain
from copydesk.sharing.packing import pack_course, write_pack
from copydesk.sharing.problems import SharingError
from copydesk.sharing.reading import read_pack
from copydesk.sharing.unpacking import place_for, unpack

if TYPE_CHECKING:
    from pathlib import Path

NEVER = (
    "answers/01-ferry.json",
    "submissions/01-ferry-ada.json",
    "graded/gradebook.csv",
    "my-work/answers/01-ferry.json",
    "class.yml",
    "list.csv",
    "seeds/.secret.yml",
    "seeds/__pycache__/x.txt",
    "lessons/.ipynb_checkpoints/01-ferry-checkpoint.ipynb",
    "lessons/answers/01-ferry.json",
    "solutions/class-report/items.csv",
    ".git/config",
    ".env",
    "conftest.py",
    "book/conf.py",
)
"""Files that a teacher may have in the folder, and that are no one else's business."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return the root of a small course."""
    return packs.write_course(tmp_path / "author")


def names_in(content: bytes) -> set[str]:
    """Return the names in a zip file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize("keys", [False, True])
def test_only_the_course_goes_into_the_pack(root: Path, *, keys: bool) -> None:
    """Answers, people, settings, hidden files and caches stay, and what stays is named."""
    before = pack_course(Course(root), keys=keys)
    for name in NEVER:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("Ada Lovelace", encoding="utf-8")
    after = pack_course(Course(root), keys=keys)
    assert after.content == before.content
    assert b"Ada" not in b"".join(packs.files_of(after.content).values())
    said = " ".join(after.left_out)
    for name in ("answers/", "submissions/", "graded/", "my-work/", "class.yml", "list.csv", ".git/", ".env"):
        assert name in said


def test_a_pack_without_keys_has_no_solution(root: Path) -> None:
    """Solutions go into a pack with keys alone, whose name says so."""
    without, with_keys = pack_course(Course(root), keys=False), pack_course(Course(root), keys=True)
    assert not any(name.startswith("solutions/") for name in names_in(without.content))
    assert packs.WHY.encode() not in b"".join(packs.files_of(without.content).values())
    assert f"solutions/tasks/{packs.LESSON}.yml" in names_in(with_keys.content)
    assert (without.file_name, with_keys.file_name) == ("ferry.zip", "ferry-with-keys.zip")


def test_pages_for_instructors_stay(root: Path) -> None:
    """A pack without keys has neither the pages for instructors nor their lines in the contents and in other pages."""
    (root / "book" / "instructors").mkdir(parents=True)
    page = "# Page\n\n<!-- only: instructors -->\nThe key is A.\n<!-- end -->\n\nText.\n"
    contents = "format: jb-book\nroot: index\nchapters:\n- file: page\n- file: instructors/index\n"
    for name, text in {"page.md": page, "instructors/index.md": "# Keys\n", "_toc.yml": contents}.items():
        (root / "book" / name).write_text(text, encoding="utf-8")
    files = packs.files_of(pack_course(Course(root), keys=False).content)
    assert files["book/page.md"] == b"# Page\n\n\nText.\n"
    assert b"instructors" not in files["book/_toc.yml"]
    assert "book/instructors/index.md" not in files
    assert "book/instructors/index.md" in names_in(pack_course(Course(root), keys=True).content)


def test_a_key_that_learners_could_read_stops_the_pack(root: Path) -> None:
    """Part of a graded key outside the seeds is found, and named with its file; a pack with keys may have it."""
    (root / "README.md").write_text(f"For teachers: {packs.WHY}\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"README\.md.*--keys"):
        pack_course(Course(root), keys=False)
    pack_course(Course(root), keys=True)


def test_an_old_exercise_stops_the_pack(root: Path) -> None:
    """A course whose exercises don't match their solutions isn't given to anyone."""
    tasks = root / "solutions" / "tasks" / f"{packs.LESSON}.yml"
    tasks.write_text(tasks.read_text(encoding="utf-8").replace("Who says that", "Who said that"), encoding="utf-8")
    with pytest.raises(SharingError, match="copydesk release"):
        pack_course(Course(root), keys=False)


def test_rights_must_be_stated(tmp_path: Path) -> None:
    """A text whose rights no one has stated isn't given to others."""
    root = packs.write_course(tmp_path / "author", statement="TO BE WRITTEN: who owns the text?")
    with pytest.raises(SharingError, match=r"seeds/course\.yml"):
        pack_course(Course(root), keys=False)


def test_a_notebook_goes_in_tidied(root: Path) -> None:
    """Outputs and settings that a session left in a notebook don't travel, and the teacher's file stays as it is."""
    path = root / packs.NOTEBOOK
    clean = path.read_bytes()
    path.write_bytes(packs.notebook(metadata={"kernelspec": {"name": "my-kernel"}, "widgets": {"x": 1}}))
    before = path.read_bytes()
    assert packs.files_of(pack_course(Course(root), keys=False).content)[packs.NOTEBOOK] == clean
    assert path.read_bytes() == before


def test_line_ends_make_no_difference(root: Path) -> None:
    """A course on Windows, or fetched by its Git, makes the same bytes."""
    here = pack_course(Course(root), keys=True).content
    for path in root.rglob("*"):
        if path.suffix in {".yml", ".md", ".ipynb"}:
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert pack_course(Course(root), keys=True).content == here


@pytest.mark.parametrize("keys", [False, True])
def test_a_pack_unpacked_makes_the_same_pack(root: Path, tmp_path: Path, *, keys: bool) -> None:
    """Anyone who unpacks a course can hand it on, byte for byte, even with work of their own in it."""
    packed = pack_course(Course(root), keys=keys)
    file = tmp_path / packed.file_name
    write_pack(packed, file)
    pack = read_pack(file)
    place = place_for(pack, tmp_path / "there")
    (tmp_path / "there").mkdir()
    unpack(pack, place.folder)
    (place.folder / "my-work").mkdir()
    assert pack_course(Course(place.folder), keys=keys).content == packed.content


def test_this_course_makes_the_same_pack_again(tmp_path: Path) -> None:
    """The first course, with all of its layers and pages, survives the way there and back without its keys."""
    packed = pack_course(Course(find_root()), keys=False)
    file = tmp_path / packed.file_name
    write_pack(packed, file)
    pack = read_pack(file)
    unpack(pack, place_for(pack, tmp_path).folder)
    assert pack_course(Course(tmp_path / pack.manifest.id), keys=False).content == packed.content


def test_a_pack_is_unpacked_once(root: Path, tmp_path: Path) -> None:
    """The same pack finds its folder again, with the work in it; another course of that name gets another folder."""
    first, second = tmp_path / "one.zip", tmp_path / "two.zip"
    first.write_bytes(pack_course(Course(root), keys=False).content)
    second.write_bytes(packs.bent({"seeds/more.txt": b"more\n"}))
    here = tmp_path / "here"
    here.mkdir()
    unpack(read_pack(first), place_for(read_pack(first), here).folder)
    (here / "ferry" / "my-work").mkdir()
    again = place_for(read_pack(first), here)
    assert (again.folder, again.is_there, again.changed) == (here / "ferry", True, ())
    other = place_for(read_pack(second), here)
    assert (other.folder, other.is_there) == (here / "ferry-2", False)
    unpack(read_pack(second), other.folder)
    assert place_for(read_pack(second), here).folder == here / "ferry-2"
    assert place_for(read_pack(first), here).folder == here / "ferry"


def test_what_changed_in_an_unpacked_course_is_named(root: Path, tmp_path: Path) -> None:
    """A folder that says it is this pack, and isn't any longer, can't pass for it."""
    file = tmp_path / "one.zip"
    file.write_bytes(pack_course(Course(root), keys=False).content)
    pack = read_pack(file)
    unpack(pack, tmp_path / "ferry")
    (tmp_path / "ferry" / packs.NOTEBOOK).write_bytes(packs.notebook(cells=[]))
    (tmp_path / "ferry" / "lessons" / "02-more.ipynb").write_bytes(packs.notebook())
    assert place_for(pack, tmp_path).changed == (packs.NOTEBOOK, "lessons/02-more.ipynb")


def test_nothing_is_left_of_an_unpacking_that_failed(root: Path, tmp_path: Path) -> None:
    """A pack is unpacked whole or not at all."""
    file = tmp_path / "one.zip"
    file.write_bytes(pack_course(Course(root), keys=False).content)
    pack = read_pack(file)
    here = tmp_path / "here"
    (here / "ferry" / "mine").mkdir(parents=True)  # taken between looking and unpacking
    with pytest.raises(SharingError, match="--folder"):
        unpack(pack, here / "ferry")
    assert [path.name for path in here.iterdir()] == ["ferry"]


def test_a_file_that_is_no_pack_stays(root: Path, tmp_path: Path) -> None:
    """A pack replaces an older pack of that name, and nothing else."""
    packed = pack_course(Course(root), keys=False)
    file = tmp_path / "photos.zip"
    file.write_bytes(packs.zipped({"holiday.png": b"x"}))
    with pytest.raises(SharingError, match="--out"):
        write_pack(packed, file)
    assert names_in(file.read_bytes()) == {"holiday.png"}
    file.write_bytes(packs.bent({"seeds/more.txt": b"more\n"}))
    write_pack(packed, file)
    assert file.read_bytes() == packed.content


def test_the_description_is_first_and_keeps_to_its_model(root: Path) -> None:
    """Anyone who opens the zip file by other means finds the description at its top, with rights and authors."""
    content = pack_course(Course(root), keys=False).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist()[0] == packs.MANIFEST
    data = json.loads(packs.files_of(content)[packs.MANIFEST])
    manifest = CourseManifest.model_validate(data)
    assert (manifest.title, manifest.authors) == ("A late ferry", ("Copy Desk tests",))
    assert manifest.rights.statement == packs.STATEMENT
    assert list(manifest.files) == sorted(names_in(content) - {packs.MANIFEST})
    schema = json.loads((find_root() / "schemas" / "course-1.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(data)


@pytest.mark.parametrize(
    ("name", "is_good"),
    [
        ("урок.md", True),
        ("पाठ.md", True),
        ("a b (2).png", True),
        ("_toc.yml", True),
        ("LPT1.txt", False),
        (" x", False),
    ],
)
def test_names_in_any_script_are_plain(name: str, *, is_good: bool) -> None:
    """Letters of any script may be in a name; devices, and spaces at the ends, may not."""
    assert is_plain(name) is is_good


def test_lessons_in_a_pack_are_notebooks_as_before(root: Path) -> None:
    """The packed lesson is a notebook that reads as the one on disk."""
    content = packs.files_of(pack_course(Course(root), keys=False).content)[packs.NOTEBOOK]
    assert (
        json.loads(content)["cells"][0]["source"] == read_notebook(root / packs.NOTEBOOK).cells[0].source.splitlines()
    )
