"""Sort: put items into classes; matching is a sort whose classes are partners."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from copydesk.model.base import Frozen, Identifier, Text, Weight
from copydesk.model.task import KeyBase, TaskBase, ids_of, require_same_ids, require_unique_ids


class Item(Frozen):
    """One thing to be sorted."""

    id: Identifier
    text: Text


class SortClass(Frozen):
    """One class that items go into; ``note`` says in a few words what belongs there."""

    id: Identifier
    text: Text
    note: str = ""


class SortTask(TaskBase):
    """Items, and the classes they are put into."""

    kind: Literal["sort"] = "sort"
    items: tuple[Item, ...] = Field(min_length=2, max_length=60)
    classes: tuple[SortClass, ...] = Field(min_length=2, max_length=20)

    @model_validator(mode="after")
    def _ids_are_distinct(self) -> Self:
        require_unique_ids("item", ids_of(self.items))
        require_unique_ids("class", ids_of(self.classes))
        return self


class ItemKey(Frozen):
    """The weight of each class for one item (0 if not named), and why.

    ``surface`` is for the checks of a course: the wrong class that a striking word of the item points to.
    """

    weights: dict[Identifier, Weight] = Field(min_length=1)
    why: Text
    surface: str = Field(default="", exclude=True)


class SortKey(KeyBase):
    """An entry for every item."""

    kind: Literal["sort"] = "sort"
    items: dict[Identifier, ItemKey]

    def fits(self, task: SortTask) -> None:
        """Raise ``ValueError`` when items or classes of key and task differ."""
        require_same_ids("item", ids_of(task.items), self.items)
        classes = set(ids_of(task.classes))
        for item_id, entry in self.items.items():
            unknown = sorted(set(entry.weights) - classes)
            if unknown:
                msg = f"item {item_id!r} names the class {unknown[0]!r}, which the task does not have"
                raise ValueError(msg)
            if entry.surface and (entry.surface not in classes or entry.weights.get(entry.surface) == 1):
                msg = f"item {item_id!r} names {entry.surface!r} as its surface; name a class in which it is wrong"
                raise ValueError(msg)
            if max(entry.weights.values()) < 1:
                msg = f"item {item_id!r} has no class of weight 1; give the reference reading weight 1"
                raise ValueError(msg)


class SortResponse(Frozen):
    """The class that each item was put into; items left out are not yet placed."""

    kind: Literal["sort"] = "sort"
    placed: dict[Identifier, Identifier] = Field(max_length=60)
