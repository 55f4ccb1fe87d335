"""Makes a paper of the course's questions without their texts, and scores the answers of those who read it.

    python tools/without_the_text.py paper --seed 7 --out paper.md
    python tools/without_the_text.py score --seed 7 answers.txt
    python tools/without_the_text.py paper --seed 7 --with-text --out paper.md

A question that can be answered from its stem and options alone asks for no reading. The paper holds every choice,
sort, order and verdict, of practice and graded work, in an order and with options shuffled by the seed; of a task with
a twin one version, drawn by the seed. With the text it has passages and cards, too. Answers stand one in a line,
``12: b``. Scores are those of the course; chance is the mean of answers drawn at random.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.course.course import Course
from copydesk.kinds.choice.model import ChoiceResponse, ChoiceTask
from copydesk.kinds.order.model import OrderResponse, OrderTask
from copydesk.kinds.scoring import score
from copydesk.kinds.sort.model import SortResponse, SortTask
from copydesk.kinds.verdict.model import SUPPORTS, VerdictResponse, VerdictTask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from copydesk.course.article import Card
    from copydesk.course.bank import Bank, Entry
    from copydesk.kinds.union import Response

ROOT = Path(__file__).resolve().parents[1]
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ASKED = (ChoiceTask, SortTask, OrderTask, VerdictTask)
RANDOM_ANSWERS = 200
ANSWER = re.compile(r"^\W*(\d+)\W*[:.)=]\W*([a-z/ ,-]*)", flags=re.IGNORECASE)
HEAD = """# Questions

Answer every question, also where you can only guess. Write one line for each: its number, a colon, your answer.

- *Choose one*: one letter, `12: b`. *Choose all that apply*: the letters, `12: acd`.
- *Sort*: one letter for each item, in the order of the items, `12: abbac`.
- *Order*: the letters of the items from first to last, `12: dacb`.
- *Verdict*: the letter of the verdict, of the limit, and of one card or more, with slashes: `12: b/a/c`. A dash where
  no limit is needed: `12: b/-/c`.
"""


@dataclass(frozen=True)
class Question:
    """A question on the paper: where it comes from, and its options in the order in which they are printed."""

    number: int
    purpose: str
    lesson: str
    entry: Entry
    options: tuple[str, ...]
    limits: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The lesson and the task."""
        return f"{self.lesson} {self.entry.task.id}"


