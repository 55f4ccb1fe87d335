"""Makes the content of the reading pane: the article, and layers of marks, each with a note and its sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast, get_args

from copydesk.answers.progress import outline
from copydesk.course.course_file import Layer
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping
    from datetime import date

    from copydesk.course.article import Attribution, Claim, QuotedEntry, Sentence, Source, Trace, Wording
    from copydesk.course.bank import Bank, Entry
    from copydesk.course.course import Course
    from copydesk.course.course_file import CourseFacts
    from copydesk.kinds.verdict.model import Support
    from copydesk.views.shapes import Lock, Mark, MarkGroup, MarkLayer, ReadingContent, SentenceContent, SourceContent

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
"""Verdict in the seeds, and its place on the course's scale of support."""

LOOKS: dict[Support, tuple[str, int]] = {
    "supported": ("✓", 3),
    "qualified": ("≈", 2),
    "not-established": ("?", 5),
    "contradicted": ("✗", 1),
    "not-checkable": ("○", 4),
}
"""The sign of each place on the scale, and which of the six looks of a label it has (green, blue, ochre, ...)."""


@dataclass(frozen=True)
class Layers:
    """What the layers are made of: the sentences, the entries of each layer, all sources by key, and the facts."""

    sentences: tuple[Sentence, ...]
    attributions: tuple[Attribution, ...]
    traces: tuple[Trace, ...]
    wordings: tuple[Wording, ...]
    claims: tuple[Claim, ...]
    sources: Mapping[str, Source]
    facts: CourseFacts


def layers_from(course: Course, *, claims: Container[str] = ()) -> Layers:
    """Return the layers of a course; of the claims those named, or all."""
    part = course.seeds.part
    return Layers(
        sentences=part("sentences"),
        attributions=part("attributions"),
        traces=part("traces"),
        wordings=part("wordings"),
        claims=tuple(claim for claim in part("claims") if not claims or claim.id in claims),
        sources={source.key: source for source in part("sources")},
        facts=course.facts,
    )


def reading_content(
    bank: Bank, given: Layers, *, layers: Iterable[str] = LAYERS, after: Mapping[str, Iterable[Entry]] | None = None
) -> ReadingContent:
    """Return the content of the reading pane with some layers.

    ``after`` names for a layer the tasks that it would give away: it stays locked until they are done.

    Raises:
        KeyError: there is no layer of that name, or ``after`` names one that is not shown.
    """
    names = tuple(dict.fromkeys(layers))
    locks = {name: tuple(entries) for name, entries in (after or {}).items()}
    _check_names(names, LAYERS, "there is no layer")
    _check_names(locks, names, "no task can lock a layer that is not shown:")
    shown = [_layer(name, given, locks.get(name, ())) for name in names]
    keys = {key for layer in shown for mark in layer["marks"] for key in mark["sources"]}
    required = {entry.task.id: entry for entries in locks.values() for entry in entries}
    return {
        "view": "reading",
        "course": bank.course,
        "lesson": bank.lesson,
        "purpose": "practice",
        "title": t("reading.title"),
        "keyed_by": bank.keyed_by,
        "tasks": [],
        "sentences": [_sentence(sentence) for sentence in given.sentences],
        "layers": shown,
        "sources": {key: _source(given.sources[key]) for key in sorted(keys)},
        "required": [_required(entry) for entry in required.values()],
    }


def support_of(claim: Claim, facts: CourseFacts) -> Support:
    """Return where a claim stands on the course's scale of support, for example ``qualified``."""
    return "not-established" if claim.id in facts.not_established else SUPPORTS[claim.verdict]


def _check_names(names: Iterable[str], known: Iterable[str], complaint: str) -> None:
    """Raise a KeyError for the first name that is not known."""
    known = tuple(known)
    for name in names:
        if name not in known:
            msg = f"{complaint} {name!r}; there are {', '.join(known)}"
            raise KeyError(msg)


def _required(entry: Entry) -> Lock:
    """Return what the browser must know of a task to tell whether it is done; ``check``: with its Check button."""
    task = entry.task
    return {"id": task.id, "title": _title(entry), "check": entry.key is not None, "outline": outline(task)}


def _title(entry: Entry) -> str:
    """Return what to call a task that locks a layer; on the page of the article, with the lesson that it is in."""
    lesson, _, own = entry.task.id.rpartition("/")
    return t("reading.of_lesson", number=lesson[:2], title=entry.task.title) if lesson and own else entry.task.title


def _layer(name: str, given: Layers, locks: tuple[Entry, ...]) -> MarkLayer:
    """Return one layer with its marks in the order of the article, and the groups that they fall into."""
    marks = sorted(MAKERS[name](given), key=lambda mark: (mark["start"], -mark["end"]))
    groups = {"claims": _support_groups, "wordings": list}.get(name, lambda: _groups(mark["tag"] for mark in marks))()
    for mark in marks:
        mark["group"] = next((group["id"] for group in groups if group["text"] == mark["tag"]), "")
    used = {mark["group"] for mark in marks}
    titles = "; ".join(f"“{_title(entry)}”" for entry in locks)
    return {
        "id": name,
        "title": t(f"reading.{name}"),
        "note": t(f"reading.{name}.note", as_of=_day(given.facts.as_of)),
        "groups": [group for group in groups if group["id"] in used],
        "marks": marks,
        "after": [entry.task.id for entry in locks],
        "hidden_note": t("reading.hidden", tasks=titles) if locks else "",
    }


