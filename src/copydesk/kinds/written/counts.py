"""Counts only the share of written work: a person marks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.counting import Counts, no_rows

if TYPE_CHECKING:
    from copydesk.kinds.written.model import WrittenKey, WrittenResponse, WrittenTask

COUNTS: Counts[WrittenTask, WrittenKey, WrittenResponse] = Counts(items=no_rows)
