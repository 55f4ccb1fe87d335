"""The feedback page: what a learner is told, and that nothing in it can run."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import make
import pytest
from markupsafe import Markup

from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.grading.feedback.page import Summary, moment, page
from copydesk.grading.feedback.parts import parts_in
from copydesk.grading.files.limits import SubmittedFile
from copydesk.grading.scores.assessment import assess
from copydesk.grading.scores.versions import collect_versions
from copydesk.grading.submissions.submission import Submission, read_submissions
from copydesk.kinds import scoring
from copydesk.kinds.credit_labels import credit_label
from copydesk.kinds.spans.feedback import segments
from copydesk.kinds.table import kind_of
from copydesk.kinds.verdict.model import VerdictKey
from copydesk.text import catalogue

BANK = make.bank()
ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section", "footer"),
    *("h1", "h2", "h3", "h4", "p", "br", "strong", "em", "a", "bdi", "blockquote", "div", "span", "mark"),
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td"),
}
ALLOWED_ATTRIBUTES = {
    *("lang", "charset", "name", "content", "http-equiv", "class", "dir", "id", "href", "scope", "translate"),
    *("aria-label", "aria-labelledby"),
}


class Reader(HTMLParser):
    """Collects the tags, attributes and words of a page, and whether its tags close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that was opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note words that a reader sees."""
        if "style" not in self.open:
            self.words.append(data)


def page_of(responses: dict[str, Any], *, alias: str = "Ada", **changes: Any) -> str:  # noqa: ANN401  (any submission)
    """Return the feedback page for some responses."""
    data = make.to_bytes(make.submission(alias, responses, **changes))
    (submission,) = read_submissions(SubmittedFile("a.json", data), {BANK.lesson: BANK})
    assert isinstance(submission, Submission)
    return page(assess(submission, collect_versions({BANK.lesson: BANK})), alias)


def read(html: str) -> Reader:
    """Return a page taken apart."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def text_of(html: str) -> str:
    """Return the words of a page with single spaces between."""
    return " ".join(" ".join(read(html).words).split())


def section(html: str, task: str) -> str:
    """Return the words of one task's section."""
    number = [entry.task.id for entry in BANK.tasks].index(task) + 1
    _, _, rest = html.partition(f'<section class="task" id="task-{number}"')
    inside, _, _ = rest.partition("</section>")
    return text_of(f"<section {inside}")


@pytest.mark.parametrize(
    "text",
    [
        make.SCRIPT,
        "<a href='javascript:alert(1)'>x</a>",
        '"><img src=x onerror=alert(1)>',
        "</style></title></textarea><svg onload=alert(1)>",
        "{{ 7 * 7 }}{% include 'feedback.css' %}",
        "&lt;script&gt;",
        make.FORMULA,
    ],
)
def test_a_page_is_inert(text: str) -> None:
    """Whatever a learner wrote, as alias, essay, reason or value, is words in the page and nothing else."""
    value = {"kind": "value", "values": {"title": text, "counts": {text: 1}}}
    data = make.submission("", {"W1": {"kind": "written", "text": text}, "T4": value})
    data["answers"]["W1"]["reason"] = text
    html = page_of({}, alias=text, answers=data["answers"])
    reader = read(html)
    assert reader.open == []
    assert {tag for tag, _ in reader.tags} <= ALLOWED
    assert {name for _, attributes in reader.tags for name in attributes} <= ALLOWED_ATTRIBUTES
    assert all(re.fullmatch(r"#task-\d+", attributes.get("href") or "#task-1") for _, attributes in reader.tags)
    assert "".join(reader.words).count(text) == 6


def test_a_page_asks_for_nothing() -> None:
    """The page forbids itself every request, names its language, and refers to nothing outside."""
    html = page_of(make.reference(BANK))
    metas = {attributes.get("http-equiv"): attributes.get("content") for _, attributes in read(html).tags}
    assert (metas["Content-Security-Policy"] or "").startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert '<html lang="en">' in html
    assert not re.search(r"https?:|//[a-z]|url\(|@import|<script|<link", html)


def test_hidden_characters_are_seen() -> None:
    """Bidirectional overrides, control characters and NUL are shown, not obeyed."""
    html = page_of({"W1": {"kind": "written", "text": "a\u202eb\0c\x1b[31m"}})
    assert "a[U+202E]b\u2400c\u241b[31m" in html
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", html)


