"""A learner with a keyboard and no mouse: the keys that give an answer, of any kind, to any task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browsing import expect
from labsteps import tab_to

from copydesk.kinds.arrows.model import UNKNOWN
from copydesk.model.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from playwright.sync_api import Locator, Page

    from copydesk.kinds.arrows.model import ArrowsResponse, ArrowsTask
    from copydesk.kinds.choice.model import ChoiceResponse, ChoiceTask
    from copydesk.kinds.drawer.model import DrawerResponse, DrawerTask
    from copydesk.kinds.edit.model import EditResponse, EditTask
    from copydesk.kinds.order.model import OrderResponse, OrderTask
    from copydesk.kinds.sort.model import SortResponse, SortTask
    from copydesk.kinds.spans.model import SpansResponse, SpansTask
    from copydesk.kinds.union import Response, Task
    from copydesk.kinds.value.model import ValueResponse, ValueTask
    from copydesk.kinds.verdict.model import VerdictResponse, VerdictTask
    from copydesk.kinds.written.model import WrittenResponse, WrittenTask

    Give = Callable[[Page, Locator, Any, Any], None]

CONFIDENCES = 6
VALUES = "inputs => inputs.map(input => input.value)"


def give(page: Page, item: Locator, task: Task, response: Response) -> None:
    """Answer a task with the keyboard alone, and where it asks for a reason or how sure the learner is, say so."""
    KEYS[task.kind](page, item, task, response)
    if task.reasons:
        pick(page, item.locator(".cd-because .cd-pills"), 0)
    sure = item.locator(".cd-confidence select")
    if sure.count():
        choose(page, sure, 1 + len(task.id) % CONFIDENCES)


def check(page: Page, item: Locator) -> None:
    """Check the answer with the keyboard alone, and wait for what is said of it."""
    button = item.locator(".cd-actions button")
    tab_to(page, button)
    page.keyboard.press("Enter")
    expect(item).to_have_attribute("data-checked", "true")


def press(page: Page, key: str, times: int = 1) -> None:
    """Press a key, some times."""
    for _ in range(times):
        page.keyboard.press(key)


def activate(page: Page, control: Locator, key: str = "Enter") -> None:
    """Move to a control and press it."""
    tab_to(page, control)
    page.keyboard.press(key)


def pick(page: Page, group: Locator, place: int) -> None:
    """Move into a group of radio buttons, which is one stop of the Tab key, and pick one of them."""
    tab_to(page, group)
    radios = group.locator("input[type=radio]")
    steps = place - radios.evaluate_all("all => all.indexOf(all[0].getRootNode().activeElement)")
    if steps:
        press(page, "ArrowDown" if steps > 0 else "ArrowUp", abs(steps))
    else:
        press(page, "Space")
    expect(radios.nth(place)).to_be_checked()


def choose(page: Page, select: Locator, place: int) -> None:
    """Choose an entry of a list whose first one, which says nothing, is chosen."""
    tab_to(page, select)
    press(page, "ArrowDown", place)


def options(page: Page, item: Locator, task: ChoiceTask, response: ChoiceResponse) -> None:
    """Pick one option, or tick several; they stand in an order of their own on every page."""
    group = item.locator(".cd-options")
    shown = group.locator("input").evaluate_all(VALUES)
    for name in response.chosen:
        if task.multiple:
            activate(page, group.locator("input").nth(shown.index(name)), "Space")
        else:
            pick(page, group, shown.index(name))


def classes(page: Page, item: Locator, task: SortTask, response: SortResponse) -> None:
    """Put each item into its class."""
    names = [each.id for each in task.classes]
    for row, each in enumerate(task.items):
        if each.id not in response.placed:
            continue
        line, place = item.locator(".cd-sort-row").nth(row), names.index(response.placed[each.id])
        if line.locator("select").count():
            choose(page, line.locator("select"), place + 1)
        else:
            pick(page, line.locator(".cd-sort-cells"), place)


def marks(page: Page, item: Locator, task: SpansTask, response: SpansResponse) -> None:
    """Mark words in each passage, or say that there is nothing to mark."""
    keys = {label.id: label.key for label in task.labels}
    for place, passage in enumerate(task.passages):
        board, words, here = item.locator(".cd-passage").nth(place), tokenize(passage.text), None
        for span in response.spans:
            if span["passage"] == passage.id:
                start, end = span["selector"][0]["start"], span["selector"][0]["end"]
                inside = [index for index, (first, last) in enumerate(words) if first < end and last > start]
                if here is None:
                    activate(page, board.locator(".cd-word[tabindex='0']"), "Home")
                press(page, "ArrowRight", inside[0] - (here or 0))
                press(page, "Shift+ArrowRight", len(inside) - 1)
                press(page, keys[span["label"]])
                here = inside[-1]
        if passage.id in response.clean:
            activate(page, board.locator(".cd-passage-foot button"), "Space")


def fields(page: Page, item: Locator, task: ValueTask, response: ValueResponse) -> None:
    """Fill in the fields, and in a table its rows."""
    for place, field in enumerate(task.fields):
        inputs, value = item.locator(".cd-field").nth(place).locator("input, textarea"), response.values.get(field.id)
        if value is None:
            continue
        if field.type == "table":
            for row, name in enumerate(field.rows):
                if name in value:
                    fill(page, inputs.nth(row), number(value[name]))
        elif field.type == "date":
            for part, typed in zip(("year", "month", "day"), str(value).split("-"), strict=False):
                fill(page, item.locator(".cd-field").nth(place).locator(f"[data-part={part}]"), typed)
        else:
            fill(page, inputs, value if isinstance(value, str) else number(value))


def fill(page: Page, field: Locator, text: str) -> None:
    """Move to a field and type."""
    tab_to(page, field)
    page.keyboard.type(text)


def number(value: float) -> str:
    """Return a number as somebody types it."""
    return str(int(value)) if value == int(value) else str(value)


def text(page: Page, item: Locator, task: WrittenTask, response: WrittenResponse) -> None:  # noqa: ARG001  (same)
    """Write a text."""
    fill(page, item.locator("textarea.cd-area"), response.text)


def order(page: Page, item: Locator, task: OrderTask, response: OrderResponse) -> None:
    """Move each item up to its place, then join those of one place."""
    texts = {each.id: f"[id$='-item-{each.id}']" for each in task.items}
    rows = item.locator(".cd-order-own .cd-order-row")

    def button(name: str, which: int) -> Locator:
        return rows.filter(has=page.locator(texts[name])).locator("button").nth(which)

    for place, name in enumerate(name for group in response.ranks for name in group):
        above = rows.evaluate_all("(rows, text) => rows.findIndex(row => row.querySelector(text))", texts[name]) - place
        if above:
            tab_to(page, button(name, 0))
            press(page, "Enter", above)
    for group in response.ranks:
        for name in group[1:]:
            activate(page, button(name, 2))
    accept = item.locator(".cd-order-accept")
    if accept.get_attribute("aria-disabled") != "true":
        activate(page, accept)


def links(page: Page, item: Locator, task: ArrowsTask, response: ArrowsResponse) -> None:
    """Draw each link: from, to, and as what."""
    nodes = [*(node.id for node in task.nodes), UNKNOWN]
    relations = [relation.id for relation in task.relations]
    form = item.locator(".cd-link-fields")
    for edge in response.edges:
        places = [nodes.index(edge.source), nodes.index(edge.target)]
        places += [relations.index(edge.relation)] if relations else []
        for which, place in enumerate(places):
            choose(page, form.locator("select").nth(which), place + 1)
        activate(page, form.locator("button"))
    expect(item.locator(".cd-link-list .cd-link-row")).to_have_count(len(response.edges))


def judgement(page: Page, item: Locator, task: VerdictTask, response: VerdictResponse) -> None:  # noqa: ARG001  (same)
    """Cite cards, pick how well they support the claim, and where that is asked with which limit."""
    for card in response.cards:
        activate(page, item.locator(f".cd-cite input[value='{card}']"), "Space")
    for group, value in ((":not(.cd-limits)", response.support), (".cd-limits", response.qualification)):
        if value:
            radios = item.locator(f".cd-judge > fieldset{group} .cd-options")
            pick(page, radios, radios.locator("input").evaluate_all(VALUES).index(value))


def mended(page: Page, item: Locator, task: EditTask, response: EditResponse) -> None:
    """Type each text that is changed: the words as plain text are the same answer."""
    activate(page, item.locator(".cd-edit-tools button").nth(2))
    for place, passage in enumerate(task.passages):
        if passage.id in response.texts:
            area = item.locator(".cd-edit-plain textarea").nth(place)
            tab_to(page, area)
            page.keyboard.press("ControlOrMeta+A")
            page.keyboard.press("Delete")
            page.keyboard.type(response.texts[passage.id])


def drawer(page: Page, item: Locator, task: DrawerTask, response: DrawerResponse) -> None:  # noqa: ARG001  (same)
    """Open cards, one after the other."""
    for each in response.opened:
        activate(page, item.locator(f"[id$='-folder-{each.card}']"))


KEYS: dict[str, Give] = {
    "arrows": links,
    "choice": options,
    "drawer": drawer,
    "edit": mended,
    "order": order,
    "sort": classes,
    "spans": marks,
    "value": fields,
    "verdict": judgement,
    "written": text,
}


def turn_to(page: Page, address: str) -> None:
    """Turn to a page of the book: by the link at the end of this one where it comes next, else by the contents."""
    links = page.locator(".bd-sidebar-primary a, .book-turn a")
    leads = links.evaluate_all("(links, end) => links.findLastIndex(link => link.href.endsWith(end))", f"/{address}")
    activate(page, links.nth(leads))
    page.wait_for_url(f"**/{address}")


def submit(page: Page, view: Locator, alias: str) -> None:
    """Type an alias into the submission view and press its button; where it asks about gaps, submit all the same."""
    fill(page, view.locator(".cd-submission-form input"), alias)
    activate(page, view.locator(".cd-submission-form button"))
    question = view.get_by_role("alertdialog")
    if question.is_visible():
        activate(page, question.get_by_role("button", name="Submit anyway"))
