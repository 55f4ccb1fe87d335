"""Makes the content of the reading pane: the article, and layers of marks, each with a note and its sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast, get_args

from copydesk.answers.progress import outline
from copydesk.course.course_file import Layer
from copydesk.text import t
from copydesk.views.html import sources_by_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from copydesk.course.article import Attribution, Claim, QuotedEntry, Sentence, Source, Trace, Wording
    from copydesk.course.bank import Bank, Entry
    from copydesk.course.course import Course
    from copydesk.course.course_file import CourseFacts
    from copydesk.kinds.verdict.model import Support
    from copydesk.views.article_shapes import (
        Mark,
        MarkFact,
        MarkGroup,
        MarkLayer,
        SentenceContent,
        SourceContent,
    )
    from copydesk.views.shapes import FinishedLayer, Lock, ReadingContent

Marked = TypeVar("Marked", bound="QuotedEntry")

LAYERS: tuple[str, ...] = get_args(Layer)
"""The layers that can be read, in the order in which they are offered."""

SUPPORTS: dict[str, Support] = {
    "supported": "supported",
    "mostly supported": "qualified",
    "imprecise/missing context": "qualified",
    "contested": "not-established",
    "unsupported/false": "contradicted",
    "not checkable": "not-checkable",
}
"""Each verdict in the seeds, and its place on the course's scale of support."""

LOOKS: dict[Support, tuple[str, int]] = {
    "supported": ("✓", 3),
    "qualified": ("≈", 2),
    "not-established": ("?", 5),
    "contradicted": ("✗", 1),
    "not-checkable": ("○", 4),
}
"""The sign for each place on the scale, and which of the six label looks it has (green, blue, ochre, ...)."""


@dataclass(frozen=True)
class Layers:
    """The material of the layers: the sentences, the entries of each layer, all sources by key, and the facts."""

    sentences: tuple[Sentence, ...]
    attributions: tuple[Attribution, ...]
    traces: tuple[Trace, ...]
    wordings: tuple[Wording, ...]
    claims: tuple[Claim, ...]
    sources: Mapping[str, Source]
    facts: CourseFacts

    def names(self) -> tuple[str, ...]:
        """Return the layers that have marks; statements are claims, shown with their kinds."""
        entries = {"statements": self.claims}
        return tuple(name for name in LAYERS if entries.get(name, getattr(self, name, ())))


def course_layers(course: Course, *, claims: Container[str] = (), sentences: Container[str] = ()) -> Layers:
    """Return the layers of a course, with the claims and sentences that are named, or with all."""
    part = course.seeds.part
    chosen = part("claims")
    if claims:
        chosen = tuple(claim for claim in chosen if claim.id in claims)
    shown = part("sentences")
    if sentences:
        shown = tuple(sentence for sentence in shown if sentence.id in sentences)
    ids = {sentence.id for sentence in shown}
    return Layers(
        sentences=shown,
        attributions=_entries_in(ids, part("attributions")),
        traces=_entries_in(ids, part("traces")),
        wordings=_entries_in(ids, part("wordings")),
        claims=_entries_in(ids, chosen),
        sources=sources_by_key(course.seeds),
        facts=course.facts,
    )


def _entries_in(ids: Container[str], entries: Iterable[Marked]) -> tuple[Marked, ...]:
    """Return the entries of a layer whose sentences are shown."""
    return tuple(entry for entry in entries if entry.sentence in ids)


def reading_content(
    bank: Bank,
    material: Layers,
    *,
    layers: Iterable[str] | None = None,
    after: Mapping[str, Sequence[Entry]] | None = None,
) -> ReadingContent:
    """Return the content of the reading pane with some layers; unless they are named, with those that have marks.

    ``after`` names the tasks that a layer would give away: it stays locked until they are done.

    Raises:
        KeyError: there is no layer of a given name, or ``after`` names one that is not shown.
    """
    names = material.names() if layers is None else tuple(dict.fromkeys(layers))
    locks = after or {}
    _require_names(names, LAYERS, "seeds.no_layer")
    _require_names(locks, names, "reading.no_lock")
    contents = [_layer(name, material, locks.get(name, ())) for name in names]
    return {
        "view": "reading",
        "course": bank.course,
        "lesson": bank.lesson,
        "purpose": "practice",
        "title": t("reading.title"),
        "keyed_by": bank.keyed_by,
        "tasks": [],
        "sentences": [_sentence(sentence) for sentence in material.sentences],
        "layers": contents,
        "sources": _sources_of(contents, material),
        "required": _locks(locks.values()),
    }