def test_every_explanation_is_there() -> None:
    """The page gives the reason of every option, item, span and field, answered or not, and whose key it is."""
    for responses in ({}, make.half_right(), make.reference(BANK)):
        words = text_of(page_of(responses))
        for entry in BANK.tasks:
            reasons = (
                re.findall(r"why='([^']*)'|why=\"([^\"]*)\"", repr(entry.key)) if entry.task.kind != "written" else []
            )
            assert all((one or other) in words for one, other in reasons)
            assert entry.task.prompt.split("\n")[0] in words
        assert BANK.keyed_by in words


def test_no_exemplar_is_given_away() -> None:
    """The rubric is shown, the exemplars of the marker are not."""
    words = text_of(page_of(make.half_right()))
    assert "All sources right and no fact lost." in words
    assert "level four" not in words


def test_choices_are_compared() -> None:
    """A choice says what was chosen and how each option stands."""
    words = section(page_of({"T5": {"kind": "choice", "chosen": ["proof"]}}), "T5")
    assert "It tells you that the court has proved it. your choice not supported" in words
    assert "It casts doubt on the finding of a court. reference reading" in words
    assert "0 of 3 points" in words
    assert "The warrant CLAIMS" in words


def test_neutral_options_are_called_so() -> None:
    """Where several options are asked for, one that can be defended earns nothing and costs nothing."""
    assert "earns nothing and costs nothing" in section(page_of(make.half_right()), "T3")


def test_items_are_compared() -> None:
    """A sort says for each item where it was put, where it belongs and where else it could stand."""
    placed = {"said": "neutral", "argued": "doubting"}
    words = section(page_of({"T2": {"kind": "sort", "placed": placed}}), "T2")
    assert "said You put it in neutral reference reading Reference reading neutral" in words
    assert "claims You put it in not placed Reference reading doubting" in words
    assert "doubting a reading you can defend: half credit Reference reading neutral" in words


def test_marks_are_compared() -> None:
    """Spans show the learner's marks and the key's with their labels, and say which were found."""
    text = BANK["T1"].task.passages[0].text  # type: ignore[union-attr]  # T1 has passages
    start = text.index("Tass")
    marks = make._mark(start, start + 4, "Tass")
    marks["spans"] += make._mark(0, 7, "Mr Puti")["spans"]
    words = section(page_of({"T1": {**marks, "clean": ["S03"]}}), "T1")
    assert "Tass source on Sunday." in words
    assert "state media Tass source on Sunday." in words
    assert "“state media Tass” S02 you marked part of it reference reading" in words
    assert "“according to” S02 you didn’t mark it reference reading" in words
    assert "“on Sunday” S02 you didn’t mark it tempting, but not supported" in words
    assert "“Mr Puti” S02 you marked it not in the key" in words
    assert "You said that there’s nothing to mark here." in words


def test_values_are_compared() -> None:
    """Values show the learner's beside the key's, a table row by row, also rows that only the learner has."""
    values = {"counts": {"state agency": 2, "court": 3, "blog": 1}, "total": 7.5, "day": "2023-03-18"}
    words = section(page_of({"T4": {"kind": "value", "values": values}}), "T4")
    assert "state agency 2 2 right court 3 1 differs leader \u2013 1 empty" in words
    assert "blog 1 no such row differs" in words
    assert "You 7.5 Reference 8 attributions (anything within 0.5 of it counts)" in words
    assert "You left empty Reference Asked for: at least 3 different words" in words


def test_an_essay_keeps_its_lines() -> None:
    """An essay is shown as written, counted, and awaits marking beside its rubric."""
    html = page_of({"W1": {"kind": "written", "text": "One.\n\n  Two & three."}})
    assert "One.\n\n  Two &amp; three." in html
    words = section(html, "W1")
    assert "awaiting marking (of 12)" in words
    assert "3 words; asked for: 20 to 200." in words


def test_confidence_is_no_mark() -> None:
    """Confidence is shown with the sentence that it never enters the points."""
    answers = {"T5": make.answer({"kind": "choice", "chosen": ["doubt"]}, confidence=0.8)}
    words = section(page_of({}, answers=answers), "T5")
    assert "80% sure. This never affects your points." in words
    assert "3 of 3 points" in words


