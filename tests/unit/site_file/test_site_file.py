"""``site.yml`` is read with care: a fault in it has its line and a remedy, and a faint colour is refused."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from copydesk.course.documents import ContentError
from copydesk.course.settings import find_root
from copydesk.publish.site_parts import report_address
from copydesk.site_file.contrast import contrast, least_contrast, nearest_readable
from copydesk.site_file.model import SiteFile, site_address
from copydesk.site_file.reading import MODES, MOST_LOGO_BYTES, Mode, backgrounds, find_site_file, read_site_file

if TYPE_CHECKING:
    from pathlib import Path

ROOT = find_root()
STYLES = (ROOT / "src" / "copydesk" / "publish" / "book" / "_static" / "book.css").read_text(encoding="utf-8")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>'
FILE = """schema: copydesk/site/1
address: https://school.example/desk
publisher: Example School
report: desk@school.example
logo: logo.svg
imprint: |
  Example School
  1 Harbour Street
colours:
  light: "#8a1c1c"
  dark: "#F2B8B5"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a site file with a logo beside it."""
    (tmp_path / "logo.svg").write_text(SVG, encoding="utf-8")
    path = tmp_path / "site.yml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_a_site_file_is_read(file: Path) -> None:
    """Addresses end in a slash, colours are in lower case, and files are beside the site file."""
    settings = read_site_file(file, STYLES)
    assert settings.file.address == "https://school.example/desk/"
    assert settings.file.colours.dark == "#f2b8b5"
    assert list(settings.logos()) == [file.parent / "logo.svg"]
    assert settings.at("https://other.example/").file.address == "https://other.example/"
    assert find_site_file(file.parent) == file
    assert find_site_file(ROOT) is None


def test_the_example_for_publishers_is_read(tmp_path: Path) -> None:
    """The file on the page for publishers is complete: each field is in it, and the program accepts it as it stands."""
    page = (ROOT / "book" / "publishing.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(schema: copydesk/site/1\n.*?)```", page, re.DOTALL)
    path = tmp_path / "site.yml"
    path.write_text(example, encoding="utf-8")
    for name in ("logo.svg", "logo-dark.svg"):
        (tmp_path / name).write_text(SVG, encoding="utf-8")
    settings = read_site_file(path, STYLES)
    assert set(yaml.safe_load(example)) == {"schema", *SiteFile.model_fields} - {"schema_"}
    assert len(list(settings.logos())) == 2
    form = re.search(r"https://\S*\{title\}\S*", example)
    assert form
    path.write_text(example.replace("report: desk@school.example", f"report: {form[0]}"), encoding="utf-8")
    assert read_site_file(path, STYLES).file.report == form[0]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("address: https", "adress: https", 2, "the field 'adress' is not known"),
        ("https://school.example/desk", "school.example", 2, "'school.example' is not the address of a folder"),
        ("https://school.example/desk", "https://school.example/index.html", 2, "Write one such as https://"),
        ("desk@school.example", "the front office", 4, "Write one such as desk@school.example or https://"),
        ("desk@school.example", "https://code.example/issues/new", 4, r"issues/new\?title=\{title\}"),
        ("logo: logo.svg", "logo: crest.svg", 5, r"there is no file 'crest.svg'\. Put it there"),
        ("publisher: Example School\n", "", 1, "Add publisher"),
        ('"#8a1c1c"', "red", 10, "'red' is not a colour. Write # and six"),
        ('"#8a1c1c"', "#8a1c1c", 10, "None is not a colour. Write .* in quotation marks"),
        ('"#8a1c1c"', '"#ff6666"', 10, r"on light pages: its contrast is 2\.\d+ to 1"),
        ('"#F2B8B5"', '"#8a1c1c"', 11, r"on dark pages: its contrast is \d\.\d+ to 1"),
        ("schema: copydesk/site/1", "schema: copydesk/site/2", 1, "copydesk/site/1"),
    ],
)
def test_a_fault_has_its_line_and_a_remedy(file: Path, old: str, new: str, line: int, said: str) -> None:
    """A publisher who makes a slip is told what is wrong, where, and what to do."""
    assert old in FILE
    file.write_text(FILE.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError, match=said) as caught:
        read_site_file(file, STYLES)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("site.yml", line)
    assert problem.remedy.endswith(".")


@pytest.mark.parametrize(
    ("name", "size", "said"), [("logo.gif", 10, "Save it as SVG"), ("logo.png", MOST_LOGO_BYTES + 1000, "at most 100")]
)
def test_a_logo_that_cannot_be_used_is_refused(file: Path, name: str, size: int, said: str) -> None:
    """Every page loads it, so it is a picture that every browser shows, and a small one."""
    (file.parent / name).write_bytes(b"x" * size)
    file.write_text(FILE.replace("logo.svg", name), encoding="utf-8")
    with pytest.raises(ContentError, match=said):
        read_site_file(file, STYLES)


def test_the_remedy_for_a_faint_colour_works(file: Path) -> None:
    """The colour that the message names is accepted."""
    file.write_text(FILE.replace("#8a1c1c", "#ff6666"), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_site_file(file, STYLES)
    named = re.findall("#[0-9a-f]{6}", str(caught.value))[-1]
    file.write_text(FILE.replace("#8a1c1c", named), encoding="utf-8")
    assert read_site_file(file, STYLES).file.colours.light == named


@pytest.mark.parametrize(
    ("colour", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#767676", "#ffffff", 4.54), ("#ff0000", "#ffffff", 4.0)],
)
def test_contrast_is_that_of_wcag(colour: str, other: str, ratio: float) -> None:
    """The ratios are those that are published for these pairs."""
    assert math.isclose(contrast(colour, other), ratio, abs_tol=0.005)
    assert contrast(colour, other) == contrast(other, colour)


@given(st.integers(0, 0xFFFFFF), st.sampled_from(MODES))
def test_any_colour_has_a_readable_neighbour(number: int, mode: Mode) -> None:
    """Whatever a publisher chooses, the nearest readable colour is readable, and a readable one stays."""
    colour, papers = f"#{number:06x}", backgrounds(STYLES, mode)
    assert len(papers) == 2
    nearest = nearest_readable(colour, papers)
    assert least_contrast(nearest, papers) >= 4.5
    if least_contrast(colour, papers) >= 4.5:
        assert nearest == colour


def test_the_book_keeps_to_what_it_asks_of_publishers() -> None:
    """Its own colour for links is readable on all its backgrounds."""
    for mode in MODES:
        start = STYLES.index(f'html[data-theme="{mode}"]')
        pencil = re.search(r"--book-pencil: (#[0-9a-f]{6})", STYLES[start:])
        assert pencil
        assert least_contrast(pencil[1], backgrounds(STYLES, mode)) >= 4.5


def test_a_report_begins_by_mail_or_in_a_form() -> None:
    """A mail address becomes one with a subject; a form has its own place for the title."""
    assert report_address("a+b@school.example") == "mailto:a+b@school.example?subject={title}"
    form = "https://code.example/issues/new?title={title}"
    assert report_address(form) == form
    assert report_address(None) is None


@pytest.mark.parametrize(
    "text", ["", "desk", "https://", "https://[", "ftp://a.example/", "https://a.example/?b", "https://a b.example/"]
)
def test_what_is_not_an_address_is_refused(text: str) -> None:
    """Whatever it is, the message says so and gives an example."""
    with pytest.raises(ValueError, match="is not the address of a folder on the web; write one such as"):
        site_address(text)


def test_the_schema_accepts_what_is_accepted(file: Path) -> None:
    """The published schema and the program agree on the example, and on a slip in it."""
    schema = json.loads((ROOT / "schemas" / "site-1.schema.json").read_text(encoding="utf-8"))
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    jsonschema.validate(data, schema)
    assert SiteFile.model_validate(data)
    with pytest.raises(jsonschema.ValidationError, match="adress"):
        jsonschema.validate({**data, "adress": "x"}, schema)