def locked_layers(content: ReadingContent) -> list[FinishedLayer]:
    """Return the locked layers of a reading pane, each with the tasks that open it."""
    locks = {lock["id"]: lock for lock in content["required"]}
    locked = [layer for layer in content["layers"] if layer["after"]]
    return [_finished_layer(layer, locks) for layer in locked]


def _finished_layer(layer: MarkLayer, locks: Mapping[str, Lock]) -> FinishedLayer:
    return {"title": layer["title"], "required": [locks[name] for name in layer["after"]]}


def _sources_of(layers: Iterable[MarkLayer], material: Layers) -> dict[str, SourceContent]:
    """Return the sources that the notes of some layers name, in order of their keys."""
    keys: set[str] = set()
    for layer in layers:
        for mark in layer["marks"]:
            keys.update(mark["sources"])
    return {key: _source(material.sources[key]) for key in sorted(keys)}


def _locks(entries_by_layer: Iterable[Sequence[Entry]]) -> list[Lock]:
    """Return the tasks that lock layers, each once."""
    locks: dict[str, Lock] = {}
    for entries in entries_by_layer:
        for entry in entries:
            locks[entry.task.id] = _lock(entry)
    return list(locks.values())


def support_of(claim: Claim, facts: CourseFacts) -> Support:
    """Return the place of a claim on the course's scale of support, such as ``qualified``."""
    return "not-established" if claim.id in facts.not_established else SUPPORTS[claim.verdict]


def _require_names(names: Iterable[str], choices: tuple[str, ...], message: str) -> None:
    """Raise ``KeyError`` for the first name that is not a choice; ``message`` is its key in the catalogue."""
    for name in names:
        if name not in choices:
            raise KeyError(t(message, name=name, layers=", ".join(choices)))


def _lock(entry: Entry) -> Lock:
    """Return the fields from which the browser tells whether a task is done; ``check``: done with its Check button."""
    task = entry.task
    return {"id": task.id, "title": _title(entry), "check": entry.key is not None, "outline": outline(task)}


def _title(entry: Entry) -> str:
    """Return the title of a task that locks a layer; on the page of the article, with the lesson it is in."""
    title = entry.task.title
    lesson, _, task_id = entry.task.id.rpartition("/")
    return t("reading.of_lesson", number=lesson[:2], title=title) if lesson and task_id else title


def _layer(name: str, material: Layers, locks: Sequence[Entry]) -> MarkLayer:
    """Return one layer with its marks in article order, and the groups that they fall into."""
    marks = sorted(MAKERS[name](material), key=lambda mark: (mark["start"], -mark["end"]))
    groups = _assign_groups(marks, _groups(name, marks))
    titles = "; ".join(f"“{_title(entry)}”" for entry in locks)
    return {
        "id": name,
        "title": t(f"reading.{name}"),
        "note": t(f"reading.{name}.note", as_of=_day(material.facts.as_of)),
        "groups": groups,
        "marks": marks,
        "after": [entry.task.id for entry in locks],
        "hidden_note": t("reading.hidden", tasks=titles) if locks else "",
    }


def _assign_groups(marks: Sequence[Mark], groups: Iterable[MarkGroup]) -> list[MarkGroup]:
    """Set in each mark the group that its tag names; return the groups that have marks."""
    used = []
    for group in groups:
        is_used = False
        for mark in marks:
            if mark["tag"] == group["text"]:
                mark["group"] = group["id"]
                is_used = True
        if is_used:
            used.append(group)
    return used


def _groups(layer: str, marks: Iterable[Mark]) -> list[MarkGroup]:
    """Return the groups of a layer: the scale of support for claims, none for wordings, otherwise one for each tag."""
    if layer == "claims":
        return _support_groups()
    if layer == "wordings":
        return []
    return _tag_groups(mark["tag"] for mark in marks)


def _tag_groups(tags: Iterable[str]) -> list[MarkGroup]:
    """Return a group for each tag in order of first appearance, each with its own initial as its sign."""
    names = list(dict.fromkeys(tags))
    signs: dict[str, str] = {}
    for name in sorted(names, key=len):
        signs[name] = _free_sign(name, signs.values())
    groups: list[MarkGroup] = []
    for number, name in enumerate(names, 1):
        groups.append({"id": f"g{number}", "text": name, "sign": signs[name], "look": number})
    return groups


def _free_sign(name: str, signs: Collection[str]) -> str:
    """Return a letter of a name that is not yet a sign, an initial if one is free."""
    return next(letter for letter in _sign_letters(name) if letter.isalpha() and letter not in signs)


