"""With JavaScript off every kind and view is a document: question, options, and explanations folded in details."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from samplepage import sample_bank, write_page
from viewsteps import views_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ENTRIES = {entry.task.id: entry for entry in sample_bank().tasks}
OFFERED = ("text", "note", "label", "claim", "unit")
"""Fields of a task that a reader has to see."""


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Iterator[Page]:
    """Return a page without scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def texts(data: Any, names: tuple[str, ...], *, wanted: bool = False) -> Iterator[str]:  # noqa: ANN401  (a task or key)
    """Yield the texts that stand under some names, however deep."""
    if isinstance(data, str):
        yield from [data] if wanted and data else []
    elif isinstance(data, dict):
        for name, value in data.items():
            yield from texts(value, names, wanted=wanted or name in names)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value, names, wanted=wanted)


@pytest.mark.parametrize("task_id", ENTRIES)
def test_every_task_can_be_read(plain: Page, tmp_path_factory: pytest.TempPathFactory, task_id: str) -> None:
    """Without scripts prompt and options stand open, and every explanation is there, folded."""
    entry = ENTRIES[task_id]
    plain.goto(write_page(tmp_path_factory.mktemp("plain"), only=task_id).as_uri())
    task = plain.locator(".copydesk-task")
    expect(task.get_by_role("heading", name=entry.task.title)).to_be_visible()
    expect(task.get_by_text(entry.task.prompt)).to_be_visible()
    everything = task.text_content() or ""
    assert [text for text in texts(entry.task.model_dump(mode="json"), OFFERED) if text not in everything] == []
    assert entry.key is not None
    folded = "".join(html.unescape(text) for text in task.locator("details").all_text_contents())
    whys = list(texts(entry.key.model_dump(mode="json"), ("why",)))
    assert whys
    assert [why for why in whys if why not in folded] == []
    assert task.locator("details[open]").count() == 0


def test_every_view_can_be_read(plain: Page, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Without scripts the article stands whole, with its layers folded, and the X-ray compares in words."""
    plain.goto(views_page(tmp_path_factory.mktemp("plain")).as_uri())
    expect(plain.get_by_text("Mr Putin flew by helicopter from Crimea").first).to_be_visible()
    assert plain.locator("[data-copydesk=reading] details").count() >= 2
    expect(plain.locator(".copydesk-xray")).to_contain_text("where the cleaner copy has")
