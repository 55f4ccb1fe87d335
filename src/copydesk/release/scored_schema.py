"""Makes the schema of what the browser needs from a task to score an answer, from the models of its kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from copydesk.views.content import REASONS, SCORED_BY_ID, TEXTS_BY_ID, UNSCORED

if TYPE_CHECKING:
    from collections.abc import Mapping

    Schema = dict[str, Any]

LEAST = ("minItems", "minLength", "minProperties", "minimum")


def scored_task(definitions: Mapping[str, Schema], task: Schema, more: Schema, key: str, *, name: str) -> Schema:
    """Return the schema of a task of one kind with only what scoring needs: fields that may be empty are optional.

    ``more`` is what the browser is given besides the task itself, ``key`` the reference to its key. ``name`` is the
    name of the schema, needed because the twin of a task is of the same kind.
    """
    fields = {field: part for field, part in task["properties"].items() if field not in UNSCORED}
    required = [field for field, part in fields.items() if not _may_be_empty(part)]
    for field in SCORED_BY_ID & fields.keys():
        fields[field] = _ids_of(definitions, fields[field])
    fields |= {**more["properties"], "key": _scored_key(definitions, key), "twin": {"$ref": f"#/$defs/{name}"}}
    required += [*more.get("required", []), "key"]
    return {"type": "object", "properties": fields, "required": required, "additionalProperties": False}


def _may_be_empty(part: Schema) -> bool:
    """Return whether a value that fits a schema may be empty, zero or unset, as it may unless something forbids it."""
    if part.get("const"):
        return False
    if any(part.get(name, 0) > 0 for name in LEAST):
        return False
    return "pattern" not in part or re.search(part["pattern"], "") is not None


def _ids_of(definitions: Mapping[str, Schema], things: Schema) -> Schema:
    """Return the schema of a list of things that have only their ids."""
    name = _name(things["items"]["$ref"])
    id_only = {"id": definitions[name]["properties"]["id"]}
    item = {"type": "object", "properties": id_only, "required": ["id"], "additionalProperties": False}
    return {**things, "items": item}


def _scored_key(definitions: Mapping[str, Schema], reference: str) -> Schema:
    """Return the schema of a key with what scoring needs: without reasons, and with empty texts where ids will do."""
    key: Schema = _without_reasons(definitions, {"$ref": reference})
    for name in TEXTS_BY_ID & key["properties"].keys():
        key["properties"][name] = {"type": "object", "additionalProperties": {"const": "", "type": "string"}}
    return key


def _without_reasons(definitions: Mapping[str, Schema], part: Any) -> Any:  # noqa: ANN401  (any part of a schema)
    """Return a schema without fields that give a reason, at any depth, with its references resolved."""
    if isinstance(part, list):
        return [_without_reasons(definitions, value) for value in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _without_reasons(definitions, definitions[_name(part["$ref"])])
    schema = {name: _without_reasons(definitions, value) for name, value in part.items() if name != "discriminator"}
    for reason in REASONS.intersection(schema.get("properties", ())):
        del schema["properties"][reason]
        schema["required"] = [name for name in schema.get("required", ()) if name != reason]
    return schema


def _name(reference: str) -> str:
    return reference.rsplit("/", 1)[1]
