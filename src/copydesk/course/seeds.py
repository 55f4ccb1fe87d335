"""Reads ``seeds/``, the article and the findings of its close reading, into models and tables."""

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
    missing_file,
    offset_faults,
    parse_document,
    read_csv,
    read_document,
    read_text,
    validate_document,
)
from copydesk.course.layers import (
    COUNTED_FIELDS,
    COUNTS,
    CSV_LAYERS,
    FRAMES,
    LAYERS,
    NEEDED,
    TABLES,
    UNPINNED_FIELDS,
)
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pandas as pd

    from copydesk.course.article import Attributions, Card, Sentence, Source

CARD_QUOTE_WORDS = 40
OFFSET_FIELDS = (("quote", "start", "end"), ("text", "start", "end"), ("cue", "cue_start", "cue_end"))


class Seeds:
    """The content of a ``seeds/`` folder; each layer is read and validated when it is first asked for."""

    def __init__(self, root: Path, unsaved: Mapping[str, str] | None = None) -> None:
        """Take the course root, the folder with ``seeds/``.

        ``unsaved`` has the text of YAML files that their author has changed and not saved, by path below the root.
        """
        self.folder = root / "seeds"
        self._unsaved = dict(unsaved or {})
        self._documents: dict[str, tuple[Document, Any]] = {}
        self._layers: dict[str, Any] = {}

    @cached_property
    def article(self) -> str:
        """The article as supplied."""
        name = "seeds/article.txt"
        try:
            return read_text(self.folder / "article.txt")
        except FileNotFoundError:
            raise missing_file(name) from None

    def words(self, name: str) -> list[str]:
        """Return the lines of a word list kept beside the layers; none if there is no such file."""
        path = self.folder / name
        return lines_of(read_text(path)) if path.is_file() else []

    def layer(self, name: str) -> Any:  # noqa: ANN401  (the type stands in LAYERS)
        """Return one layer as frozen models.

        Raises:
            KeyError: there is no layer of that name.
            ContentError: the file breaks its model, a quote is not at its offsets, a source key
                does not resolve, or an id appears twice.
        """
        if name not in self._layers:
            document, value = self._read(name)
            problems = [*self._check_entries(document, name), *self._check_counts(document, name, value)]
            if problems:
                raise ContentError(problems)
            self._layers[name] = self._with_publishers(value) if name == "cards" else value
        return self._layers[name]

    def _with_publishers(self, cards: tuple[Card, ...]) -> tuple[Card, ...]:
        """Return the cards with the publishers of their sources; a card without sources has its title's."""
        complete = []
        for card in cards:
            names = [self.sources_by_key[key].publisher for key in card.sources]
            publisher = "; ".join(dict.fromkeys(names)) or card.publisher_and_date[0]
            complete.append(card.model_copy(update={"publisher": publisher}))
        return tuple(complete)

    def document(self, name: str) -> Document:
        """Return the file of a layer, with its lines.

        Raises:
            KeyError: there is no layer of that name.
            ContentError: the file breaks its model.
        """
        return self._read(name)[0]

    def _read(self, name: str) -> tuple[Document, Any]:
        """Return the document and models of a layer, not yet compared with the article and other layers."""
        if name not in LAYERS:
            raise KeyError(t("seeds.no_layer", name=name, layers=", ".join(LAYERS)))
        if name not in self._documents:
            document = self._read_layer_file(name)
            self._documents[name] = (document, validate_document(document, LAYERS[name]))
        return self._documents[name]

    def _read_layer_file(self, layer: str) -> Document:
        is_table = layer in CSV_LAYERS
        file = f"{layer}.csv" if is_table else f"{layer}.yml"
        name, path = f"seeds/{file}", self.folder / file
        if name in self._unsaved and self._unsaved[name].strip():
            return parse_document(self._unsaved[name], name)
        empty = Document(name, {} if isinstance(LAYERS[layer], type) else [], {})
        if layer not in NEEDED and not path.is_file():
            return empty
        document = read_csv(path, name) if is_table else read_document(path, name)
        return empty if document.data is None else document

    def part(self, table: str) -> tuple[Any, ...]:
        """Return the entries of a table (see ``TABLES``) as frozen models."""
        if table not in TABLES:
            raise KeyError(t("seeds.no_table", name=table, tables=", ".join(TABLES)))
        layer, part = TABLES[table]
        value = self.layer(layer)
        return tuple(getattr(value, part) if part else value)

    def table(self, name: str) -> pd.DataFrame:
        """Return a table as a pandas data frame: one row per entry, one column per field, lists joined by ``; ``."""
        import pandas as pd  # noqa: PLC0415  (importing copydesk must not load pandas)

        rows = [entry.model_dump() for entry in self.part(name)]
        frame = pd.DataFrame(rows)
        for column in frame.columns:
            if frame[column].map(lambda cell: isinstance(cell, list | tuple)).any():
                frame[column] = frame[column].map("; ".join)
        return frame

    def sentence(self, sentence_id: str) -> Sentence:
        """Return a sentence of the article, or of a transfer text, by its id."""
        sentence: Sentence = self.invented_sentences.get(sentence_id) or self._by_id("sentences", sentence_id)
        return sentence

    @cached_property
    def invented_sentences(self) -> dict[str, Sentence]:
        """The sentences of the transfer texts by their ids."""
        sentences = {}
        for text in self.layer("transfer"):
            for sentence in text.sentences:
                sentences[sentence.id] = sentence
        return sentences

    def card(self, card_id: str) -> Card:
        """Return an evidence card by its id."""
        card: Card = self._by_id("cards", card_id)
        return card

    def _by_id(self, table: str, name: str) -> Any:  # noqa: ANN401
        entries = {entry.id: entry for entry in self.part(table)}
        if name not in entries:
            raise KeyError(t("seeds.no_entry", name=name, table=table, entries=", ".join(entries)))
        return entries[name]

    def _check_entries(self, document: Document, layer: str) -> Iterator[Problem]:
        """Check every entry of a layer: offsets, quotes, source keys, sentence ids, unique ids."""
        seen_on: dict[tuple[Position, str], int] = {}
        for position, entry in _entries(document.data, ()):
            line = document.line_of(position)
            name = str(entry.get("id", entry.get("key", "")))
            group = position[:-1]
            if name and (group, name) in seen_on:
                fault = f"the id stands already on line {seen_on[group, name]}"
                yield Problem(document.name, line, name, fault, "Rename one of them.")
            seen_on[group, name] = line
            faults = self._transfer_faults(entry) if layer == "transfer" else self._entry_faults(layer, entry)
            for fault, remedy in faults:
                yield Problem(document.name, line, name, fault, remedy)

    def _entry_faults(self, layer: str, entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield the faults of one entry, each with its remedy."""
        for field, first, last in OFFSET_FIELDS:
            if field in entry and first in entry:
                yield from offset_faults(self.article, field, entry[field], (entry[first], entry[last]))
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
        """Yield a row based on nothing, an address that is not its source's, an origin that does not exist."""
        if not (entry.get("source") or entry.get("reference")):
            yield "the row has neither a source nor a reference", "Name one of them"
        source = self.sources_by_key.get(entry.get("source", ""))
        address = source.url if source else ""
        if "url" in entry and entry["url"] != address:
            yield "the address is not the one of the source", f"Write {address}" if source else "Leave it empty"
        origin = entry.get("copy_of")
        if origin and origin not in self.sources_by_key and origin not in self._frame_ids:
            yield f"copy_of {origin!r} is neither a source nor a row", "Use a key of sources.yml or the id of a row"

    @cached_property
    def _frame_ids(self) -> frozenset[str]:
        return frozenset(row.id for row in self._read("frames")[1])

    def _sentence_faults(self, entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield unknown sentences, and a quotation outside its sentence."""
        ids = list(self.sentences_by_id)
        for name in (*entry.get("sentences", ()), entry.get("sentence")):
            if name and name not in self.sentences_by_id:
                yield f"the sentence {name!r} is not in seeds/sentences.yml", f"Use {ids[0]} to {ids[-1]}"
        sentence = self.sentences_by_id.get(entry.get("sentence", ""))
        if sentence and "start" in entry and not sentence.start <= entry["start"] < entry["end"] <= sentence.end:
            place = f"{sentence.start} to {sentence.end}"
            yield f"the quote does not lie inside {sentence.id}", f"{sentence.id} covers {place}"

    def _transfer_faults(self, entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield sentences that are not in their transfer text's file, and planted features without a place."""
        if "file" not in entry:
            return
        try:
            text = read_text(self.folder / entry["file"])
        except (OSError, UnicodeDecodeError):
            yield f"the file {entry['file']!r} is missing or not UTF-8", f"Put it at seeds/{entry['file']}"
            return
        for sentence in entry["sentences"]:
            yield from offset_faults(text, "sentence", sentence["text"], (sentence["start"], sentence["end"]))
        ids = {sentence["id"] for sentence in entry["sentences"]}
        for planted in entry["planted"]:
            for name in sorted(set(planted["where"]) - ids):
                yield f"{planted['what']!r} is planted in {name!r}, which is no sentence", "Name one of this text"

    def _check_counts(self, document: Document, layer: str, value: Any) -> Iterator[Problem]:  # noqa: ANN401
        """Recount the totals of the attributions."""
        if layer != "attributions" or value.counts is None:
            return
        for field, counted in _attribution_totals(value).items():
            stated = getattr(value.counts, field)
            if stated != counted:
                line = document.line_of(("counts", field))
                fault = f"{field} is {stated}, counted {counted}"
                yield Problem(document.name, line, "counts", fault, "Correct the total.")

    def pin_texts(self) -> dict[str, str]:
        """Return the text of each entry, by the id that a pin uses.

        Ids are those of the seeds: sentences (with the notes on their attribution), claims, events, wordings,
        headlines, frames, traces, absences, the comparison, quotations, attributions, absent voices, facts
        about the agency, cards, estimates, the keys of sources, and ``ref-NN`` for reference NN. ``dossier-counts``
        has the totals of the seeds, and ``dossier-frames`` the frame labels and the headlines that were not read.
        Numbers are plain and, from 1,000, also with commas; dates are as in the file, mostly ``YYYY-MM-DD``.
        """
        lines: defaultdict[str, list[str]] = defaultdict(list)
        for entry in self._pinned_entries():
            lines[_pin_id(entry)] += _texts_in(entry.model_dump(exclude=UNPINNED_FIELDS))
        wordings = self.layer("wordings")
        lines[COUNTS] = list(self._counts())
        lines[FRAMES] = [*wordings.mfc_labels, wordings.mfc_note, *wordings.headlines_not_read]
        return {pin: "\n".join(texts) for pin, texts in lines.items()}

    def _pinned_entries(self) -> Iterator[Any]:
        """Yield every entry of every table, and the comparison with the cleaner copy."""
        for table in TABLES:
            yield from self.part(table)
        comparison = self.layer("traces").comparison
        if comparison is not None:
            yield comparison

    def _counts(self) -> Iterator[str]:
        """Yield every total of the seeds, as ``name: number``."""
        yield f"characters of the article: {len(self.article)} {len(self.article):,}"
        body = [sentence.text for sentence in self.part("sentences") if sentence.kind == "body"]
        yield f"body words of the article: {len(' '.join(body).split())}"
        for table in TABLES:
            yield f"{table}: {len(self.part(table))}"
        for table, field in COUNTED_FIELDS:
            values = Counter(getattr(entry, field) for entry in self.part(table))
            for value, number in values.items():
                yield f"{table}, {field} {value}: {number}"
        counts = self.layer("attributions").counts
        for name, value in counts.model_dump().items() if counts else ():
            yield f"{name}: {value}"

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
    """Return all faults in a course's seeds, over all layers."""
    problems: set[Problem] = set()
    for name in LAYERS:
        try:
            seeds.layer(name)
        except ContentError as error:
            problems.update(error.problems)
    return sorted(problems)


def _attribution_totals(layer: Attributions) -> dict[str, Any]:
    """Return the totals of the attributions as counted, by the fields of ``AttributionCounts``."""
    bare = tuple(entry.id for entry in layer.per_sentence if not entry.attributed)
    return {
        "body_sentences": len(layer.per_sentence),
        "sentences_with_attribution": len(layer.per_sentence) - len(bare),
        "sentences_without_attribution": len(bare),
        "sentences_without": bare,
        "attributions": len(layer.attributions),
        "by_source_type": dict(Counter(entry.source_type for entry in layer.attributions)),
    }


def _pin_id(entry: Any) -> str:  # noqa: ANN401  (an entry of any table)
    """Return the id by which a pin names an entry: its own, a source key, or ``ref-NN`` for a reference."""
    if isinstance(entry, Reference):
        return f"ref-{entry.id}"
    name: str = getattr(entry, "id", "") or entry.key
    return name


def _texts_in(value: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the texts and numbers in a value, at any depth; numbers from 1,000 with and without commas."""
    if isinstance(value, dict):
        for part in value.values():
            yield from _texts_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts_in(part)
    elif isinstance(value, str):
        yield value
    elif value is not None and not isinstance(value, bool):
        yield from dict.fromkeys([str(value), f"{value:,}"])


def _source_keys(layer: str, entry: dict[str, Any]) -> Iterator[str]:
    """Yield the source keys that an entry names; in attributions ``source`` is who speaks."""
    if layer == "sources":
        return
    yield from entry.get("sources", ())
    fields = () if layer == "attributions" else ("source", "other_copy_source", "other")
    for field in fields:
        if entry.get(field):
            yield entry[field]


def _entries(data: Any, position: Position) -> Iterator[tuple[Position, dict[str, Any]]]:  # noqa: ANN401
    """Yield every mapping in a document that is in a list or has fields of its own."""
    if isinstance(data, dict):
        yield position, data
        for key, value in data.items():
            yield from _entries(value, (*position, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _entries(value, (*position, index))


__all__ = ["CSV_LAYERS", "LAYERS", "TABLES", "Seeds", "check_seeds"]
