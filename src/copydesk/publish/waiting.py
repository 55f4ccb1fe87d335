"""Lets views of a public book wait for the article: they say so in their place, with the button that opens the file."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk.text import t

if TYPE_CHECKING:
    from pathlib import Path

OPENING = "\ue000"
"""The sign before the sealed place of a cut in a text of the browser's data, which has no markup."""

VIEW = re.compile(
    r'<div class="copydesk" data-(?P<name>copydesk|article-view)="(?P<view>[^"]*)"'
    r"(?P<rest>[^>]*>\s*<script[^>]*>(?P<data>.*?)</script>)",
    re.DOTALL,
)
STATIC = '<div class="copydesk-static">\n'
HEADING = re.compile(r'<section class="copydesk-task">\n<h3>.*?</h3>\n', re.DOTALL)
WAITING_VIEWS = frozenset({"tasks", "reading"})
"""Views that are about the article's words; others leave out the tasks that wait."""
BLAME = '<p class="copydesk-needs-script"><small>{}</small></p>\n'
BLAMES = ("view.edit.needs_script", "view.needs_script")
"""What a view says of scripts where it has none; a view that waits has another reason."""
NOTE = """<div class="book-waits"><p>{note} <a href="{up}article.html">{about}</a>.</p>
<p><button type="button" class="book-button book-needs-script" data-book="article">{choose}</button>
<span role="status" data-book="article-said"></span></p></div>
"""


class TaskCount(NamedTuple):
    """How many tasks a site has, and how many of them need no file."""

    free: int
    all: int


def let_wait(page: str, up: str) -> str:
    """Return a page in which views wait if anything was cut in them that a learner has to read.

    ``up`` is the path from the page to the top of the book.
    """
    views = list(VIEW.finditer(page))
    if not views:
        return page
    ends = [*(view.start() for view in views[1:]), len(page)]
    parts = [page[: views[0].start()]]
    for view, end in zip(views, ends, strict=True):
        after = page[view.end() : end]
        if view["view"] in WAITING_VIEWS and is_cut(json.loads(view["data"])):
            parts.append(f'<div class="copydesk" data-article-view="{view["view"]}"{view["rest"]}')
            parts.append(_with_note(after, view["view"], up))
        else:
            parts += [view[0], after]
    return "".join(parts)


def is_cut(data: Any) -> bool:  # noqa: ANN401  (plain JSON)
    """Return whether anything in data was cut that is no explanation."""
    if isinstance(data, dict):
        return any(is_cut(part) for name, part in data.items() if name != "key" or isinstance(part, str))
    if isinstance(data, list):
        return any(map(is_cut, data))
    return isinstance(data, str) and OPENING in data


def _with_note(markup: str, view: str, up: str) -> str:
    """Return the readable document of a view with a note that it waits, and without one about scripts."""
    note = NOTE.format(
        note=t("quotations.task_waits" if view == "tasks" else "quotations.view_waits"),
        up=up,
        about=t("quotations.about"),
        choose=t("quotations.choose"),
    )
    for key in BLAMES:
        markup = markup.replace(BLAME.format(html.escape(t(key))), "", 1)
    with_notes, count = HEADING.subn(lambda match: match[0] + note, markup, count=1)
    return with_notes if count else markup.replace(STATIC, STATIC + note, 1)


def count_tasks(site: Path) -> dict[str, TaskCount]:
    """Return how many tasks of a built site need no file: of all, by purpose (``practice``, ``graded``), and by kind.

    A task that is on several pages counts once; statements of the baseline, which need no file, are not counted.
    """
    free: dict[tuple[str, str, str], bool] = {}
    groups: dict[tuple[str, str, str], list[str]] = {}
    for path in sorted(site.rglob("*.html")):
        for view in VIEW.finditer(path.read_text(encoding="utf-8")):
            if view["view"] != "tasks":
                continue
            data = json.loads(view["data"])
            for task in data["tasks"]:
                name = (data["lesson"], data["purpose"], task["id"])
                free[name] = free.get(name, True) and view["name"] == "copydesk"
                groups[name] = ["all", data["purpose"], task["kind"]]
    counts: dict[str, TaskCount] = {}
    for name, is_free in sorted(free.items()):
        for group in groups[name]:
            count = counts.get(group, TaskCount(0, 0))
            counts[group] = TaskCount(count.free + is_free, count.all + 1)
    return counts