def test_pieces_of_marked_text() -> None:
    """A text is cut where marks begin and end; marks of one label that overlap are one."""
    pieces = segments("abcdef", [(0, 1, 3), (0, 2, 4), (1, 3, 5)])
    assert [(piece.text, piece.labels, piece.ending) for piece in pieces] == [
        ("a", (), ()),
        ("bc", (0,), ()),
        ("d", (0, 1), (0,)),
        ("e", (1,), (1,)),
        ("f", (), ()),
    ]


def test_weights_in_words() -> None:
    """A weight is called reference reading, a reading you can defend with its share, or not supported."""
    assert [credit_label(weight).text for weight in (1, 0.5, 0.25, 0)] == [
        "reference reading",
        "a reading you can defend: half credit",
        "a reading you can defend: 25% credit",
        "not supported",
    ]


def test_times_are_in_words() -> None:
    """A time is written out the same on every machine."""
    (found,) = read_submissions(SubmittedFile("a.json", make.to_bytes(make.submission("Ada", {}))), {BANK.lesson: BANK})
    assert isinstance(found, Submission)
    assert moment(found.moment) == "22 November 2026, 09:58 UTC"


def test_the_page_speaks_the_language_that_was_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """In Ukrainian the page says so, and of the English texts of the interface none is left."""
    english = catalogue("en")
    keys = [key for key in english if key.startswith("feedback.") and "{" not in english[key]]
    shown = text_of(page_of(make.half_right()))
    there = [key for key in keys if len(english[key]) > 12 and english[key] in shown]
    monkeypatch.setenv("COPYDESK_LANGUAGE", "uk")
    html = page_of(make.half_right())
    assert '<html lang="uk">' in html
    assert len(there) > 10
    for key in there:
        assert english[key] not in text_of(html), key
        assert catalogue("uk")[key] in text_of(html), key


def test_a_page_is_the_same_whatever_was_rendered_before() -> None:
    """No page depends on those before it: what is kept of others neither gets into it nor changes it."""
    value = {"kind": "value", "values": {"total": 0.0, "title": make.SCRIPT, "counts": {"their own row": 1}}}
    minus = {"kind": "value", "values": {"total": -0.0}}
    own = {"T4": value, "W1": {"kind": "written", "text": "their own words"}}
    given: list[dict[str, Any]] = [make.reference(BANK), own, {"T4": minus}, make.half_right(), {}]
    alone = []
    for responses in given:
        parts_in.cache_clear()
        alone.append(page_of(responses))
    together = [page_of(responses) for responses in [*given, *reversed(given)]]
    assert together == [*alone, *reversed(alone)]
    assert sum("their own" in html for html in alone) == 1


def test_a_part_stands_around_others() -> None:
    """Parts are put where their macro names them, also where it leaves one out, and nothing of them is lost."""
    inner = [Markup("<i>\0</i>"), Markup("0"), Markup("1")]
    summary = Summary(has_tasks=True, written_maximum="", awaiting=(), is_marked=False, form=None)
    html = parts_in("en").render_around("page.summary", summary, *inner[:2])
    assert html.startswith('<div class="result">\n<p><i>\0</i><br>')
    assert html.count("\0") == 1


def test_a_card_is_named_by_publisher_and_date() -> None:
    """A page names an evidence card as readers have seen it, not by its id."""
    named = parts_in("en", (("K-FERRY", "The Harbour Post, 3 May"),))
    assert named.card_title("K-FERRY") == "The Harbour Post, 3 May"
    assert parts_in("en").card_title("K-FERRY") == "K-FERRY"
    course = Course(find_root())
    entries = [entry for bank in course.solutions.values() for entry in bank.tasks if entry.task.kind == "verdict"]
    titles = dict(course.card_titles)
    assert entries
    for entry in entries[:3]:
        assert isinstance(entry.key, VerdictKey)
        kind = kind_of(entry.task.kind)
        score = scoring.score(entry.task, entry.key, None)
        html = kind.feedback_view(entry.task, entry.key, None, score, parts_in("en", course.card_titles))
        words = " ".join(read(f"<div>{html}</div>").words)
        for card in entry.key.decisive:
            assert titles[card] in words
            assert card not in words
