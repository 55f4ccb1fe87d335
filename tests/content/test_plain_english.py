"""What people read outside the lessons is English as it is said: interface, pages, records, messages, docstrings."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from copydesk.checks.phrases import phrase_faults
from copydesk.checks.text_units import prose

ROOT = Path(__file__).resolve().parents[2]
LEARNERS_OWN = "docs/reviews/rubric-texts.md"
"""Texts written as learners write, who may say it as they like."""

PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(path for path in (ROOT / "docs").rglob("*.md") if path != ROOT / LEARNERS_OWN),
        *ROOT.glob("[a-z]*/README.md"),
    ]
)
MODULES = sorted((ROOT / "src").rglob("*.py"))
COMMENT = re.compile(r"^\s*(?://|\*|/\*\*)(.*)$", re.MULTILINE)
CODE = re.compile(r"``[^`]*``")
SCRIPTS = sorted(path for path in (ROOT / "js").rglob("*.js") if "node_modules" not in path.parts)


def name_of(path: Path) -> str:
    """Return a file as a test names it."""
    return path.relative_to(ROOT).as_posix()


def faults(texts: list[str]) -> list[str]:
    """Return the turns of phrase that sound translated."""
    return [fault for text in texts for fault, _ in phrase_faults(text)]


def texts_of(data: object) -> list[str]:
    """Return every text in JSON data."""
    if isinstance(data, str):
        return [data]
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else []
    return [text for value in values for text in texts_of(value)]


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_pages_are_plain_english(path: Path) -> None:
    """Nothing in README, records and reviews sounds translated; what a reader said is in quotation marks."""
    assert faults([prose(path.read_text(encoding="utf-8"))]) == []


def test_the_interface_is_plain_english() -> None:
    """No button, sentence or message of the catalogue sounds translated."""
    catalogue = json.loads((ROOT / "src/copydesk/text/en.json").read_text(encoding="utf-8"))
    assert faults(texts_of(catalogue)) == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_docstrings_and_messages_are_plain_english(path: Path) -> None:
    """What a programmer reads in a module is English as it is said, too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    strings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert faults([CODE.sub("code", text) for text in strings if " " in text]) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
def test_comments_of_scripts_are_plain_english(path: Path) -> None:
    """And in a module of the browser side."""
    assert faults(COMMENT.findall(path.read_text(encoding="utf-8"))) == []
