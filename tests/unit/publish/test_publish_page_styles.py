"""Styles leave the pages of a book, and look the same from a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from copydesk.publish.figure_files import move_figures
from copydesk.publish.page_styles import SHEET, move_styles, without_styles
from copydesk.release.kept_results import KeptResults

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<!DOCTYPE html><html><head><title>é</title>
</head><body>
<style>.note{margin:0}</style><p style="color:red" class="note">1 &lt; 2</p>
<img alt="a > b" style='width:1px'>
<script type="application/json">{"html": "<p style=\\"x\\"><style></style>"}</script>
</body></html>"""


def test_a_page_has_no_style_left_and_a_sheet_has_them_all() -> None:
    """Elements go, attributes become classes, and everything else stays as it was, letter by letter."""
    moved = without_styles(PAGE)
    page, rules = str(moved["page"]), list(moved["rules"])
    assert rules[0] == ".note{margin:0}"
    names = [re.match(r"\.(s-\w+):not\(#s\){", rule) for rule in rules[1:]]
    assert [rule.partition("{")[2] for rule in rules[1:]] == ["color:red}", "width:1px}"]
    first, second = (name[1] for name in names if name)
    assert page == PAGE.replace("<style>.note{margin:0}</style>", "").replace(
        ' style="color:red" class="note"', f' class="{first} note"'
    ).replace("<img alt=\"a > b\" style='width:1px'>", f'<img class="{second}" alt="a > b">')


def test_equal_styles_of_pages_are_one_rule_in_a_sheet_that_each_links(tmp_path: Path) -> None:
    """A page in a folder finds the sheet, too; a page without styles gets no link."""
    (tmp_path / "_static").mkdir()
    (tmp_path / "lessons").mkdir()
    for name in ("index.html", "lessons/a.html"):
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    (tmp_path / "plain.html").write_text("<html><head></head></html>", encoding="utf-8")
    move_styles(tmp_path, KeptResults())
    assert (tmp_path / SHEET).read_text(encoding="utf-8").count("color:red") == 1
    assert f'href="{SHEET}"' in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert f'href="../{SHEET}"' in (tmp_path / "lessons" / "a.html").read_text(encoding="utf-8")
    assert "stylesheet" not in (tmp_path / "plain.html").read_text(encoding="utf-8")


def test_a_figure_in_a_file_has_attributes_instead_of_styles(tmp_path: Path) -> None:
    """What matplotlib says of all elements holds where an element says nothing itself."""
    from matplotlib.figure import Figure  # noqa: PLC0415  (slow to import)

    from copydesk.figures.picture import show  # noqa: PLC0415

    figure = Figure()
    figure.subplots().plot([1, 2], [1, 2], linestyle="--")
    (tmp_path / "index.html").write_text(show(figure, alt="A line").to_html(), encoding="utf-8")
    move_figures(tmp_path)
    (path,) = (tmp_path / "_static" / "figures").iterdir()
    svg = path.read_text(encoding="utf-8")
    assert "style" not in svg
    assert svg.partition("<svg")[2].startswith(' stroke-linejoin="round" stroke-linecap="butt"')
    assert 'stroke-dasharray="' in svg
