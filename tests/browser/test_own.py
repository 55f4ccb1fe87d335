"""Own-article mode in a real browser: by keyboard, hostile texts, files in and out, narrow, dark, and in Ukrainian."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from accessibility import clipped_texts, small_controls, violations
from labsteps import answers_on_disk, open_and_run, tab_to, write_notebook
from linkeddata import objects, unknown_terms, validate
from ownsteps import FACTS, QUESTION, begin, downloaded, judge, mark, mend, own_page, saved_page, taken_apart
from playwright.sync_api import expect
from samplepage import show
from test_paper import sheets
from test_truth import PRINTED

from copydesk.answers.annotations import web_annotations
from copydesk.kinds.spans.model import SpansResponse, SpansTask
from copydesk.text import shared_text

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from copydesk.lab.jupyterlab import Lab

LESSON = FACTS.own_article
SCHEMA = "http://schema.org/"


def test_all_of_it_by_keyboard(page: Page, tmp_path: Path) -> None:
    """A text is typed, marked, judged and checked with the keyboard alone, and is there after the page is left."""
    path = own_page(tmp_path)
    show(page, path)
    tab_to(page, page.get_by_label("The text"), limit=10)
    page.keyboard.insert_text("The mayor said no. Why?")
    tab_to(page, page.get_by_role("button", name="Use this text"), limit=5)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mark: your text")).to_be_focused()
    tab_to(page, page.get_by_role("option", name="The", exact=True), limit=12)
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("s")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("c")
    expect(page.get_by_role("option", name="mayor, Source")).to_be_visible()
    expect(page.get_by_role("option", name="said, Cue")).to_be_visible()
    tab_to(page, page.get_by_label("Take a sentence from the text"), limit=10)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("textbox", name="The claim")).to_have_value("The mayor said no.")
    tab_to(page, page.get_by_label("Supported", exact=True), limit=4)
    page.keyboard.press("Space")
    tab_to(page, page.get_by_label(QUESTION), limit=25)
    page.keyboard.press("Space")
    expect(page.locator(".cd-status").first).to_contain_text("Saved")
    show(page, path)
    expect(page.get_by_role("option", name="mayor, Source")).to_be_visible()
    expect(page.get_by_label("Supported", exact=True)).to_be_checked()
    expect(page.get_by_label(QUESTION)).to_be_checked()


def test_a_hostile_text_is_only_text(page: Page, tmp_path: Path) -> None:
    """Markup in a text, a title or a link is shown as it stands, runs nothing, and makes no link."""
    show(page, own_page(tmp_path))
    begin(page)
    judge(page)
    expect(page.get_by_role("group", name="Passage S1")).to_contain_text("<script>window.harmed = true</script>")
    expect(page.get_by_role("heading", name="Mark: The <b>bridge</b>")).to_be_visible()
    assert page.evaluate("window.harmed") is None
    assert page.locator(".cd-own :is(script, b, a)").count() == 0
    words = page.get_by_role("listbox", name="Words of S3").locator(".cd-word")
    assert words.all_text_contents() == ["Critics", "apparently", "disagree", "nobody", "was", "asked"]
    override = page.get_by_role("listbox", name="Words of S3").evaluate("(list) => getComputedStyle(list).unicodeBidi")
    assert override == "isolate"


def test_the_marks_are_web_annotations(page: Page, tmp_path: Path) -> None:
    """The downloaded marks of both layers fit schema and context, and say what Python says of the same answers."""
    show(page, own_page(tmp_path))
    begin(page)
    mark(page, "said", "c")
    page.get_by_label("How it’s worded").check()
    mark(page, "apparently", "h")
    found = downloaded(page, "Download the marks")
    validate(found, "web-annotations")
    assert unknown_terms(found) == set()
    assert objects(found, "http://www.w3.org/ns/oa#exact") == ["apparently", "said"]
    assert objects(found, "http://purl.org/dc/terms/title") == ["The <b>bridge</b>"]
    answers = downloaded(page, "Download answers")["answers"]
    spans = [span for name in ("WHO", "HOW") for span in answers[name]["response"]["spans"]]
    labels = [{"id": "cue", "text": "Cue", "key": "c"}, {"id": "hedge", "text": "Hedge", "key": "h"}]
    passages = [{"id": "article", "text": answers["TEXT"]["response"]["text"]}]
    frame = {"id": "T1", "kind": "spans", "title": "x", "prompt": "Which?"}
    task = SpansTask.model_validate({**frame, "passages": passages, "labels": labels})
    response = SpansResponse.model_validate({"kind": "spans", "spans": spans})
    mine = web_annotations(task, response, created=datetime.now(UTC))
    assert [(a["body"], a["target"]["selector"]) for a in found["first"]["items"]] == [
        (a["body"], a["target"]["selector"]) for a in mine["first"]["items"]
    ]


def test_the_verdict_is_a_claim_review(page: Page, tmp_path: Path) -> None:
    """The downloaded verdict fits the schema, and a JSON-LD processor reads claim, rating, author and evidence."""
    show(page, own_page(tmp_path))
    begin(page)
    page.get_by_role("button", name="Download the verdict").click()
    expect(page.get_by_text("There’s no verdict yet.").first).to_be_visible()
    judge(page)
    found = downloaded(page, "Download the verdict")
    validate(found, "claim-review")
    assert objects(found, f"{SCHEMA}claimReviewed") == ["The bridge is safe."]
    assert objects(found, f"{SCHEMA}ratingValue") == ["4"]
    assert objects(found, f"{SCHEMA}alternateName") == ["Supported with a qualification"]
    assert objects(found, f"{SCHEMA}ratingExplanation") == [
        "As of 2026-11-20. 80% sure. Safe for cars; nothing is said of lorries."
    ]
    assert objects(found, f"{SCHEMA}citation") == ["https://example.org/report", "javascript:alert(1)"]
    assert "Ada" in objects(found, f"{SCHEMA}name")


def test_the_result_is_a_page_to_show_somebody(page: Page, tmp_path: Path) -> None:
    """The saved page says all that was done, tells marks apart without colour, and runs and fetches nothing."""
    show(page, own_page(tmp_path))
    taken_apart(page)
    path = saved_page(page, tmp_path)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri())
    assert requests == [path.as_uri()]
    assert page.evaluate("window.harmed") is None
    assert page.locator("body :is(script, b, i, a, iframe, img)").count() == 0
    expect(page.get_by_role("heading", level=1)).to_have_text("The <b>bridge</b>")
    expect(page.locator("header")).to_contain_text("Taken apart by Ada on ")
    expect(page.locator("header")).to_contain_text("Read <i>this</i> first.")
    text = page.locator("div.text")
    expect(text).to_contain_text("A bridge opens <script>window.harmed = true</script>")
    assert text.locator("abbr").evaluate_all("signs => signs.map(sign => sign.title)") == [
        "Source",
        "Loaded wording",
        "Cue",
        "Hedge",
    ]
    expect(text.locator(".how .who")).to_have_text("mayor")
    line = "(words) => getComputedStyle(words).textDecorationStyle"
    assert text.locator(".cue").evaluate(line) != text.locator(".source").evaluate(line)
    expect(page.locator(".legend dt").first).to_have_text("SourceS")
    assert page.locator(".edited").locator("del, ins").all_text_contents() == ["Critics", "Two engineers <b>", "asked."]
    expect(page.locator("p.text")).to_contain_text("Two engineers <b> apparently")
    facts = page.locator(".facts")
    for said in ("Supported with a qualification. 80% sure.", "nothing is said of lorries", "An inspection report."):
        expect(facts).to_contain_text(said)
    expect(facts).to_contain_text("20 November 2026" if "en-GB" in page.evaluate("navigator.language") else "2026")
    expect(facts.locator(".link")).to_have_text(["https://example.org/report", "javascript:alert(1)"])
    expect(page.get_by_role("heading", name="Checked by the reader: 1 of 8")).to_be_visible()
    assert all(b"Tj" in sheet or b"TJ" in sheet for sheet in sheets(page.pdf(prefer_css_page_size=True)))


def test_the_result_is_printed_from_where_it_is_made(page: Page, tmp_path: Path) -> None:
    """The button Print prints the page of the result, not the page around it, and leaves no more than one frame."""
    page.add_init_script(PRINTED)
    show(page, own_page(tmp_path))
    begin(page)
    mark(page, "said", "c")
    for _ in range(2):
        page.get_by_role("button", name="Print", exact=True).click()
        page.wait_for_function("() => window.printed?.includes('The text, marked')")
        assert "Use another text" not in page.evaluate("window.printed")
        page.evaluate("window.printed = ''")
    expect(page.locator("iframe")).to_have_count(1)
    expect(page.get_by_role("button", name="Print", exact=True)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_the_result(
    browser: Browser, tmp_path: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    """The saved page is well formed for everybody, light and dark, wide and narrow."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    show(page, own_page(tmp_path))
    taken_apart(page)
    path = saved_page(page, tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("Content-Security-Policy", "x"), encoding="utf-8")
    page.goto(path.as_uri())
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_what_cannot_be_taken_is_refused_and_kept(page: Page, tmp_path: Path) -> None:
    """A text that is too long stays in the field, a file that is no text changes nothing, and both are told why."""
    show(page, own_page(tmp_path))
    area = page.get_by_label("The text")
    area.fill("word " * 5000)
    page.get_by_role("button", name="Use this text").click()
    expect(page.locator(".cd-fault")).to_contain_text("25,000 characters")
    assert len(area.input_value()) == 25_000
    chooser = page.locator(".cd-own input[type=file]")
    chooser.set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"caf\xe9 news"})
    expect(page.locator(".cd-fault")).to_contain_text(shared_text("own.notUtf8"))
    chooser.set_input_files({"name": "b.txt", "mimeType": "text/plain", "buffer": b"x" * 200_000})
    expect(page.locator(".cd-fault")).to_contain_text("too large")
    assert len(area.input_value()) == 25_000
    chooser.set_input_files({"name": "news.txt", "mimeType": "text/plain", "buffer": "Це текст.\r\nДругий.".encode()})
    expect(area).to_have_value("Це текст.\nДругий.")
    expect(page.get_by_label("Title, and where it’s from")).to_have_value("news")
    chooser.set_input_files({"name": "w.txt", "mimeType": "text/plain", "buffer": "\ufeffЯк це?".encode("utf-16le")})
    expect(area).to_have_value("Як це?")
    page.get_by_role("button", name="Use this text").click()
    expect(page.get_by_role("group", name="Passage S1")).to_contain_text("Як це?")


