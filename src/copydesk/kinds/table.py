"""The table of the kinds of task: one line per kind, the only part of a kind outside its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.kinds.arrows.kind import ARROWS
from copydesk.kinds.choice.kind import CHOICE
from copydesk.kinds.drawer.kind import DRAWER
from copydesk.kinds.edit.kind import EDIT
from copydesk.kinds.order.kind import ORDER
from copydesk.kinds.sort.kind import SORT
from copydesk.kinds.spans.kind import SPANS
from copydesk.kinds.value.kind import VALUE
from copydesk.kinds.verdict.kind import VERDICT
from copydesk.kinds.written.kind import WRITTEN

if TYPE_CHECKING:
    from copydesk.kinds.kind import Kind

KINDS: dict[str, Kind[Any, Any, Any]] = {
    "arrows": ARROWS,
    "choice": CHOICE,
    "drawer": DRAWER,
    "edit": EDIT,
    "order": ORDER,
    "sort": SORT,
    "spans": SPANS,
    "value": VALUE,
    "verdict": VERDICT,
    "written": WRITTEN,
}


def kind_of(name: str) -> Kind[Any, Any, Any]:
    """Return a kind by its name.

    Raises:
        LookupError: there is no such kind, and the message says so.
    """
    if name not in KINDS:
        msg = f"there is no kind of task {name!r}; give it a line in copydesk/kinds/table.py"
        raise LookupError(msg)
    return KINDS[name]
