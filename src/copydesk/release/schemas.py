"""Publishes the JSON Schemas of the file formats, made from the models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from copydesk.answers.file import AnswerFile
from copydesk.course.bank import Bank
from copydesk.course.manifest import CourseManifest
from copydesk.grading.class_file.model import ClassFile
from copydesk.kinds.union import Key
from copydesk.release.view_schema import view_schema
from copydesk.site_file.model import SiteFile

if TYPE_CHECKING:
    from pathlib import Path

TWIN = "The fields in which the other version of the task differs; a learner meets one of the two."
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Return each published schema by file name."""
    return {
        "answers-1.schema.json": _model_schema(AnswerFile),
        "class-1.schema.json": _model_schema(ClassFile),
        "course-1.schema.json": _model_schema(CourseManifest),
        "site-1.schema.json": _model_schema(SiteFile),
        "bank-1.schema.json": bank_schema(),
        "views-1.schema.json": {"$schema": DIALECT, **view_schema()},
    }


def bank_schema() -> dict[str, Any]:
    """Return the schema of quiz and task files, in which each task has its key among its fields."""
    from pydantic import TypeAdapter  # noqa: PLC0415  (only here)

    schema = _model_schema(Bank)
    keys = TypeAdapter(Key).json_schema(mode="validation")
    schema["$defs"] |= keys.pop("$defs")
    mapping = schema["$defs"].pop("Entry")["properties"]["task"]["discriminator"]["mapping"]
    forms = []
    for kind, reference in mapping.items():
        name = reference.rsplit("/", 1)[1]
        task, key = schema["$defs"][name], schema["$defs"][name.replace("Task", "Key")]
        task["properties"]["key"] = {"$ref": f"#/$defs/{name.replace('Task', 'Key')}"}
        task["required"] = sorted({*task["required"], "kind"})
        key["properties"]["kind"] = {"const": kind, "default": kind, "type": "string"}
        twin = {"type": "object", "properties": dict(task["properties"]), "additionalProperties": False}
        task["properties"]["twin"] = {"description": TWIN, **twin}
        forms.append({"$ref": reference})
    schema["properties"]["tasks"]["items"] = {"oneOf": forms}
    return schema


def write_schemas(root: Path, *, check: bool) -> list[Path]:
    """Write the schemas to ``schemas/`` and return those that changed; with ``check`` write nothing.

    Only Copy Desk itself has this folder: other courses take its formats as they are.
    """
    if not (root / "schemas").is_dir():
        return []
    changed = []
    for name, schema in schemas().items():
        path = root / "schemas" / name
        text = json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            changed.append(path)
            if not check:
                path.write_text(text, encoding="utf-8", newline="\n")
    return changed


def _model_schema(model: type[AnswerFile | Bank | ClassFile | CourseManifest | SiteFile]) -> dict[str, Any]:
    return {"$schema": DIALECT, **model.model_json_schema(by_alias=True, mode="validation")}
