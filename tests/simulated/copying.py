"""Simulates a class that takes the whole course, with pairs who share their work; it says nothing about any real class.

Learners differ in how able they are. What they get wrong is what others get wrong: each part has its popular wrong
answer, its less popular ones, and a few of a learner's own. A fifth of the class has learnt something wrong, which
shows in some parts of every lesson; and in every other section of 25, a teacher said something wrong of its own. All
work in the same hours. Texts are made of the same stock of sentences, quote the same lines, and add words of their own.

Of three pairs, one shares its texts in two lessons, lightly edited; one its answers in four lessons, with a few
changed; one all its files, at times of its own.

``python tests/simulated/copying.py 300 1 2 3`` prints what is found in classes of 300, for the seeds 1, 2 and 3.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter, defaultdict
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk.answers.store import SCHEMA
from copydesk.course.bank import FIRST, SECOND
from copydesk.course.course import Course
from copydesk.grading.files.limits import SubmittedFile
from copydesk.grading.run.one_file import GradedFile, grade_file
from copydesk.grading.run.options import Options
from copydesk.grading.run.run import read_rules
from copydesk.grading.similarity.findings import similar_work
from copydesk.kinds.scoring import reference_response
from copydesk.kinds.spans.model import mark_span
from copydesk.kinds.verdict.model import SUPPORTS
from copydesk.model.task import ids_of
from copydesk.model.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from copydesk.course.bank import Bank, Entry
    from copydesk.grading.run.rules import Rules
    from copydesk.grading.similarity.findings import Group

ROOT = Path(__file__).resolve().parents[2]
START = datetime(2026, 11, 16, 9, tzinfo=UTC)
LAST = "09-booster-day-28"
MISLED = 0.2
"""The share of the class with the same misconception."""

SECTION = 25
KEPT = 0.9
"""The share of the answers, and of their parts, that someone who copies leaves as they are."""

REWRITTEN = 0.08
"""The share of the words that someone who copies a text replaces."""

Data = dict[str, Any]


class Plant(NamedTuple):
    """Two learners who share their work, and how: their texts, their answers, or whole files."""

    kind: str
    source: int
    copy: int


class Simulation(NamedTuple):
    """The files of a class, and who shares work in it."""

    files: dict[str, Data]
    plants: list[Plant]


@cache
def course_banks() -> dict[str, Bank]:
    """Return the graded tasks of the course, without the lesson to which hardly anyone comes back."""
    return {lesson: bank for lesson, bank in Course(ROOT).solutions.items() if lesson != LAST}


def alias(number: int) -> str:
    """Return the name of a simulated learner."""
    return f"Simulated {number:05}"


def simulate(learners: int, seed: int, *, share_work: bool = True) -> Simulation:
    """Return a class in which one learner in twenty copies from another, or one in which all work alone."""
    banks = course_banks()
    chance = random.Random(f"plants {seed}")
    shuffled = chance.sample(range(learners), learners)
    count = max(3, learners // 20) if share_work else 0
    plants = []
    for place in range(count):
        kind = ("text", "answers", "file")[place % 3]
        plants.append(Plant(kind, shuffled[2 * place], shuffled[2 * place + 1]))
    learner_answers = [_Learner(number, seed).answers(banks) for number in range(learners)]
    for plant in plants:
        _share(plant, learner_answers, random.Random(f"copy {seed} {plant.copy}"))
    files = {}
    for number, by_lesson in enumerate(learner_answers):
        for lesson, answers in by_lesson.items():
            data = {"schema": SCHEMA, "course": banks[lesson].course, "lesson": lesson}
            data |= {"bank": banks[lesson].fingerprint(), "learner": {"alias": alias(number)}}
            saved = max(answer["at"] for answer in answers.values())
            data |= {"saved": saved, "handed_in": saved, "answers": answers}
            files[f"simulated-{number:05}-{lesson}.json"] = data
    return Simulation(files, plants)


def _share(plant: Plant, learner_answers: list[dict[str, Data]], chance: random.Random) -> None:
    """Let the second of a pair copy from the first; each task keeps the copier's own times."""
    own, source = learner_answers[plant.copy], learner_answers[plant.source]
    texts = [lesson for lesson in own if "W1" in own[lesson] and "W1" in source[lesson]]
    chosen = list(own)
    if plant.kind == "text":
        chosen = chance.sample(texts, 2)
    elif plant.kind == "answers":
        chosen = chance.sample(chosen, min(4, len(chosen)))
    for lesson in chosen:
        for task, answer in source[lesson].items():
            is_text = answer["response"]["kind"] == "written"
            if plant.kind == "text" and not is_text:
                continue
            if plant.kind == "answers" and (is_text or chance.random() > KEPT):
                continue
            at = own[lesson][task]["at"] if task in own[lesson] else answer["at"]
            copied = deepcopy(answer) | {"at": at}
            if plant.kind == "text":
                copied["response"]["text"] = _edited(answer["response"]["text"], chance)
            elif plant.kind == "answers" and task in own[lesson]:
                _change_parts(copied["response"], own[lesson][task]["response"], chance)
            own[lesson][task] = copied


