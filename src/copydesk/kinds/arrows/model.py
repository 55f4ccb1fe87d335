"""Arrows: a source map, drawn as links from who told to who was told."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from copydesk.model.base import Frozen, Identifier, Text, Weight
from copydesk.model.task import KeyBase, TaskBase, ids_of, require_unique_ids

UNKNOWN = "unknown"
"""The node for a link that no one has established; every source map has one."""


class Node(Frozen):
    """A place that words can come from or go to."""

    id: Identifier
    text: Text
    note: str = ""


class Relation(Frozen):
    """What a link can be, for example *reported by* or *reworded by*."""

    id: Identifier
    text: Text


class ArrowsTask(TaskBase):
    """Nodes to be linked; *unknown link* is always among them. Without relations a link has no type."""

    kind: Literal["arrows"] = "arrows"
    nodes: tuple[Node, ...] = Field(min_length=2, max_length=30)
    relations: tuple[Relation, ...] = Field(default=(), max_length=8)

    @model_validator(mode="after")
    def _ids_are_distinct(self) -> Self:
        require_unique_ids("node", [*ids_of(self.nodes), UNKNOWN])
        require_unique_ids("relation", ids_of(self.relations))
        return self


class Edge(Frozen):
    """A directed link between two nodes."""

    source: Identifier
    target: Identifier
    relation: Identifier | None = None


class KeyEdge(Edge):
    """A link of the reference map, with its weight and why; without a relation any relation will do."""

    weight: Weight = 1.0
    why: Text


class ArrowsKey(KeyBase):
    """The reference links, and for nodes with a common origin, the node that they go back to."""

    kind: Literal["arrows"] = "arrows"
    edges: tuple[KeyEdge, ...] = Field(min_length=1)
    origins: dict[Identifier, Identifier] = Field(default_factory=dict)

    def fits(self, task: ArrowsTask) -> None:
        """Raise ``ValueError`` when a link or an origin names a node or relation that the task does not have."""
        nodes = {UNKNOWN, *ids_of(task.nodes)}
        relations = {None, *ids_of(task.relations)}
        for edge in self.edges:
            for name in (edge.source, edge.target):
                if name not in nodes:
                    msg = f"a link names the node {name!r}, which the task does not have"
                    raise ValueError(msg)
            if edge.relation not in relations:
                msg = f"a link names the relation {edge.relation!r}, which the task does not have"
                raise ValueError(msg)
        require_unique_ids("link", [f"{edge.source} to {edge.target}" for edge in self.edges])
        for name in (*self.origins, *self.origins.values()):
            if name not in nodes:
                msg = f"the origins name the node {name!r}, which the task does not have"
                raise ValueError(msg)


class ArrowsResponse(Frozen):
    """The learner's links."""

    kind: Literal["arrows"] = "arrows"
    edges: tuple[Edge, ...] = Field(max_length=200)
