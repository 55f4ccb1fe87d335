"""Says what is wrong with a list of learners, and what to do: ids not found, ids changed, rows passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.grading.files.safe_text import listed, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from copydesk.grading.submissions.list_form import Aside

LISTED = 6
"""How many columns or rows problems.csv names."""

LONGEST_HEAD = 40
Fault = tuple[str, str] | None
"""The reason and the remedy."""


def no_ids(unused: Sequence[str]) -> Fault:
    """Return what to say of columns that are not used, where one of them may hold the ids that the list lacks."""
    if not unused:
        return None
    names = _first([f"“{one_line(head, LONGEST_HEAD)}”" for head in unused])
    reason = f"no column in it is known to be the learners' id; not used: {names}"
    return reason, "If one of these columns is the learners' id, call it 'id' in the first row; nothing to do otherwise"


def passed_over(asides: Sequence[Aside]) -> Fault:
    """Return what to say of rows that are no learner."""
    if not asides:
        return None
    rows = _first([f"{each.row} (“{each.text}”)" for each in asides])
    reason = f"{'row' if len(asides) == 1 else 'rows'} {rows} passed over: no learner, as it seems"
    return reason, "If one of them is a learner, fill in the id or e-mail and the name; nothing to do otherwise"


def rounded_ids(rounded: Sequence[str]) -> Fault:
    """Return what to say of ids that a spreadsheet has rounded."""
    if not rounded:
        return None
    reason = f"a spreadsheet changed {len(rounded)} of its ids, such as {rounded[0]}"
    remedy = "Export the list again and don't save it from a spreadsheet, or format the ids as text there; "
    return reason, remedy + "till then such ids are guessed, and only where exactly one learner fits"


def _first(names: list[str]) -> str:
    more = [f"{len(names) - LISTED} more"] if len(names) > LISTED else []
    return listed([*names[:LISTED], *more])