def _change_parts(copied: Data, own: Data, chance: random.Random) -> None:
    """Let some parts of a copied answer be the copier's own."""
    for name in ("placed", "values"):
        for part in copied.get(name, ()):
            if chance.random() > KEPT and part in own[name]:
                copied[name][part] = own[name][part]


def _edited(text: str, chance: random.Random) -> str:
    """Return a text with some words replaced."""
    words = [chance.choice(SMALL_WORDS) if chance.random() < REWRITTEN else word for word in text.split()]
    return " ".join(words)


class _Learner:
    """A learner: how able, whether misled, and how quick."""

    def __init__(self, number: int, seed: int) -> None:
        self.chance = random.Random(f"{seed} {number}")
        self.able = self.chance.gauss(0.3, 1.0)
        self.misled = self.chance.random() < MISLED
        section = number // SECTION
        self.section = section if section % 2 else None
        self.pace = self.chance.uniform(20, 60)

    def answers(self, banks: Mapping[str, Bank]) -> dict[str, Data]:
        """Return the answers to each lesson, by task; all learners begin a lesson in the same hour."""
        by_lesson = {}
        for week, (lesson, bank) in enumerate(banks.items()):
            moment = START + timedelta(days=7 * week, seconds=self.chance.uniform(0, 300))
            answers = {}
            for entry in bank.tasks:
                if self.chance.random() < 0.03:
                    continue
                moment += timedelta(seconds=self.chance.gammavariate(4, self.pace / 4))
                answer = self._answer(lesson, entry)
                if answer is not None:
                    at = f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"
                    answers[entry.task.id] = answer | {"at": at}
            by_lesson[lesson] = answers
        return by_lesson

    def _answer(self, lesson: str, entry: Entry) -> Data | None:
        version = 0
        if entry.twin:
            version = self.chance.choice([FIRST, SECOND])
        shown = entry.version(version)
        response = getattr(self, f"_{shown.task.kind}")(f"{lesson} {shown.task.id} {version}", shown)
        if response is None:
            return None
        answer: Data = {"response": {"kind": shown.task.kind, **response}}
        if shown.task.confidence or shown.task.kind == "verdict":
            answer["confidence"] = self.chance.choice([0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
        return answer | ({"version": version} if version else {})

    def is_right(self, part: str) -> bool:
        """Return whether a part is answered rightly: the abler, the oftener; hard parts are hard for everyone."""
        if self._misconception(part):
            return self.chance.random() < 0.1
        hard = random.Random(f"hard {part}").gauss(0, 1)
        return self.chance.random() < 1 / (1 + 2.718281828 ** (hard - self.able - 0.4))

    def _misconception(self, part: str) -> str:
        """Return which misconception of the learner a part is about; empty if it's about none."""
        if self.misled and _is_about("class", part):
            return f"class {part}"
        if self.section is not None and _is_about(f"section {self.section}", part):
            return f"section {self.section} {part}"
        return ""

    def pick(self, part: str, right: str, others: Sequence[str]) -> str:
        """Return the right choice, or a wrong one: of two wrong ones in three learners' minds, one is the same."""
        if not others or self.is_right(part):
            return right
        ranked = random.Random(f"popular {part}").sample(list(others), len(others))
        misconception = self._misconception(part)
        if misconception:
            return random.Random(misconception).choice(ranked)
        weights = [2.0**-place for place in range(len(ranked))]
        return self.chance.choices(ranked, weights)[0]

    def _choice(self, part: str, entry: Entry) -> Data:
        task, key = entry.task, entry.key
        options = ids_of(task.options)
        best = [name for name in options if key.options[name].weight == 1]
        if not task.multiple:
            return {"chosen": [self.pick(part, best[0], [name for name in options if name not in best])]}
        chosen = []
        for name in options:
            is_chosen = (name in best) == self.is_right(f"{part} {name}")
            if is_chosen:
                chosen.append(name)
        return {"chosen": chosen or best[:1]}

    def _sort(self, part: str, entry: Entry) -> Data:
        task, key, placed = entry.task, entry.key, {}
        for item in ids_of(task.items):
            weights = key.items[item].weights
            right = max(weights, key=weights.__getitem__)
            others = [name for name in ids_of(task.classes) if name != right]
            placed[item] = self.pick(f"{part} {item}", right, others)
        return {"placed": placed}

    def _order(self, part: str, entry: Entry) -> Data:
        ranks = [list(group) for group in entry.key.ranks]
        for place in range(len(ranks) - 1):
            if not self.is_right(f"{part} {place}") and self.chance.random() < 0.6:
                ranks[place], ranks[place + 1] = ranks[place + 1], ranks[place]
        return {"ranks": ranks}

    def _spans(self, part: str, entry: Entry) -> Data:
        right = reference_response(entry.task, entry.key).model_dump(mode="json")
        spans = [span for number, span in enumerate(right["spans"]) if self.is_right(f"{part} {number}")]
        taken = {(span["passage"], span["selector"][0]["start"]) for span in right["spans"]}
        for number, span in enumerate(_wrong_spans(part, entry)):
            is_free = (span["passage"], span["selector"][0]["start"]) not in taken
            if is_free and self.chance.random() < 0.3 / (1 + number) * (1.6 if self.able < 0 else 0.6):
                spans.append(span)
        if self.chance.random() < 0.3:
            spans.append(_some_span(entry, self.chance))
        return {"spans": spans, "clean": []}

    def _arrows(self, part: str, entry: Entry) -> Data:
        right = reference_response(entry.task, entry.key).model_dump(mode="json")
        nodes = ids_of(entry.task.nodes)
        edges = []
        for edge in right["edges"]:
            name = f"{part} {edge['source']} {edge['target']}"
            target = self.pick(name, edge["target"], [node for node in nodes if node != edge["source"]])
            edges.append(edge | {"target": target})
        unique = {(edge["source"], edge["target"]): edge for edge in edges}
        return {"edges": list(unique.values())}

    def _verdict(self, part: str, entry: Entry) -> Data:
        key = entry.key
        support = self.pick(part, key.reference_support, [name for name in SUPPORTS if name != key.reference_support])
        response: Data = {"support": support, "cards": list(key.decisive)[: entry.task.most_cards]}
        if key.qualifications:
            right = max(key.qualifications, key=lambda name: key.qualifications[name].weight)
            others = [name for name in key.qualifications if name != right]
            response["qualification"] = self.pick(f"{part} qualification", right, others)
        return response

    def _value(self, part: str, entry: Entry) -> Data:
        values = reference_response(entry.task, entry.key).model_dump(mode="json")["values"]
        given = {}
        for field, value in values.items():
            name = f"{part} {field}"
            is_number = isinstance(value, int | float)
            if self.is_right(name) or not is_number:
                given[field] = value
            elif self.chance.random() < 0.6:
                given[field] = float(value) + self.chance.choices([10, 1, -1], [4, 2, 1])[0]
            else:
                given[field] = float(value) + self.chance.randint(2, 40)
        return {"values": given}

    def _edit(self, _part: str, entry: Entry) -> Data:
        return {"texts": reference_response(entry.task, entry.key).model_dump(mode="json")["texts"]}

    def _drawer(self, _part: str, _entry: Entry) -> None:
        return None

    def _written(self, part: str, entry: Entry) -> Data | None:
        if entry.task.group == "note":
            return None
        stock = _stock(part)
        sentences = self.chance.choices(stock, [3.0 / (1 + place) for place in range(len(stock))], k=2)
        if self.chance.random() < 0.5:
            words = entry.task.prompt.split()
            sentences.append(" ".join(words[: min(len(words), 14)]) + ".")
        sentences += [_sentence(self.chance) for _ in range(self.chance.randint(5, 9))]
        self.chance.shuffle(sentences)
        return {"text": " ".join(sentences)}


@cache
def _is_about(misconception: str, part: str) -> bool:
    """Return whether a misconception is about a part: it is about one part in twelve."""
    return random.Random(f"{misconception} {part}").random() < 1 / 12


@cache
def _wrong_spans(part: str, entry: Entry) -> list[Data]:
    """Return marks that many learners set wrongly, the most popular first."""
    chance = random.Random(f"spans {part}")
    return [_some_span(entry, chance) for _ in range(8)]


def _some_span(entry: Entry, chance: random.Random) -> Data:
    """Return a mark on one to three words anywhere."""
    passage, label = chance.choice(entry.task.passages), chance.choice(ids_of(entry.task.labels))
    words = tokenize(passage.text)
    first = chance.randrange(len(words))
    last = min(len(words) - 1, first + chance.randrange(3))
    span: Data = dict(mark_span(passage.id, label, passage.text, words[first][0], words[last][1]))
    return span


SMALL_WORDS = [
    "this",
    "that",
    "these",
    "those",
    "also",
    "often",
    "perhaps",
    "here",
    "there",
    "then",
    "thus",
    "still",
    "even",
    "only",
    "rather",
    "quite",
]
SUBJECTS = [
    "the report",
    "the agency",
    "a reader",
    "the article",
    "the second paragraph",
    "the ministry",
    "the reporter",
    "this sentence",
    "the headline",
    "one witness",
    "the letter",
    "a spokesman",
    "the photo",
    "the map",
    "the caption",
]
VERBS = [
    "says",
    "claims",
    "shows",
    "hides",
    "names",
    "repeats",
    "leaves out",
    "supports",
    "weakens",
    "quotes",
    "dates",
    "checks",
    "suggests",
    "contradicts",
    "confirms",
]
OBJECTS = [
    "the number of people",
    "who saw it",
    "the date",
    "what happened at night",
    "the source",
    "the earlier version",
    "what was agreed",
    "the place",
    "the reason",
    "how many came",
    "who paid for it",
    "what the law says",
    "the damage",
    "the promise",
    "the answer",
]
ENDINGS = [
    "without any document",
    "and nobody else does",
    "as far as I can tell",
    "in its first lines",
    "only once",
    "at the very end",
    "but gives no reason",
    "in plain words",
    "for the second time",
    "which is hard to check",
    "so I would wait",
    "and that is enough",
    "which surprised me",
    "although it could",
    "before anyone asked",
]


def _sentence(chance: random.Random) -> str:
    """Return a sentence such as any learner may write."""
    parts = [chance.choice(words) for words in (SUBJECTS, VERBS, OBJECTS, ENDINGS)]
    if chance.random() < 0.5:
        parts[2:2] = [chance.choice(OBJECTS), "and"]
    return " ".join(parts).capitalize() + "."


@cache
def _stock(part: str) -> list[str]:
    """Return the sentences on a task that come to many minds in the same words."""
    chance = random.Random(f"stock {part}")
    return [_sentence(chance) for _ in range(30)]


class Result(NamedTuple):
    """How many pairs were planted and found, by kind, and the pairs found that were not planted."""

    planted: Counter[str]
    found: Counter[str]
    false: list[tuple[str, ...]]

    @property
    def share(self) -> float:
        """Return the share of the planted pairs that were found."""
        return self.found.total() / max(self.planted.total(), 1)


@cache
def rules() -> Rules:
    """Return what the submissions are graded by."""
    return read_rules(course_banks(), (), None, Options(pages=False))[0]


def graded(simulation: Simulation) -> Iterator[GradedFile]:
    """Yield the graded submissions of a class, in memory."""
    for name, data in simulation.files.items():
        for outcome in grade_file(SubmittedFile(name, json.dumps(data).encode()), rules()):
            assert isinstance(outcome, GradedFile), outcome
            yield outcome


def result_of(simulation: Simulation) -> Result:
    """Return what is found in a class, pair by pair."""
    submissions = [outcome.submission for outcome in graded(simulation)]
    return judge(simulation, similar_work(submissions, rules().layouts))


def judge(simulation: Simulation, groups: Sequence[Group]) -> Result:
    """Return which pairs were found."""
    kinds = {frozenset({alias(plant.source), alias(plant.copy)}): plant.kind for plant in simulation.plants}
    pairs: defaultdict[frozenset[str], list[str]] = defaultdict(list)
    for group in groups:
        for finding in group:
            pairs[frozenset(work.submission.learner for work in finding.works)].append(finding.reason)
    planted, found = Counter(kinds.values()), Counter(kinds[pair] for pair in pairs if pair in kinds)
    false = [(*sorted(pair), *reasons) for pair, reasons in pairs.items() if pair not in kinds]
    return Result(planted, found, false)


def main(learners: int, seeds: Sequence[int]) -> None:
    """Print what is found in simulated classes."""
    for seed in seeds:
        simulation = simulate(learners, seed)
        begin = time.process_time()
        submissions = [outcome.submission for outcome in graded(simulation)]
        middle = time.process_time()
        groups = similar_work(submissions, rules().layouts)
        seconds = time.process_time() - middle
        result = judge(simulation, groups)
        sys.stdout.write(
            f"{learners} learners, seed {seed}: {result.share:.0%} of {result.planted.total()} pairs found "
            f"({dict(result.found)} of {dict(result.planted)}), {len(result.false)} false; "
            f"graded in {middle - begin:.1f} s, compared in {seconds:.1f} s\n"
        )
        for pair in result.false[:8]:
            sys.stdout.write(f"  false: {pair}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), list(map(int, sys.argv[2:])) or [1])
