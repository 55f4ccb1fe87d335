"""The baseline in a real JupyterLab: the learner's own order, and a report that finds the answers of lesson 00."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labsteps import answers_on_disk, forget_answers, open_and_run, orders_on_disk, write_notebook
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from copydesk.lab.jupyterlab import Lab

ANSWER = """\
import pathlib, copydesk
first = not pathlib.Path("answers/07-transfer.json").exists()
answer = {"kind": "choice", "chosen": ["supported"]}
for lesson, form in (("00-start", "A"), ("07-transfer", "B")):
    desk = copydesk.open(lesson)
    for number in range(1, 21) if first else ():
        desk.answer(f"{form}-{number:02d}", answer)
copydesk.open("00-start").answer("G1", {"kind": "value", "values": {"guess": 6}})"""


def test_the_forms_in_jupyterlab(page: Page, lab: Lab) -> None:
    """Form B is saved with lesson 07 in an order of its own; its report, which stays, finds those of lesson 00."""
    forget_answers(lab)
    cells = (ANSWER, "desk.form()", "desk.first_guess()")
    notebook = open_and_run(page, lab, write_notebook(lab, "forms", *cells))
    form = notebook.page.locator(".jp-OutputArea .cd-form")
    expect(form).to_contain_text("20 of 20 complete")
    order = orders_on_disk(lab, "07-transfer")["B"]
    assert sorted(order) == [f"B-{number:02d}" for number in range(1, 21)] != order
    form.get_by_role("button", name="Show me the explanations").click()
    expect(form.get_by_role("row").nth(2)).to_contain_text("12 of 12")
    expect(form).to_contain_text("At the start of the course you guessed that 6 of 20")
    expect(notebook.page.locator(".jp-OutputArea .cd-form-guess")).to_contain_text("6 of 20")
    expect(form.get_by_role("heading", name="How you judged")).to_be_focused()
    notebook.run_all()
    expect(form.get_by_role("heading", name="How you judged")).to_be_visible()
    checked = {name for name, answer in answers_on_disk(lab, "07-transfer").items() if answer["checked"]}
    assert checked == {f"B-{number:02d}" for number in range(1, 21, 2)}
    assert orders_on_disk(lab, "07-transfer")["B"] == order