def main() -> None:
    """Write a paper, or score answers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("paper", "score"))
    parser.add_argument("answers", type=Path, nargs="*", help="files of answers, one for each reader")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--lessons", nargs="+", default=[], help="only these, such as 02 05")
    parser.add_argument("--with-text", action="store_true", help="print passages and cards, too")
    parser.add_argument("--baseline", action="store_true", help="the statements of the baseline, and nothing else")
    parser.add_argument("--out", type=Path, default=Path("paper.md"))
    parser.add_argument("--root", type=Path, default=ROOT)
    options = parser.parse_intermixed_args()
    course = Course(options.root)
    banks = read_banks(course, options.lessons)
    questions = make_questions(banks, options.seed, baseline=options.baseline)
    if options.what == "paper":
        cards = {card.id: card for card in course.seeds.part("cards")}
        text = "\n".join(paper(questions, cards, with_text=options.with_text))
        options.out.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{len(questions)} questions: {options.out}\n")
    else:
        readers = [read_answers(path.read_text(encoding="utf-8")) for path in options.answers]
        sys.stdout.write("\n".join(results(questions, readers)) + "\n")


def read_banks(course: Course, lessons: Sequence[str]) -> list[Bank]:
    """Return the banks of practice and graded tasks, of all lessons or of those whose names begin so."""
    banks = [*course.quizzes.values(), *course.solutions.values()]
    return [bank for bank in banks if not lessons or bank.lesson.startswith(tuple(lessons))]


def make_questions(banks: Iterable[Bank], seed: int, *, baseline: bool = False) -> list[Question]:
    """Return the questions of some banks, shuffled by a seed."""
    generator = random.Random(seed)  # noqa: S311  (a shuffle, no secret)
    drawn = []
    for bank in banks:
        for entry in bank.tasks:
            version = generator.choice(entry.versions)
            if is_asked(version, baseline=baseline):
                drawn.append((bank, version))
    generator.shuffle(drawn)
    questions = []
    for number, (bank, entry) in enumerate(drawn, start=1):
        questions.append(make_question(number, bank, entry, generator))
    return questions


def is_asked(entry: Entry, *, baseline: bool) -> bool:
    """Return whether a task stands on the paper: it has options, and a reader has to choose."""
    if not isinstance(entry.task, ASKED) or entry.key is None or not entry.task.is_asked:
        return False
    if (entry.task.group == "baseline") is not baseline:
        return False
    return not baseline or "supported" in {name for name, _ in choices(entry)}


def choices(entry: Entry) -> list[tuple[str, str]]:
    """Return id and text of the options of a task."""
    task = entry.task
    if isinstance(task, VerdictTask):
        return [(name, name.replace("-", " ")) for name in SUPPORTS]
    things = task.options if isinstance(task, ChoiceTask) else task.items
    return [(thing.id, thing.text) for thing in things]


def make_question(number: int, bank: Bank, entry: Entry, generator: random.Random) -> Question:
    """Return a question with its options in an order drawn at random."""
    names = [name for name, _ in choices(entry)]
    limits: list[str] = []
    cards: list[str] = []
    if isinstance(entry.task, VerdictTask):
        limits = [limit.id for limit in entry.task.qualifications]
        cards = list(entry.task.cards)
        generator.shuffle(limits)
        generator.shuffle(cards)
    else:
        generator.shuffle(names)
    return Question(number, bank.purpose, bank.lesson, entry, tuple(names), tuple(limits), tuple(cards))


def paper(questions: Iterable[Question], cards: Mapping[str, Card], *, with_text: bool) -> Iterator[str]:
    """Yield the lines of a paper."""
    yield HEAD
    for question in questions:
        task = question.entry.task
        yield f"## {question.number}. {task.title}\n"
        if with_text:
            yield from matter(question.entry, cards)
        yield f"{task.prompt}\n"
        yield from option_lines(question, cards)
        yield ""


def matter(entry: Entry, cards: Mapping[str, Card]) -> Iterator[str]:
    """Yield what a task shows beside its question: passage and cards."""
    if entry.task.context:
        yield f"> {entry.task.context}\n"
    for name in entry.task.cards:
        card = cards[name]
        quote = f" “{card.quote}”" if card.quote else ""
        yield f"> **{card.title}** ({card.date}).{quote} {card.says}\n"


def option_lines(question: Question, cards: Mapping[str, Card]) -> Iterator[str]:
    """Yield the options of a question, with what is to be done with them."""
    task, texts = question.entry.task, dict(choices(question.entry))
    if isinstance(task, ChoiceTask):
        yield "*Choose all that apply:*\n" if task.multiple else "*Choose one:*\n"
    elif isinstance(task, SortTask):
        yield "*Sort the items into:*\n"
        for letter, group in zip(LETTERS, task.classes, strict=False):
            note = f" ({group.note})" if group.note else ""
            yield f"- {letter}) {group.text}{note}"
        yield "\n*Items:*\n"
    elif isinstance(task, OrderTask):
        yield f"*Order, from “{task.first}” to “{task.last}”:*\n"
    else:
        yield f"*Verdict on the claim:* {task.claim} (as of {task.as_of})\n"
    for place, name in enumerate(question.options):
        mark = f"{place + 1}." if isinstance(task, SortTask) else f"- {LETTERS[place]})"
        yield f"{mark} {texts[name]}"
    if isinstance(task, VerdictTask):
        limits = {limit.id: limit.text for limit in task.qualifications}
        yield "\n*Limit:*\n"
        yield from starmap(lettered, enumerate(limits[name] for name in question.limits))
        yield "\n*Cards:*\n"
        yield from starmap(lettered, enumerate(cards[name].title for name in question.cards))


def lettered(place: int, text: str) -> str:
    """Return a line of a list with letters."""
    return f"- {LETTERS[place]}) {text}"


def read_answers(text: str) -> dict[int, str]:
    """Return the answers in a file, by the number of the question; other lines are passed over."""
    answers = {}
    for line in text.splitlines():
        match = ANSWER.match(line)
        if match:
            answers[int(match[1])] = match[2].casefold().strip()
    return answers


def response(question: Question, answer: str) -> Response:
    """Return what a learner would have submitted who gave this answer; letters that stand for nothing are left out."""
    task, parts = question.entry.task, answer.split("/")
    chosen = named(parts[0], question.options)
    if isinstance(task, ChoiceTask):
        return ChoiceResponse(chosen=tuple(dict.fromkeys(chosen)) if task.multiple else tuple(chosen[:1]))
    if isinstance(task, SortTask):
        groups = named(answer, [group.id for group in task.classes])
        return SortResponse(placed=dict(zip(question.options, groups, strict=False)))
    if isinstance(task, OrderTask):
        return OrderResponse(ranks=tuple((name,) for name in dict.fromkeys(chosen)))
    parts += [""] * 3
    limits, cards = named(parts[1], question.limits), named(parts[2], question.cards)
    return VerdictResponse(
        support=chosen[0] if chosen else None,
        qualification=limits[0] if limits else None,
        cards=tuple(dict.fromkeys(cards))[: task.most_cards],
    )


def named(letters: str, names: Sequence[str]) -> list[str]:
    """Return the names that letters stand for."""
    places = [LETTERS.index(letter) for letter in letters if letter in LETTERS]
    return [names[place] for place in places if place < len(names)]


def random_answer(question: Question, generator: random.Random) -> str:
    """Return an answer of somebody who draws lots."""
    task, letters = question.entry.task, LETTERS[: len(question.options)]
    if isinstance(task, SortTask):
        return "".join(generator.choices(LETTERS[: len(task.classes)], k=len(task.items)))
    if isinstance(task, OrderTask):
        return "".join(generator.sample(letters, len(letters)))
    if isinstance(task, VerdictTask):
        limit = generator.choice(["-", *LETTERS[: len(question.limits)]])
        return f"{generator.choice(letters)}/{limit}/{generator.choice(LETTERS[: len(question.cards)])}"
    if task.multiple:
        return "".join(generator.sample(letters, generator.randint(1, len(letters))))
    return generator.choice(letters)


def credit(question: Question, answer: str) -> float:
    """Return the share of its points that an answer earns."""
    return score(question.entry.task, question.entry.key, response(question, answer)).share or 0.0


def chance(question: Question) -> float:
    """Return what answers drawn at random earn on average."""
    generator = random.Random(question.number)  # noqa: S311  (as above)
    return statistics.mean(credit(question, random_answer(question, generator)) for _ in range(RANDOM_ANSWERS))


def results(questions: Sequence[Question], readers: Sequence[Mapping[int, str]]) -> Iterator[str]:
    """Yield a table of mean credits by lesson, and the items that earn the most."""
    earned = {}
    for question in questions:
        shares = [credit(question, answers.get(question.number, "")) for answers in readers]
        earned[question.number] = statistics.mean(shares)
    answered = [sum(1 for question in questions if question.number in answers) for answers in readers]
    yield f"Readers: {len(readers)}; questions: {len(questions)}; answered: {', '.join(map(str, answered))}\n"
    yield "| What | Questions | Credit | Chance |"
    yield "|---|---|---|---|"
    groups = sorted({(question.purpose, question.lesson) for question in questions})
    for purpose in sorted({purpose for purpose, _ in groups}):
        yield row(f"**{purpose}**", [each for each in questions if each.purpose == purpose], earned)
    for purpose, lesson in groups:
        members = [each for each in questions if (each.purpose, each.lesson) == (purpose, lesson)]
        yield row(f"{lesson}, {purpose}", members, earned)
    yield ""
    for question in sorted(questions, key=lambda each: (-earned[each.number], each.name)):
        yield f"{earned[question.number]:.2f} {question.purpose} {question.name} ({question.entry.task.title})"


def row(name: str, questions: Sequence[Question], earned: Mapping[int, float]) -> str:
    """Return a row of the table."""
    mean = statistics.mean(earned[question.number] for question in questions)
    return f"| {name} | {len(questions)} | {mean:.2f} | {statistics.mean(map(chance, questions)):.2f} |"


if __name__ == "__main__":
    main()
