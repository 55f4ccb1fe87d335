"""Brings together what the author changed and what was changed in the file meanwhile, entry by entry.

Where both changed an entry, the author's counts. What one removed and the other changed stays.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from copydesk.authoring.new_entries import free_id
from copydesk.authoring.yaml_merge import merge, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from copydesk.authoring.entry_files import Block, EntryFile


def merged_fields(before: str, after: str, present: str) -> str:
    """Return a file that is one mapping as it is now, with the fields that the author changed or took out."""
    old, own, fields = read(before), read(after), dict(read(present))
    for name in old:
        if name not in own and fields.get(name) == old[name]:
            del fields[name]
    return merge(present, fields | _changed(old, own))


def merged_entries(before: EntryFile, after: EntryFile, present: EntryFile) -> EntryFile:
    """Return a file of entries as it is now, with the entries and fields that the author changed.

    If both added an entry under the same id, the author's gets another one.
    """
    after = _without_clashes(before, after, present)
    changed = _changed(head_of(before), head_of(after))
    file = present.put_head(changed) if changed else present
    sides = [dict(zip(side.ids, side.blocks, strict=True)) for side in (before, after, present)]
    blocks = []
    for name in _order(before.ids, after.ids, present.ids):
        block = _merged_block(*(side.get(name) for side in sides))
        if block is not None:
            blocks.append(block)
    return replace(file, blocks=tuple(blocks))


def _without_clashes(before: EntryFile, after: EntryFile, present: EntryFile) -> EntryFile:
    """Return the author's file with other ids for those that were added on both sides for different entries."""
    file = after
    for name in after.ids:
        is_clash = name in present.ids and name not in before.ids and after.data(name) != present.data(name)
        if is_clash:
            other = free_id(name, [*file.ids, *present.ids])
            file = file.put(name, {**file.data(name), file.id_field: other})
    return file


def head_of(file: EntryFile) -> dict[str, Any]:
    """Return the fields above the list of a file."""
    fields = dict(read(file.head) or {})
    fields.pop(file.under, None)
    return fields


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in after.items() if name not in before or before[name] != value}


def _merged_block(before: Block | None, after: Block | None, present: Block | None) -> Block | None:
    """Return an entry as both sides would have it; None if it is gone."""
    if after is None:
        is_removed = before is not None and (present is None or present.data == before.data)
        return None if is_removed else present
    if before is not None and after.data == before.data:
        return present
    return after if present is None else present.with_data(after.data)


def _order(before: Sequence[str], after: Sequence[str], present: Sequence[str]) -> list[str]:
    """Return the ids of both sides: in the author's order if the author moved any, or else in that of the file."""
    kept = [name for name in after if name in before]
    is_moved = kept != [name for name in before if name in after]
    first, second = (after, present) if is_moved else (present, after)
    order = list(first)
    for place, name in enumerate(second):
        if name not in order:
            above = [other for other in second[:place] if other in order]
            order.insert(order.index(above[-1]) + 1 if above else 0, name)
    return order
