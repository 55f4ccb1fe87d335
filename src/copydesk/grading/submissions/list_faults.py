"""Describes the faults of a list of learners, and the remedies: ids not found, ids changed, rows skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.grading.files.safe_text import one_line
from copydesk.text import t
from copydesk.text.lists import name_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from copydesk.grading.submissions.list_form import SkippedRow

MOST_NAMED = 6
"""How many columns or rows problems.csv names."""

LONGEST_HEAD = 40
Fault = tuple[str, str] | None
"""The reason and the remedy."""


def unknown_ids_fault(heads: Sequence[str]) -> Fault:
    """Return the fault of a list without ids, if one of the unused columns may hold them."""
    if not heads:
        return None
    names = [f"“{one_line(head, LONGEST_HEAD)}”" for head in heads]
    return t("list_faults.unknown_ids", names=_first_of(names)), t("list_faults.unknown_ids.remedy")


def skipped_rows_fault(skipped: Sequence[SkippedRow]) -> Fault:
    """Return the fault of a list with rows that are not learners."""
    if not skipped:
        return None
    rows = [f"{row.number} (“{row.text}”)" for row in skipped]
    reason = t("list_faults.skipped_rows", count=len(skipped), rows=_first_of(rows))
    return reason, t("list_faults.skipped_rows.remedy")


def rounded_ids_fault(rounded: Sequence[str]) -> Fault:
    """Return the fault of a list whose ids a spreadsheet has rounded."""
    if not rounded:
        return None
    reason = t("list_faults.rounded_ids", number=len(rounded), example=rounded[0])
    return reason, t("list_faults.rounded_ids.remedy")


def _first_of(names: list[str]) -> str:
    """Return the first few names as a person would list them, with the number of the others."""
    first = names[:MOST_NAMED]
    if len(names) > MOST_NAMED:
        first.append(t("list_faults.more", number=len(names) - MOST_NAMED))
    return name_list(first)
