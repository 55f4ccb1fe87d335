"""Reads exported JSON-LD with a processor that is not ours, offline, and by the schemas in schemas/."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
from pyld import jsonld

ROOT = Path(__file__).resolve().parents[2]
CONTEXTS = {
    "http://www.w3.org/ns/anno.jsonld": "anno-terms.jsonld",
    "https://schema.org": "schema-terms.jsonld",
    "https://schema.org/": "schema-terms.jsonld",
}
"""The two contexts that exports name, as files that hold of their terms those that we use."""


def _load(url: str, _options: object) -> dict[str, Any]:
    """Return a context from its file; any other address fails the test."""
    text = (ROOT / "tests" / "linked" / CONTEXTS[url]).read_text(encoding="utf-8")
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": json.loads(text)}


def triples(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return what a JSON-LD document states, as subject, predicate and object."""
    dataset = jsonld.to_rdf(document, {"documentLoader": _load})
    graph = dataset["@default"]
    return [(each["subject"]["value"], each["predicate"]["value"], each["object"]["value"]) for each in graph]


def objects(document: dict[str, Any], predicate: str) -> list[str]:
    """Return all that a document states with a predicate, sorted."""
    return sorted(what for _, name, what in triples(document) if name == predicate)


def unknown_terms(document: dict[str, Any]) -> set[str]:
    """Return the keys of an annotation file that the context does not define: a processor would drop them."""
    context = json.loads((ROOT / "tests" / "linked" / "anno-terms.jsonld").read_text(encoding="utf-8"))["@context"]
    return {key for key in keys(document) if key != "@context" and key.split(":")[0] not in context}


def keys(data: Any) -> set[str]:  # noqa: ANN401  (plain data of any depth)
    """Return all keys in some plain data."""
    if isinstance(data, dict):
        return {*data, *(key for value in data.values() for key in keys(value))}
    return {key for each in data for key in keys(each)} if isinstance(data, list) else set()


def validate(document: dict[str, Any], name: str) -> None:
    """Fail unless a document fits a schema of schemas/."""
    schema = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(document)