def test_another_text_takes_the_marks_with_it(page: Page, tmp_path: Path) -> None:
    """Before another text replaces the first the learner is told what goes; keeping the old one changes nothing."""
    show(page, own_page(tmp_path))
    begin(page)
    mark(page, "said", "c")
    mend(page)
    page.get_by_role("button", name="Use another text").click()
    expect(page.get_by_text("Your one mark, the mended text, the verdict")).to_be_visible()
    page.get_by_role("button", name="Keep the old text").click()
    expect(page.get_by_role("option", name="said, Cue")).to_be_visible()
    expect(page.get_by_role("option", name="struck: Critics")).to_be_visible()
    page.get_by_role("button", name="Use another text").click()
    begin(page, "The mayor said so.", "Another")
    expect(page.get_by_role("option", name="said", exact=True)).to_be_visible()
    page.get_by_role("button", name="Download the marks").click()
    expect(page.get_by_text("You haven’t marked anything yet.").first).to_be_visible()
    expect(page.get_by_label("What do you want to mend?")).to_have_value("")
    assert page.locator(".cd-own :is(del, ins)").count() == 0


def test_a_file_brings_the_work_to_another_browser(browser: Browser, page: Page, tmp_path: Path) -> None:
    """What one browser downloads another imports: text, marks and verdict."""
    path = own_page(tmp_path)
    show(page, path)
    begin(page)
    mark(page, "said", "c")
    judge(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download answers").click()
    assert download.value.suggested_filename == f"{LESSON}.json"
    other = browser.new_page()
    show(other, path)
    other.locator(".cd-bar input[type=file]").set_input_files(download.value.path())
    expect(other.get_by_role("option", name="said, Cue")).to_be_visible()
    expect(other.get_by_role("textbox", name="The claim")).to_have_value("The bridge is safe.")
    other.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1000])
