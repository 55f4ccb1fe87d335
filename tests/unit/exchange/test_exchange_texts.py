"""Whatever stands in a text arrives as it is: no sign of a format is taken for one, and Markdown becomes HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from platformreaders import letters, read_folder

from copydesk.course.bank import Bank
from copydesk.course.seeds import Seeds
from copydesk.course.settings import find_root
from copydesk.exchange import markup
from copydesk.exchange.convert import Converter
from copydesk.exchange.questions import OmittedTask, Question
from copydesk.exchange.quizzes import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = Seeds(find_root())
NASTY = (
    "{ = ~ # : } \\",
    "= right",
    "~%50%half",
    "%100% of it",
    "#### feedback",
    "::title:: text",
    "a -> b",
    "\\n and \\\\",
    "// no comment\n// at all",
    "[html]<b>x</b>",
    "[plain] y",
    "$CATEGORY: z",
    "TRUE",
    "{T}",
    "one\n\ntwo\n\n\nthree",
    "<script>alert(1)</script>",
    "a & b &amp; c &lt;",
    "]]> <![CDATA[ x",
    '"quoted" it\'s',
    "<p>unclosed",
    "<!-- c -->",
    "😀 “Mariupol” – Маріуполь",
    "\u202eright to left",
    "é ≠ é",
    "1. no list",
    "- no list",
    "# no title",
    "a\n\n___\n\nb",
    "2:3 = 4",
    "\x00 \x08 \ufffe gone",
    "&&058; stays",
    "[id:7] [tag:x]",
)
"""Texts that mean something to GIFT, XML, HTML or Markdown, were they not escaped."""


def bank() -> Bank:
    """Return a quiz in which every text is nasty."""
    options = []
    option_keys = {}
    items = []
    item_keys = {}
    for place, text in enumerate(NASTY):
        options.append({"id": f"o{place}", "text": text})
        option_keys[f"o{place}"] = {"weight": int(not place), "why": text}
        items.append({"id": f"i{place}", "text": text})
        item_keys[f"i{place}"] = {"weights": {"c0": 1}, "why": text}
    choice = {
        "id": "Q1",
        "kind": "choice",
        "title": NASTY[0],
        "prompt": "\n\n".join(NASTY),
        "options": options,
        "key": {"options": option_keys},
    }
    sort = {
        "id": "Q2",
        "kind": "sort",
        "title": NASTY[5],
        "prompt": "Which?",
        "items": items,
        "classes": [{"id": f"c{place}", "text": NASTY[place]} for place in (0, 4, 15)],
        "key": {"items": item_keys},
    }
    head = {
        "schema": "copydesk/bank/1",
        "course": "mariupol",
        "lesson": "10-nasty",
        "title": "x",
        "purpose": "practice",
    }
    return Bank.model_validate({**head, "keyed_by": NASTY[1], "tasks": [choice, sort]})


def visible_letters(text: str) -> str:
    """Return the letters of a text as XML can hold them."""
    return letters(markup.xml_text(text))


@pytest.mark.parametrize("form", FORMATS)
def test_nasty_texts_arrive_as_they_are(tmp_path: Path, form: str) -> None:
    """Options, explanations, stems, titles and classes full of control signs are read back letter by letter."""
    questions = [result for result in Converter(bank(), SEEDS).questions() if isinstance(result, Question)]
    path = tmp_path / f"nasty.{FORMATS[form].suffix}"
    path.write_bytes(FORMATS[form].write(questions, "Copy Desk/nasty", "nasty"))
    choice, sort = read_folder(tmp_path, form)[path.name].values()
    assert letters(choice.title) == letters(f"Q1: {NASTY[0]}")
    assert letters(sort.title) == letters(f"Q2: {NASTY[5]}")
    expected = {visible_letters(text): (float(not place), visible_letters(text)) for place, text in enumerate(NASTY)}
    assert choice.options == expected
    for text in NASTY:
        assert visible_letters(text) in choice.stem
        assert visible_letters(text) in sort.after
    first = visible_letters(NASTY[0])
    assert sort.pairs == dict.fromkeys(expected, first)
    assert sort.offered == {first, visible_letters(NASTY[4]), visible_letters(NASTY[15])}


def test_a_task_without_a_key_is_left_out() -> None:
    """A question needs its key: a task that has none is named, not lost."""
    reason = "it has no key, and a question needs one"
    first, second = Converter(bank().without_keys(), SEEDS).questions()
    assert isinstance(first, OmittedTask)
    assert isinstance(second, OmittedTask)
    assert (first.task, first.reason) == ("Q1", reason)
    assert (second.task, second.reason) == ("Q2", reason)


def test_markdown_becomes_html() -> None:
    """Strong, emphasis, code and paragraphs are HTML; anything else that looks like Markdown or HTML is text."""
    assert markup.blocks("One **two** *three* `a < b`\n\nfour") == (
        "<p>One <strong>two</strong> <em>three</em> <code>a &lt; b</code></p>\n<p>four</p>"
    )
    assert markup.inline("# 1. [a](b) <i>c</i> ![d](e)") == "# 1. [a](b) &lt;i&gt;c&lt;/i&gt; ![d](e)"
    assert markup.plain("**Tass** says *so* & `x`") == "Tass says so & x"


@given(st.text())
def test_any_text_makes_well_formed_html(text: str) -> None:
    """No text can break out of the element that it is put into."""
    for html in (markup.blocks(text), markup.inline(text), markup.strong(text), markup.quotation(text)):
        again = ET.tostring(markup.tree(html), encoding="unicode")
        assert ET.fromstring(again).tag == "div"  # noqa: S314  (our own output)
        names = {element.tag for element in markup.tree(html).iter()}
        assert names <= {"div", "p", "strong", "em", "code", "blockquote"}
