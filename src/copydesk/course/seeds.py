"""Reads ``seeds/``, the article and what was read out of it, into models and tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from copydesk.course.article import Reference
from copydesk.course.documents import (
    ContentError,
    Document,
    Position,
    Problem,
    lines_of,
    offset_faults,
    read_csv,
    read_document,
    read_text,
    validate_document,
)
from copydesk.course.layers import COUNTED, COUNTS, CSV_LAYERS, FRAMES, LAYERS, NOT_SAID, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

    from copydesk.course.article import Card, Sentence, Source

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
            return read_text(self.folder / "article.txt")
        except FileNotFoundError:
            name = "seeds/article.txt"
            raise ContentError([Problem(name, 0, "", "the file is missing", f"Put it at {name}.")]) from None

    def words(self, name: str) -> list[str]:
        """Return the lines of a list of words beside the layers; where there is no such file, none."""
        path = self.folder / name
        return lines_of(read_text(path)) if path.is_file() else []

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

    def document(self, name: str) -> Document:
        """Return the file of a layer, with its lines.

        Raises:
            KeyError: there is no layer of that name.
            ContentError: the file breaks its model.
        """
        return self._read(name)[0]

    def _read(self, name: str) -> tuple[Document, Any]:
        """Return document and models of a layer, not yet compared with the article and other layers."""
        if name not in LAYERS:
            msg = f"there is no layer {name!r}; there are {', '.join(LAYERS)}"
            raise KeyError(msg)
        if name not in self._documents:
            file, read = (f"{name}.csv", read_csv) if name in CSV_LAYERS else (f"{name}.yml", read_document)
            document = read(self.folder / file, f"seeds/{file}")
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
        """Return a sentence of the article by its id, or of a transfer text."""
        sentence: Sentence = self.invented_sentences.get(sentence_id) or self._by_id("sentences", sentence_id)
        return sentence

    @cached_property
    def invented_sentences(self) -> dict[str, Sentence]:
        """The sentences of the transfer texts by their ids."""
        return {sentence.id: sentence for text in self.layer("transfer") for sentence in text.sentences}

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
            faults = self._transfer_faults(entry) if layer == "transfer" else self._entry_faults(layer, entry)
            for problem, remedy in faults:
                yield Problem(document.name, line, name, problem, remedy)

    def _entry_faults(self, layer: str, entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with one entry, and the remedy."""
        for words, first, last in OFFSET_FIELDS:
            if words in entry and first in entry:
                yield from offset_faults(self.article, words, entry[words], (entry[first], entry[last]))
        yield from self._sentence_faults(entry)
        for key in _source_keys(layer, entry):
            if key not in self.source_keys:
                yield f"the source {key!r} is not in seeds/sources.yml", "Add the source there, or correct the key"
        if (number := entry.get("reference")) and number not in self.reference_ids:
            yield f"the reference {number!r} is not in seeds/references.yml", "Add it there, or correct the number"
        if layer in CSV_LAYERS:
            yield from self._row_faults(entry)
        if layer == "cards" and len(entry["quote"].split()) > CARD_QUOTE_WORDS:
            yield f"the quotation has more than {CARD_QUOTE_WORDS} words", "Shorten it"

    def _row_faults(self, entry: dict[str, str]) -> Iterator[tuple[str, str]]:
        """Yield a row that rests on nothing, an address that is not its source's, an origin that is not there."""
        if not (entry.get("source") or entry.get("reference")):
            yield "the row has neither a source nor a reference", "Name one of them"
        source = self.sources_by_key.get(entry.get("source", ""))
        if "url" in entry and entry["url"] != (source.url if source else ""):
            yield "the address is not the one of the source", f"Write {source.url}" if source else "Leave it empty"
        origin = entry.get("copy_of")
        if origin and origin not in self.sources_by_key and origin not in {row.id for row in self._read("frames")[1]}:
            yield f"copy_of {origin!r} is neither a source nor a row", "Use a key of sources.yml or the id of a row"

    def _sentence_faults(self, entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield unknown sentences, and a quotation that lies outside its sentence."""
        first, *_, last = self.sentences_by_id
        for name in (*entry.get("sentences", ()), entry.get("sentence")):
            if name and name not in self.sentences_by_id:
                yield f"the sentence {name!r} is not in seeds/sentences.yml", f"Use {first} to {last}"
        home = self.sentences_by_id.get(entry.get("sentence", ""))
        if home and "start" in entry and not home.start <= entry["start"] < entry["end"] <= home.end:
            yield f"the quote does not lie inside {home.id}", f"{home.id} covers {home.start} to {home.end}"

    def _transfer_faults(self, entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield sentences that do not stand in the file of their transfer text, and what is planted nowhere."""
        if "file" not in entry:
            return
        try:
            text = read_text(self.folder / entry["file"])
        except (OSError, UnicodeDecodeError):
            yield f"the file {entry['file']!r} is missing or not UTF-8", f"Put it at seeds/{entry['file']}"
            return
        for sentence in entry["sentences"]:
            yield from offset_faults(text, "sentence", sentence["text"], (sentence["start"], sentence["end"]))
        known = {sentence["id"] for sentence in entry["sentences"]}
        for planted in entry["planted"]:
            for name in sorted({*planted["where"]} - known):
                yield f"{planted['what']!r} is planted in {name!r}, which is no sentence", "Name one of this text"

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

    def pin_texts(self) -> dict[str, str]:
        """Return what each entry says in one text, by the id that a pin names.

        Ids are those of the seeds: sentences (with what was noted on their attribution), claims, events, wordings,
        headlines, frames, traces, absences, the comparison, quotations, attributions, absent voices, facts
        about the agency, cards, estimates, the keys of sources, and ``ref-NN`` for reference NN. ``dossier-counts``
        holds the totals of the seeds, and ``dossier-frames`` the frame labels and the headlines that were not read.
        Numbers stand bare and, from 1,000, with commas too; dates stand as in the file, mostly ``YYYY-MM-DD``.
        """
        texts: defaultdict[str, list[str]] = defaultdict(list)
        tables = [self.part(table) for table in TABLES]
        for entry in (*(entry for table in tables for entry in table), self.layer("traces").comparison):
            name = f"ref-{entry.id}" if isinstance(entry, Reference) else getattr(entry, "id", "") or entry.key
            texts[name] += _said(entry.model_dump(exclude=NOT_SAID))
        wordings = self.layer("wordings")
        labels = (*wordings.mfc_labels, wordings.mfc_note, *wordings.headlines_not_read)
        return {name: "\n".join(said) for name, said in texts.items()} | {
            COUNTS: "\n".join(self._counts()),
            FRAMES: "\n".join(labels),
        }

    def _counts(self) -> Iterator[str]:
        """Yield every total of the seeds, as ``what: number``."""
        yield f"characters of the article: {len(self.article)} {len(self.article):,}"
        body = [sentence.text for sentence in self.part("sentences") if sentence.kind == "body"]
        yield f"body words of the article: {len(' '.join(body).split())}"
        for table in TABLES:
            yield f"{table}: {len(self.part(table))}"
        for table, field in COUNTED:
            for value, number in Counter(getattr(entry, field) for entry in self.part(table)).items():
                yield f"{table}, {field} {value}: {number}"
        yield from (f"{name}: {value}" for name, value in self.layer("attributions").counts.model_dump().items())

    @cached_property
    def sources_by_key(self) -> dict[str, Source]:
        """The sources by their keys."""
        return {source.key: source for source in self._read("sources")[1]}

    @cached_property
    def source_keys(self) -> frozenset[str]:
        """The keys of all sources."""
        return frozenset(self.sources_by_key)

    @cached_property
    def reference_ids(self) -> frozenset[str]:
        """The numbers of all references."""
        return frozenset(reference.id for reference in self._read("references")[1])

    @cached_property
    def sentences_by_id(self) -> dict[str, Sentence]:
        """The sentences of the article by their ids."""
        return {sentence.id: sentence for sentence in self._read("sentences")[1]}


def check_seeds(seeds: Seeds) -> list[Problem]:
    """Return everything that is wrong with the seeds of a course, over all layers."""
    problems: set[Problem] = set()
    for name in LAYERS:
        try:
            seeds.layer(name)
        except ContentError as error:
            problems.update(error.problems)
    return sorted(problems)


def _said(value: Any) -> list[str]:  # noqa: ANN401
    """Return the texts and numbers in a value, whatever its depth; a number from 1,000 with and without commas."""
    if isinstance(value, dict):
        return [text for part in value.values() for text in _said(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in _said(part)]
    if value is None or isinstance(value, bool):
        return []
    return list(dict.fromkeys([str(value), f"{value:,}"])) if isinstance(value, int | float) else [value]


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


__all__ = ["CSV_LAYERS", "LAYERS", "TABLES", "Seeds", "check_seeds"]