def test_axe_finds_nothing(browser: Browser, tmp_path: Path, theme: str, width: int) -> None:
    """Before and after a text is taken axe finds no fault, no control is too small, and nothing is cut off."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    show(page, own_page(tmp_path, theme=theme))
    assert violations(page) == []
    begin(page)
    mark(page, "said", "c")
    judge(page)
    assert violations(page) == []
    assert small_controls(page) == []
    assert clipped_texts(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_it_speaks_ukrainian(page: Page, tmp_path: Path) -> None:
    """With the language uk every text is Ukrainian and fits 320 pixels."""
    page.set_viewport_size({"width": 320, "height": 800})
    show(page, own_page(tmp_path, language="uk"))
    page.get_by_label("Текст", exact=True).fill("Мер сказав, що міст безпечний. Чому?")
    page.get_by_role("button", name="Взяти цей текст").click()
    expect(page.get_by_role("group", name="S2")).to_contain_text("Чому?")
    expect(page.get_by_role("heading", name="Одне твердження, одна оцінка")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def in_lab(page: Page, lab: Lab) -> Locator:
    """Open own-article mode in JupyterLab."""
    cells = ("import copydesk\ndesk = copydesk.open('02-attribution')", "desk.quiz('warm-up')", "desk.own_article()")
    return open_and_run(page, lab, write_notebook(lab, "own", *cells)).page.locator(".cd-own")


def test_in_jupyterlab_it_is_kept_in_the_answers_folder(page: Page, lab: Lab) -> None:
    """In JupyterLab text and marks are saved to a file of their own, print as a page, and are there in another run."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.set_default_timeout(30_000)
    page.add_init_script(PRINTED)
    own = in_lab(page, lab)
    own.get_by_label("The text").fill("The mayor said no.")
    own.get_by_role("button", name="Use this text").click()
    own.locator(".cd-word", has_text="said").click()
    page.keyboard.press("c")
    expect(page.locator(".cd-desk", has=own).locator(".cd-status").first).to_contain_text("Saved")
    kept = answers_on_disk(lab, LESSON)
    assert kept["TEXT"]["response"]["text"] == "The mayor said no."
    own.get_by_role("button", name="Print", exact=True).click()
    page.wait_for_function("() => window.printed?.includes('The mayor saidC no.')")
    with page.expect_download() as download:
        own.get_by_role("button", name="Save as a page").click()
    assert 'title="Cue"' in Path(download.value.path()).read_text(encoding="utf-8")
    again = in_lab(page, lab)
    expect(again.get_by_role("option", name="said").first).to_be_visible()
    assert len(kept["WHO"]["response"]["spans"]) == 1
