"""Makes the JSON Schema of what the views give the browser, with its tasks made from the models of their kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from copydesk.answers.file import Answer
from copydesk.course.article import Card
from copydesk.course.bank import FIRST, SECOND
from copydesk.kinds.table import KINDS
from copydesk.kinds.union import Key, Task
from copydesk.release.scored_schema import scored_task
from copydesk.views.marking_shapes import MarkingView
from copydesk.views.shapes import Content, SaveState, WidgetReply

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic.json_schema import JsonSchemaMode
    from pydantic_core import core_schema

Schema = dict[str, Any]

TYPES: dict[str, Any] = {
    "content": Content,
    "task": Task,
    "key": Key,
    "card": Card,
    "answer": Answer,
    "saved": SaveState,
    "reply": WidgetReply,
    "marking": MarkingView,
}


class WrittenSchema(GenerateJsonSchema):
    """The schema of what Python writes: every field of a model, and only fields that a shape names."""

    def field_is_required(
        self,
        field: core_schema.ModelField | core_schema.DataclassField | core_schema.TypedDictField,
        total: bool,
    ) -> bool:
        """Return whether a field is always present; in a model it is, even if it has a default."""
        return field["type"] != "typed-dict-field" or super().field_is_required(field, total)

    def typed_dict_schema(self, schema: core_schema.TypedDictSchema) -> Schema:
        """Return the schema of a shape, closed unless declared open."""
        return {"additionalProperties": False, **super().typed_dict_schema(schema)}


def view_schema() -> Schema:
    """Return the schema of a view's content and of what else widgets are told: what was saved, replies, the marking."""
    parts, definitions = _parts()
    tasks, keys = (parts[name]["discriminator"]["mapping"] for name in ("task", "key"))
    outlines: dict[str, Schema] = {}
    scored: dict[str, Schema] = {}
    for kind, reference in tasks.items():
        task = _definition(definitions, reference)
        name = _name(reference).replace("Task", "Outline")
        outlines[name] = _included(definitions, task, {"kind": True, **KINDS[kind].outline})
        more = _definition(definitions, parts[kind]["$ref"])
        name = f"Scored{_name(reference)}"
        scored[name] = scored_task(definitions, task, more, keys[kind], name=name)
        cards = {"type": "array", "items": parts["card"]}
        twin = {"twin": {"$ref": reference}, "version": {"enum": [FIRST, SECOND], "type": "integer"}}
        task["properties"] |= {"cards": cards, "key": {"$ref": keys[kind]}, **twin, **more["properties"]}
        task["required"] += more.get("required", [])
    for name in {_name(parts[kind]["$ref"]) for kind in tasks}:
        del definitions[name]
    definitions |= outlines | scored
    definitions["Outline"] = _one_of(outlines)
    definitions["ScoredTask"] = _one_of(scored)
    definitions["TaskContent"] = parts["task"]
    definitions["AnswerContent"] = parts["answer"]
    return {"title": "Content", **parts["content"], "$defs": definitions}


def _parts() -> tuple[dict[str, Schema], dict[str, Schema]]:
    """Return the schemas of the types and, by kind, of what each adds to a task; and what these refer to."""
    types = TYPES | {name: kind.browser_fields for name, kind in KINDS.items()}
    mode: JsonSchemaMode = "serialization"
    adapters = [(name, mode, TypeAdapter[Any](made)) for name, made in types.items()]
    schemas, shared = TypeAdapter.json_schemas(adapters, schema_generator=WrittenSchema)
    return {name: schema for (name, _), schema in schemas.items()}, shared["$defs"]


def _one_of(names: Iterable[str]) -> Schema:
    return {"oneOf": [{"$ref": f"#/$defs/{name}"} for name in names]}


def _name(reference: str) -> str:
    return reference.rsplit("/", 1)[1]


def _definition(definitions: dict[str, Schema], reference: str) -> Schema:
    return definitions[_name(reference)]


def _included(definitions: dict[str, Schema], schema: Schema, include: Any) -> Schema:  # noqa: ANN401  (pydantic's own)
    """Return the schema of what is left of a value after pydantic's ``include``."""
    if include is True:
        return schema
    if "$ref" in schema:
        return _included(definitions, _definition(definitions, schema["$ref"]), include)
    if "oneOf" in schema:
        return {"oneOf": [_included(definitions, part, include) for part in schema["oneOf"]]}
    if schema["type"] == "array":
        return {"type": "array", "items": _included(definitions, schema["items"], include["__all__"])}
    names = include if isinstance(include, dict) else dict.fromkeys(include, True)
    properties = {
        name: _included(definitions, part, names[name]) for name, part in schema["properties"].items() if name in names
    }
    required = list(properties)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
