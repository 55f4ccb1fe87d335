"""The report on coverage names the files that the tests reach least, and is as honest about files that none loads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import least_covered
from least_covered import Reach

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_files_reached_least_come_first(capsys: pytest.CaptureFixture[str]) -> None:
    """The share of the whole counts lines, and the files begin with the one of which least ran."""
    least_covered.table([Reach("whole.py", 30, 30), Reach("half.py", 10, 5), Reach("none.py", 10, 0)], "Python")
    first, *files = capsys.readouterr().out.strip().splitlines()
    assert first == "Python: 70% of 50 lines. The files reached least:"
    assert [line.split()[1] for line in files] == ["none.py", "half.py", "whole.py"]


def test_a_script_that_no_test_loads_is_named(tmp_path: Path) -> None:
    """A JavaScript file that is in no report was not reached at all."""
    report = tmp_path / "javascript.info"
    report.write_text("SF:base/dom.js\nLH:3\nLF:4\nend_of_record\n", encoding="utf-8")
    reached = {file.name: file for file in least_covered.read_javascript(report)}
    assert reached["js/base/dom.js"].percent == 75
    assert reached["js/main.js"].percent == 0