def _sign_letters(name: str) -> Iterator[str]:
    """Yield the capitals that can be the sign of a name: its initials, then all its letters."""
    for word in name.replace("(", "").split():
        yield word[0].upper()
    yield from name.upper()


def _support_groups() -> list[MarkGroup]:
    """Return the five places of the scale of support, from supported to not checkable."""
    groups: list[MarkGroup] = []
    for name, (sign, look) in LOOKS.items():
        groups.append({"id": name, "text": t(f"support.{name}"), "sign": sign, "look": look})
    return groups


def _mark(entry: QuotedEntry, tag: str, facts: Iterable[tuple[str, str]], note: str) -> Mark:
    """Return a mark over the quoted words of an entry, with a note and those named facts that have a text."""
    named: list[MarkFact] = []
    for name, text in facts:
        if text:
            named.append({"name": t(f"reading.fact.{name}"), "text": text})
    return {
        "id": entry.id,
        "sentence": entry.sentence,
        "start": entry.start,
        "end": entry.end,
        "quote": entry.quote,
        "tag": _capital(tag),
        "title": _capital(tag),
        "facts": named,
        "note": note,
        "sources": [],
        "group": "",
    }


def _attribution_marks(material: Layers) -> list[Mark]:
    """Return a mark over each cue; the note says who says what, without a place in the text."""
    marks = []
    for entry in material.attributions:
        facts = [
            ("source", entry.source),
            ("cue", entry.cue),
            ("content", entry.content),
            ("mode", entry.mode),
            ("passage", f"“{entry.quote}”"),
        ]
        mark = _mark(entry, entry.source_type, facts, entry.note)
        marks.append(mark | {"start": entry.cue_start, "end": entry.cue_end, "quote": entry.cue})
    return marks


def _trace_marks(material: Layers) -> list[Mark]:
    """Return a mark over each trace: the event, what it means for a reader, and the wording of another copy."""
    marks = []
    for entry in material.traces:
        facts = [
            ("what", entry.what),
            ("tells", entry.tells_reader),
            ("other", entry.other_copy_wording),
            ("basis", entry.basis),
        ]
        mark = _mark(entry, entry.basis, facts, "")
        mark["title"] = _capital(entry.kind)
        if entry.other_copy_source:
            mark["sources"] = [entry.other_copy_source]
        marks.append(mark)
    return marks


def _wording_marks(material: Layers) -> list[Mark]:
    """Return a mark over each loaded wording: its effect, and the plainer alternative."""
    marks = []
    for entry in material.wordings:
        facts = [("effect", entry.effect), ("plainer", entry.neutral_alternative)]
        marks.append(_mark(entry, entry.frame, facts, entry.note))
    return marks


def _claim_marks(material: Layers) -> list[Mark]:
    """Return a mark over each claim with its verdict on the course's scale, as of the day of the story."""
    marks = []
    for entry in material.claims:
        facts = [
            ("as_of", _day(material.facts.as_of)),
            ("asserted_by", entry.asserted_by),
            ("checked", entry.checked),
            ("evidence", entry.evidence),
            ("missing", entry.missing_context),
            ("confidence", entry.confidence),
        ]
        mark = _mark(entry, t(f"support.{support_of(entry, material.facts)}"), facts, "")
        mark["sources"] = list(entry.sources)
        marks.append(mark)
    return marks


def _statement_marks(material: Layers) -> list[Mark]:
    """Return a mark over each claim with its kind of statement, and no verdict."""
    marks = []
    for entry in material.claims:
        facts = [("asserted_by", entry.asserted_by)]
        marks.append(_mark(entry, entry.type, facts, ""))
    return marks


MAKERS: dict[str, Callable[[Layers], list[Mark]]] = {
    "attributions": _attribution_marks,
    "traces": _trace_marks,
    "wordings": _wording_marks,
    "claims": _claim_marks,
    "statements": _statement_marks,
}


def _day(day: date) -> str:
    """Return a day as people would write it."""
    return f"{day.day} {t(f'feedback.month.{day.month}')} {day.year}"


def _sentence(sentence: Sentence) -> SentenceContent:
    """Return a sentence of the article."""
    return cast("SentenceContent", sentence.model_dump(mode="json"))


def _source(source: Source) -> SourceContent:
    """Return the fields of a source that a note shows."""
    return cast("SourceContent", source.model_dump(mode="json", exclude={"key"}))


def _capital(text: str) -> str:
    """Return a text with its first letter capitalised."""
    return text[:1].upper() + text[1:]


__all__ = ["LAYERS", "Layers", "reading_content", "support_of"]
