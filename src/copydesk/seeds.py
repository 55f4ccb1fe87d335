"""Reads ``seeds/``, the article and what was read out of it, into models and tables."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from copydesk.documents import ContentError, Document, Position, Problem, read_document, validate_document
from copydesk.model.article import (
    Attributions,
    Card,
    Claim,
    Event,
    Quotation,
    Reference,
    Sentence,
    Source,
    Traces,
    Wordings,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

LAYERS: dict[str, Any] = {
    "sentences": tuple[Sentence, ...],
    "attributions": Attributions,
    "traces": Traces,
    "wordings": Wordings,
    "claims": tuple[Claim, ...],
    "timeline": tuple[Event, ...],
    "quotations": tuple[Quotation, ...],
    "cards": tuple[Card, ...],
    "sources": tuple[Source, ...],
    "references": tuple[Reference, ...],
}
"""File name (without ``.yml``) and type of each layer."""

TABLES: dict[str, tuple[str, str]] = {
    "sentences": ("sentences", ""),
    "attributions": ("attributions", "attributions"),
    "attribution_per_sentence": ("attributions", "per_sentence"),
    "absent_voices": ("attributions", "absent_voices"),
    "tass": ("attributions", "tass"),
    "traces": ("traces", "artefacts"),
    "absences": ("traces", "absences"),
    "wordings": ("wordings", "words"),
    "headlines": ("wordings", "headlines"),
    "frames": ("wordings", "mfc_by_paragraph"),
    "claims": ("claims", ""),
    "timeline": ("timeline", ""),
    "quotations": ("quotations", ""),
    "cards": ("cards", ""),
    "sources": ("sources", ""),
    "references": ("references", ""),
}
"""Name of each table: the layer it is in, and the part of the layer."""

CARD_QUOTE_WORDS = 40
OFFSET_FIELDS = (("quote", "start", "end"), ("text", "start", "end"), ("cue", "cue_start", "cue_end"))


class Seeds:
    """The content of a ``seeds/`` folder; each layer is read and validated when it is first asked for."""

    def __init__(self, root: Path) -> None:
        """Take the course root, the folder that holds ``seeds/``."""
        self.folder = root / "seeds"
        self._documents: dict[str, tuple[Document, Any]] = {}
        self._layers: dict[str, Any] = {}

    @cached_property
    def article(self) -> str:
        """The article as supplied."""
        try:
            return (self.folder / "article.txt").read_bytes().decode("utf-8")
        except FileNotFoundError:
            name = "seeds/article.txt"
            raise ContentError([Problem(name, 0, "", "the file is missing", f"Put it at {name}.")]) from None

    def layer(self, name: str) -> Any:  # noqa: ANN401  (the type stands in LAYERS)
        """Return one layer as frozen models.

        Raises:
            KeyError: there is no layer of that name.
            ContentError: the file breaks its model, a quote does not stand at its offsets, a source key
                does not resolve, or an id stands twice.
        """
        if name not in self._layers:
            document, value = self._read(name)
            problems = [*self._check_entries(document, name), *self._check_counts(document, name, value)]
            if problems:
                raise ContentError(problems)
            self._layers[name] = value
        return self._layers[name]

    def _read(self, name: str) -> tuple[Document, Any]:
        """Return document and models of a layer, not yet compared with the article and other layers."""
        if name not in LAYERS:
            msg = f"there is no layer {name!r}; there are {', '.join(LAYERS)}"
            raise KeyError(msg)
        if name not in self._documents:
            document = read_document(self.folder / f"{name}.yml", f"seeds/{name}.yml")
            self._documents[name] = (document, validate_document(document, LAYERS[name]))
        return self._documents[name]

    def part(self, table: str) -> tuple[Any, ...]:
        """Return the entries of a table (see ``TABLES``) as frozen models."""
        if table not in TABLES:
            msg = f"there is no table {table!r}; there are {', '.join(TABLES)}"
            raise KeyError(msg)
        layer, part = TABLES[table]
        value = self.layer(layer)
        return tuple(getattr(value, part) if part else value)

    def table(self, name: str) -> pd.DataFrame:
        """Return a table as a pandas data frame: a row an entry, a column a field, lists joined by ``; ``."""
        import pandas as pd  # noqa: PLC0415  (importing copydesk must not load pandas)

        rows = [entry.model_dump() for entry in self.part(name)]
        frame = pd.DataFrame(rows)
        for column in frame.columns:
            if frame[column].map(lambda cell: isinstance(cell, list | tuple)).any():
                frame[column] = frame[column].map("; ".join)
        return frame

    def sentence(self, sentence_id: str) -> Sentence:
        """Return a sentence by its id, for example ``S02``."""
        sentence: Sentence = self._by_id("sentences", sentence_id)
        return sentence

    def card(self, card_id: str) -> Card:
        """Return an evidence card by its id."""
        card: Card = self._by_id("cards", card_id)
        return card

    def _by_id(self, table: str, name: str) -> Any:  # noqa: ANN401
        entries = {entry.id: entry for entry in self.part(table)}
        if name not in entries:
            msg = f"there is no {name!r} in {table}; there are {', '.join(entries)}"
            raise KeyError(msg)
        return entries[name]

    def _check_entries(self, document: Document, layer: str) -> Iterator[Problem]:
        """Check every entry of a layer: offsets, quotes, source keys, sentence ids, unique ids."""
        seen: dict[tuple[Position, str], int] = {}
        for position, entry in _entries(document.data, ()):
            line = document.line_of(position)
            name = str(entry.get("id", entry.get("key", "")))
            group = position[:-1]
            if name and (group, name) in seen:
                yield Problem(
                    document.name,
                    line,
                    name,
                    f"the id stands already on line {seen[group, name]}",
                    "Rename one of them.",
                )
            seen[group, name] = line
            for problem, remedy in self._entry_faults(layer, entry):
                yield Problem(document.name, line, name, problem, remedy)

    def _entry_faults(self, layer: str, entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with one entry, and the remedy."""
        for words, first, last in OFFSET_FIELDS:
            if words in entry and first in entry:
                yield from self._offset_faults(words, entry[words], entry[first], entry[last])
        yield from self._sentence_faults(entry)
        for key in _source_keys(layer, entry):
            if key not in self.source_keys:
                yield f"the source {key!r} is not in seeds/sources.yml", "Add the source there, or correct the key"
        if layer == "quotations" and (number := entry.get("reference")) and number not in self.reference_ids:
            yield f"the reference {number!r} is not in seeds/references.yml", "Add it there, or correct the number"
        if layer == "cards" and len(entry["quote"].split()) > CARD_QUOTE_WORDS:
            yield f"the quotation has more than {CARD_QUOTE_WORDS} words", "Shorten it"

    def _sentence_faults(self, entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield unknown sentences, and a quotation that lies outside its sentence."""
        for name in (*entry.get("sentences", ()), entry.get("sentence")):
            if name and name not in self.sentences_by_id:
                yield f"the sentence {name!r} is not in seeds/sentences.yml", "Use S00 to S24"
        home = self.sentences_by_id.get(entry.get("sentence", ""))
        if home and "start" in entry and not home.start <= entry["start"] < entry["end"] <= home.end:
            yield f"the quote does not lie inside {home.id}", f"{home.id} covers {home.start} to {home.end}"

    def _offset_faults(self, field: str, words: str, start: int, end: int) -> Iterator[tuple[str, str]]:
        found = self.article[start:end]
        if found != words:
            at = self.article.find(words)
            remedy = f"It stands at {at} to {at + len(words)}" if at >= 0 else "The article does not hold these words"
            yield f"{field} {words!r} does not stand at {start} to {end} (there stands {found!r})", remedy

    def _check_counts(self, document: Document, layer: str, value: Any) -> Iterator[Problem]:  # noqa: ANN401
        """Recount the totals of the attributions."""
        if layer != "attributions":
            return
        without = tuple(entry.id for entry in value.per_sentence if not entry.attributed)
        types: dict[str, int] = {}
        for entry in value.attributions:
            types[entry.source_type] = types.get(entry.source_type, 0) + 1
        recount = {
            "body_sentences": len(value.per_sentence),
            "sentences_with_attribution": len(value.per_sentence) - len(without),
            "sentences_without_attribution": len(without),
            "sentences_without": without,
            "attributions": len(value.attributions),
            "by_source_type": types,
        }
        for field, counted in recount.items():
            stated = getattr(value.counts, field)
            if stated != counted:
                line = document.line_of(("counts", field))
                yield Problem(
                    document.name, line, "counts", f"{field} is {stated}, counted {counted}", "Correct the total."
                )

    @cached_property
    def source_keys(self) -> frozenset[str]:
        """The keys of all sources."""
        return frozenset(source.key for source in self._read("sources")[1])

    @cached_property
    def reference_ids(self) -> frozenset[str]:
        """The numbers of all references."""
        return frozenset(reference.id for reference in self._read("references")[1])

    @cached_property
    def sentences_by_id(self) -> dict[str, Sentence]:
        """The sentences of the article by their ids."""
        return {sentence.id: sentence for sentence in self._read("sentences")[1]}


def check_seeds(root: Path) -> list[Problem]:
    """Return everything that is wrong with the seeds of a course, over all layers."""
    seeds = Seeds(root)
    problems: set[Problem] = set()
    for name in LAYERS:
        try:
            seeds.layer(name)
        except ContentError as error:
            problems.update(error.problems)
    return sorted(problems)


def _source_keys(layer: str, entry: dict[str, Any]) -> list[str]:
    """Return the source keys that an entry names; in attributions ``source`` is who speaks."""
    fields = () if layer == "attributions" else ("source", "other_copy_source", "other")
    single = [entry[field] for field in fields if entry.get(field)]
    return [*entry.get("sources", ()), *single] if layer != "sources" else []


def _entries(data: Any, position: Position) -> Iterator[tuple[Position, dict[str, Any]]]:  # noqa: ANN401
    """Yield every mapping of a document that stands in a list or holds fields of its own."""
    if isinstance(data, dict):
        yield position, data
        for key, value in data.items():
            yield from _entries(value, (*position, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _entries(value, (*position, index))


__all__ = ["LAYERS", "TABLES", "Seeds", "check_seeds"]