def _groups(tags: Iterable[str]) -> list[MarkGroup]:
    """Return the groups of a layer in order of first appearance, each with an initial of its own as its sign."""
    found = tuple(dict.fromkeys(tags))
    signs: dict[str, str] = {}
    for tag in sorted(found, key=len):
        letters = [word[0].upper() for word in tag.replace("(", "").split()] + list(tag.upper())
        signs[tag] = next(letter for letter in letters if letter.isalpha() and letter not in signs.values())
    return [{"id": f"g{at}", "text": tag, "sign": signs[tag], "look": at} for at, tag in enumerate(found, 1)]


def _support_groups() -> list[MarkGroup]:
    """Return the five places of the scale of support, from supported to not checkable."""
    return [
        {"id": name, "text": t(f"reading.support.{name}"), "sign": sign, "look": look}
        for name, (sign, look) in LOOKS.items()
    ]


def _mark(entry: QuotedEntry, tag: str, facts: Iterable[tuple[str, str]], note: str) -> Mark:
    """Return a mark over the quoted words of an entry: facts by name, then what is to be said about them."""
    return {
        "id": entry.id,
        "sentence": entry.sentence,
        "start": entry.start,
        "end": entry.end,
        "quote": entry.quote,
        "tag": _capital(tag),
        "title": _capital(tag),
        "facts": [{"name": t(f"reading.fact.{name}"), "text": text} for name, text in facts if text],
        "note": note,
        "sources": [],
        "group": "",
    }


def _attribution_marks(given: Layers) -> list[Mark]:
    """Return a mark over each cue; who says it and what is said stand in the note, without a place in the text."""
    marks = []
    for entry in given.attributions:
        facts = [("source", entry.source), ("cue", entry.cue), ("content", entry.content), ("mode", entry.mode)]
        mark = _mark(entry, entry.source_type, [*facts, ("passage", f"“{entry.quote}”")], entry.note)
        marks.append(mark | {"start": entry.cue_start, "end": entry.cue_end, "quote": entry.cue})
    return marks


def _trace_marks(given: Layers) -> list[Mark]:
    """Return a mark over each trace: what happened, what it tells, and the wording of another copy."""
    marks = []
    for entry in given.traces:
        facts = [
            ("what", entry.what),
            ("tells", entry.tells_reader),
            ("other", entry.other_copy_wording),
            ("basis", entry.basis),
        ]
        mark = _mark(entry, entry.basis, facts, "") | {"title": _capital(entry.kind)}
        marks.append(mark | {"sources": [entry.other_copy_source] if entry.other_copy_source else []})
    return marks


def _wording_marks(given: Layers) -> list[Mark]:
    """Return a mark over each loaded wording: what it does, and the plainer alternative."""
    return [
        _mark(entry, entry.frame, [("effect", entry.effect), ("plainer", entry.neutral_alternative)], entry.note)
        for entry in given.wordings
    ]


def _claim_marks(given: Layers) -> list[Mark]:
    """Return a mark over each claim with its verdict on the course's scale, as of the day of the story."""
    marks = []
    for entry in given.claims:
        facts = [
            ("as_of", _day(given.facts.as_of)),
            ("asserted_by", entry.asserted_by),
            ("checked", entry.checked),
            ("evidence", entry.evidence),
            ("missing", entry.missing_context),
            ("confidence", entry.confidence),
        ]
        mark = _mark(entry, t(f"reading.support.{support_of(entry, given.facts)}"), facts, "")
        marks.append(mark | {"sources": list(entry.sources)})
    return marks


def _statement_marks(given: Layers) -> list[Mark]:
    """Return a mark over each claim with the kind of statement that it is, and no verdict."""
    return [_mark(entry, entry.type, [("asserted_by", entry.asserted_by)], "") for entry in given.claims]


MAKERS: dict[str, Callable[[Layers], list[Mark]]] = {
    "attributions": _attribution_marks,
    "traces": _trace_marks,
    "wordings": _wording_marks,
    "claims": _claim_marks,
    "statements": _statement_marks,
}


def _day(day: date) -> str:
    """Return a day as people write it."""
    return f"{day.day} {t(f'feedback.month.{day.month}')} {day.year}"


def _sentence(sentence: Sentence) -> SentenceContent:
    """Return a sentence of the article."""
    return cast("SentenceContent", sentence.model_dump(mode="json"))


def _source(source: Source) -> SourceContent:
    """Return what a note says of a source."""
    return cast("SourceContent", source.model_dump(mode="json", exclude={"key"}))


def _capital(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]


__all__ = ["LAYERS", "Layers", "reading_content", "support_of"]
