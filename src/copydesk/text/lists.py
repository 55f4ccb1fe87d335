"""Writes lists of names as people do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Sequence


def name_list(names: Sequence[str]) -> str:
    """Return names as a person would list them: ``T1, T2 and T3``."""
    if len(names) < 2:  # noqa: PLR2004  (nothing to join)
        return "".join(names)
    return t("list.and", names=", ".join(names[:-1]), last=names[-1])


def first_names(names: Sequence[str], most: int) -> list[str]:
    """Return at most the first ``most`` names, and then how many more there are."""
    shown = list(names[:most])
    if len(names) > most:
        shown.append(t("list.more", count=len(names) - most))
    return shown
