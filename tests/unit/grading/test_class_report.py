"""The class report: its numbers by hand, nobody named, and "too few" in place of numbers below ten submissions."""

from __future__ import annotations

import csv
import io
import json
import random
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from pydantic import TypeAdapter
from scipy import stats

from copydesk import figures
from copydesk.grading import grade
from copydesk.grading.report.counts import Layout
from copydesk.grading.report.table_files import TOO_FEW
from copydesk.grading.report.tables import HEADS
from copydesk.kinds.spans.strips import strips
from copydesk.kinds.union import Response
from copydesk.measures import Acceptance, advice, item_statistics, suspicion
from copydesk.text import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

import simulate

LEARNERS = 40


@pytest.fixture(scope="module")
def submissions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the submissions of the simulated class."""
    folder = tmp_path_factory.mktemp("submissions")
    simulate.write_class(folder, LEARNERS)
    return folder


@pytest.fixture(scope="module")
def out(submissions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the results for the simulated class."""
    return graded(submissions, tmp_path_factory.mktemp("out"))


def graded(folder: Path, out: Path) -> Path:
    """Grade a folder of the simulated course."""
    grade([folder], out, banks=simulate.banks(), practice=simulate.practice())
    return out


def table(out: Path, name: str) -> pd.DataFrame:
    """Return a table of the report, as the notebook for instructors reads it."""
    file = out / "report" / f"{name}.csv"
    return pd.read_csv(file, encoding="utf-8-sig", na_values=[TOO_FEW], dtype={"lesson": str, "text": str})


def answers_to(folder: Path, lesson: str, task: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield each answer to a task, and all answers of the same submission."""
    for path in sorted(folder.glob(f"*-{lesson}.json")):
        answers = json.loads(path.read_text(encoding="utf-8"))["answers"]
        if task in answers:
            yield answers[task], answers


def files(out: Path) -> dict[str, bytes]:
    """Return the files of the report with their bytes."""
    return {"report.html": (out / "report.html").read_bytes(), **simulate.tables(out / "report")}


def test_discrimination_by_hand() -> None:
    """Five of ten right, with 6 to 10 points elsewhere against 1 to 5: 5 / 2.8723 * 0.5 = 0.8704, as scipy has it."""
    credit, rest = pd.Series([0.0] * 5 + [1.0] * 5), pd.Series(range(1, 11), dtype=float)
    found = item_statistics(credit, rest)
    assert (found.answered, found.difficulty) == (10, 0.5)
    assert found.discrimination == pytest.approx(0.8704, abs=5e-5)
    assert found.discrimination == pytest.approx(stats.pointbiserialr(credit, rest).statistic)


def test_discrimination_looks_at_answers_alone() -> None:
    """Who did not answer changes neither number; where all have the same credit there is no discrimination."""
    credit, rest = pd.Series([0.0] * 5 + [1.0] * 5 + [float("nan")] * 3), pd.Series([*range(1, 11), 90, 0, 90.0])
    assert item_statistics(credit, rest).discrimination == pytest.approx(0.8704, abs=5e-5)
    flat = item_statistics(pd.Series([1.0] * 10), rest[:10])
    assert flat.difficulty == 1
    assert pd.isna(flat.discrimination)


def test_nine_answers_give_no_number() -> None:
    """Below ten answers an item has neither difficulty nor discrimination."""
    found = item_statistics(pd.Series([0.0, 1.0] * 4 + [1.0]), pd.Series(range(9), dtype=float))
    assert found.answered == 9
    assert pd.isna(found.difficulty)
    assert pd.isna(found.discrimination)


@pytest.mark.parametrize(
    ("right", "what"), [(0.0, "explain"), (0.349, "explain"), (0.35, "discuss"), (0.7, "discuss"), (0.701, "move-on")]
)
def test_what_to_do_about_a_question(right: float, what: str) -> None:
    """Below 35% right explain, up to 70% discuss in pairs, above move on."""
    assert advice(right) == what


BALANCED, CYNIC, CREDULOUS = Acceptance(12, 9, 8, 3), Acceptance(12, 5, 8, 0), Acceptance(12, 12, 8, 6)


def test_suspicion_is_seen_though_discernment_rose() -> None:
    """From balanced to cynic d' rises from 0.90 to 1.40, and yet both signs of suspicion are there."""
    assert [round(number, 2) for number in (*BALANCED.measures, *CYNIC.measures)] == [0.90, -0.17, 1.40, 0.89]
    assert suspicion(BALANCED, CYNIC) == ["acceptance-fell", "criterion-moved"]
    assert suspicion(BALANCED, CREDULOUS) == suspicion(BALANCED, BALANCED) == []


def test_each_sign_can_come_alone() -> None:
    """Acceptance may fall with the criterion in place, and the criterion may move with acceptance in place."""
    before = Acceptance(120, 90, 80, 30)
    assert suspicion(before, Acceptance(120, 84, 80, 34)) == ["acceptance-fell"]
    assert suspicion(before, Acceptance(120, 90, 80, 12)) == ["criterion-moved"]


def test_choices_are_counted_as_they_were_made(submissions: Path, out: Path) -> None:
    """The distractor table counts each option, each class of an item, and each support as the submissions name them."""
    found = table(out, "choices").set_index(["task", "item", "choice"])["count"].sort_index()
    chosen = [answer["response"]["chosen"] for answer, _ in answers_to(submissions, "02-attribution", "T5")]
    placed = [answer["response"]["placed"] for answer, _ in answers_to(submissions, "02-attribution", "T2")]
    supports = [answer["response"]["support"] for answer, _ in answers_to(submissions, "06-verification", "V2")]
    assert len(chosen) > 30
    for option, count in found["T5", "T5"].items():
        assert count == sum(option in each for each in chosen)
    for name, count in found["T2", "argued"].items():
        assert count == sum(each.get("argued") == name for each in placed)
    for name, count in found["V2", "support"].items():
        assert count == supports.count(name)


def test_words_are_those_of_the_strips(submissions: Path, out: Path) -> None:
    """For each word the share of the class is the mean of the learners' own strips, its weight the reference's."""
    entry, found = simulate.banks()["02-attribution"]["T1"], table(out, "words")
    own = []
    for answer, _ in answers_to(submissions, "02-attribution", "T1"):
        response: Any = TypeAdapter(Response).validate_python(answer["response"])
        own.append([word for strip in strips(entry.task, entry.key, response) for word in strip.words])  # type: ignore[arg-type]
    assert len(found) == len(own[0]) > 30
    mean = [sum(word.mine for word in words) / len(own) for words in zip(*own, strict=True)]
    assert found["share"].tolist() == pytest.approx(mean, abs=5e-5)
    assert found["weight"].tolist() == [word.weight for word in own[0]]
    passages = found.drop_duplicates(["passage", "place"]).groupby("passage", sort=False)["text"].sum()
    assert passages.tolist() == [passage.text for passage in entry.task.passages]  # type: ignore[union-attr]


def test_evidence_is_compared_by_time(submissions: Path, out: Path) -> None:
    """A card counts as opened before judging when its drawer says a time not after that of the verdict."""
    counts = {"none_opened": 0, "some_opened": 0, "all_opened": 0}
    for verdict, answers in answers_to(submissions, "06-verification", "V3"):
        if verdict["response"]["support"] is None:
            continue
        drawer = answers["P1"]["response"]["opened"] if "P1" in answers else []
        seen = {each["card"] for each in drawer if each["at"] <= verdict["at"]} & set(simulate.CARDS[1:3])
        counts["none_opened" if not seen else "some_opened" if len(seen) == 1 else "all_opened"] += 1
    row = table(out, "evidence").set_index("verdict").loc["V3"]
    assert row[list(counts)].to_dict() == counts
    assert all(counts.values())
    assert row["judged"] == sum(counts.values())


def test_points_and_difficulty_agree_with_the_gradebook(out: Path) -> None:
    """Mean points are those of the gradebook's column, over the learners who answered."""
    rows = list(csv.DictReader(io.StringIO((out / "gradebook.csv").read_text(encoding="utf-8-sig"), newline="")))
    (head,) = [name for name in rows[0] if name.startswith("02-attribution T2 ")]
    points = [float(row[head]) for row in rows if row[head] and "T2" not in row["not answered"].split()]
    row = table(out, "tasks").set_index(["lesson", "task"]).loc[("02-attribution", "T2")]
    assert row["mean_points"] == pytest.approx(sum(points) / len(points), abs=0.006)
    assert row["answered"] == len(points)
    assert row[list(HEADS["tasks"][-6:])].sum() == len(points)
    assert row["full"] == points.count(max(points))


def hits_in(paths: Iterable[Path]) -> int:
    """Return how many supported statements are accepted in some submissions."""
    hits = 0
    for path in paths:
        answers = json.loads(path.read_text(encoding="utf-8"))["answers"]
        given = {name: answer["response"].get("chosen") for name, answer in answers.items() if name[1:2] == "-"}
        hits += sum(chosen == ["supported"] and int(name[2:]) <= 12 for name, chosen in given.items())
    return hits


def test_each_form_is_pooled_over_all_who_answered_it(submissions: Path, out: Path) -> None:
    """H counts accepted supported statements of all who answered a form; d' and c carry the correction."""
    rows = table(out, "discernment").to_dict("records")
    assert [(row["learners_of"], row["form"], row["learners"]) for row in rows[:3]] == [
        ("A", "A", 40),
        ("B", "B", 40),
        ("C", "C", 19),
    ]
    before, after, _ = rows[:3]
    assert (before["supported"], before["unsupported"]) == (40 * 12, 40 * 8)
    hits = hits_in(submissions.glob("*-07-transfer.json"))
    assert after["hits"] == hits
    high, low = (hits + 0.5) / 481, (after["false_alarms"] + 0.5) / 321
    assert after["d_prime"] == pytest.approx(stats.norm.ppf(high) - stats.norm.ppf(low), abs=5e-5)
    assert after["c"] == pytest.approx(-(stats.norm.ppf(high) + stats.norm.ppf(low)) / 2, abs=5e-5)


def test_two_forms_are_compared_over_the_same_learners(submissions: Path, out: Path) -> None:
    """Only those who answered both forms are in the two rows of a pair."""
    rows = table(out, "discernment").set_index(["learners_of", "form"])
    assert rows.index.tolist()[3:] == [
        ("A B", "A"),
        ("A B", "B"),
        ("A C", "A"),
        ("A C", "C"),
        ("B C", "B"),
        ("B C", "C"),
    ]
    last = {path.name[:15] for path in submissions.glob("*-09-booster-day-28.json")}
    first = [path for path in submissions.glob("*-00-start.json") if path.name[:15] in last]
    assert (len(first), rows.loc[("A C", "A"), "hits"]) == (19, hits_in(first))


def test_the_page_warns_of_suspicion(out: Path) -> None:
    """The simulated class got more suspicious; the page says so in plain words, from which form to which."""
    page = (out / "report.html").read_text("utf-8")
    for pair, is_suspicious in (("A B", True), ("A C", True), ("B C", False)):
        before, after = table(out, "discernment").query("learners_of == @pair")["hit_rate"]
        shares = {"before": f"{before:.0%}", "after": f"{after:.0%}"}
        assert (catalogue("en")["report.forms.acceptance-fell"].format(**shares) in page) == is_suspicious
        names = dict(zip(("first", "last"), pair.split(), strict=True))
        assert (catalogue("en")["report.forms.warning"].format(**names) in page) == is_suspicious


def test_too_few_for_a_pair_are_enough_for_a_form(tmp_path: Path) -> None:
    """Where fewer than ten answered both of two forms, their change has no number, and each form keeps its own."""
    (tmp_path / "in").mkdir()
    simulate.write_class(tmp_path / "in", 12)
    graded(tmp_path / "in", tmp_path / "out")
    rows = table(tmp_path / "out", "discernment").set_index(["learners_of", "form"])["d_prime"]
    assert rows[[("A", "A"), ("B", "B"), ("A B", "B")]].notna().all()
    assert rows[[("C", "C"), ("A C", "A"), ("B C", "C")]].isna().all()
    assert figures.class_discernment(table(tmp_path / "out", "discernment")).axes[0].lines[0].get_xdata().size == 2


def test_any_order_and_any_rival_give_the_same_bytes(submissions: Path, tmp_path: Path) -> None:
    """Other file names, another order and replaced submissions change no byte of the report."""
    paths = sorted(submissions.glob("*-06-verification.json"))
    for folder in ("plain", "in"):
        (tmp_path / folder).mkdir()
    for path in paths:
        (tmp_path / "plain" / path.name).write_bytes(path.read_bytes())
    random.Random(7).shuffle(paths)
    for number, path in enumerate(paths):
        data = path.read_bytes()
        (tmp_path / "in" / f"{number:03}.json").write_bytes(data)
        if number % 5 == 0:
            early = data.replace(b'"handed_in": "2026-11-16', b'"handed_in": "2026-11-15').replace(
                b"supported", b"qualified"
            )
            (tmp_path / "in" / f"{number:03}-{'az'[number % 2]}.json").write_bytes(early)
    assert len(list((tmp_path / "in").iterdir())) == len(paths) * 6 / 5
    assert files(graded(tmp_path / "in", tmp_path / "out")) == files(graded(tmp_path / "plain", tmp_path / "first"))


def test_nine_submissions_give_no_number(tmp_path: Path) -> None:
    """With nine submissions a lesson shows their number and nothing else, in tables and page."""
    (tmp_path / "in").mkdir()
    simulate.write_class(tmp_path / "in", 9)
    graded(tmp_path / "in", tmp_path / "out")
    text = (tmp_path / "out" / "report" / "tasks.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    numbers = set(HEADS["tasks"][HEADS["tasks"].index("answered") :])
    assert {row["submissions"] for row in rows} == {"9"}
    assert {row[name] for row in rows for name in numbers} == {TOO_FEW}
    described = {"discernment": ["learners_of", "form", "learners"], "forms": ["form", "when", "learners"]}
    described["statements"] = ["template", "form", "statement", "text", "supported"]
    for name in set(HEADS) - {"tasks", *described}:
        assert table(tmp_path / "out", name).empty
    for name, columns in described.items():
        assert table(tmp_path / "out", name).drop(columns=columns).isna().all(axis=None)
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert page.count(catalogue("en")["report.few"].format(count=9, least=10)) == 4
    assert "<img" not in page
    assert "%" not in page.split("</style>")[1]


def test_a_question_that_few_answered_has_no_number(submissions: Path, tmp_path: Path) -> None:
    """In a class of forty a question with nine answers says "too few", and the others keep their numbers."""
    (tmp_path / "in").mkdir()
    for number, path in enumerate(sorted(submissions.glob("*-02-attribution.json"))):
        data = json.loads(path.read_text(encoding="utf-8"))
        data["answers"] = {name: each for name, each in data["answers"].items() if name != "T1" or number < 9}
        (tmp_path / "in" / path.name).write_text(json.dumps(data), encoding="utf-8")
    out = graded(tmp_path / "in", tmp_path / "out")
    items = table(out, "items").set_index("task")
    assert items.loc["T1", ["difficulty", "right", "discrimination", "advice"]].isna().all(axis=None)
    assert items.loc["T2", "right"].notna().all()
    assert table(out, "words")["share"].isna().all()
    assert catalogue("en")["report.too_few"] in (out / "report.html").read_text(encoding="utf-8")


def test_nobody_is_named_and_nothing_written_is_shown(submissions: Path, tmp_path: Path) -> None:
    """Neither an alias, a file name, a reason nor any text of a learner gets into page or tables."""
    mark = "<script>alert('hostile')</script>"
    (tmp_path / "in").mkdir()
    for number, path in enumerate(sorted(submissions.glob("*-02-attribution.json"))):
        data = json.loads(path.read_text(encoding="utf-8"))
        data["learner"]["alias"] = f"{mark} {number}"
        for answer in data["answers"].values():
            answer["reason"] = mark
            if answer["response"]["kind"] == "written":
                answer["response"]["text"] = mark
            for name, value in answer["response"].get("values", {}).items():
                answer["response"]["values"][name] = mark if isinstance(value, str) else value
        data["answers"][mark] = {"response": {"kind": "drawer", "opened": [{"card": mark, "at": mark}]}}
        (tmp_path / "in" / f"hostile-{path.name}").write_text(json.dumps(data), encoding="utf-8")
    for name, data in files(graded(tmp_path / "in", tmp_path / "out")).items():
        assert b"alert" not in data, name
        assert b"hostile" not in data, name
        assert b"Simulated 0" not in data, name


class Reader(HTMLParser):
    """Collects tags and attributes, and whether tags close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.found.append((tag, dict(attrs)))
        if tag not in {"meta", "br", "img", "source"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that was opened last."""
        assert self.open.pop() == tag


def test_the_page_runs_nothing_and_asks_for_nothing(out: Path) -> None:
    """No script, no handler, no address but places of the page itself; its policy forbids the rest."""
    reader = Reader()
    reader.feed((out / "report.html").read_text(encoding="utf-8"))
    assert not reader.open
    assert not {tag for tag, _ in reader.found} & {"script", "link", "iframe", "object", "embed", "form", "base"}
    names = {name for _, attributes in reader.found for name in attributes}
    assert not [name for name in names if name.startswith("on")]
    assert all(str(each["href"]).startswith("#") for _, each in reader.found if "href" in each)
    images = [each for tag, each in reader.found if tag == "img"]
    assert len(images) >= 6
    assert all(each["alt"] and str(each["src"]).startswith("data:image/svg+xml;base64,") for each in images)
    (policy,) = [each["content"] for _, each in reader.found if each.get("http-equiv") == "Content-Security-Policy"]
    assert str(policy).startswith("default-src 'none'")


def test_the_report_speaks_ukrainian(submissions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With COPYDESK_LANGUAGE=uk headings and pictures are Ukrainian, and the tables keep their columns."""
    monkeypatch.setenv("COPYDESK_LANGUAGE", "uk")
    (tmp_path / "in").mkdir()
    for path in submissions.glob("*-02-attribution.json"):
        (tmp_path / "in" / path.name).write_bytes(path.read_bytes())
    out = graded(tmp_path / "in", tmp_path / "out")
    page = (out / "report.html").read_text(encoding="utf-8")
    assert '<html lang="uk">' in page
    for key in ("report.heading", "report.items.how", "classroom.items_alt", "report.private"):
        assert catalogue("uk")[key].format(least=10) in page
        assert catalogue("en")[key].format(least=10) not in page
    assert tuple(table(out, "items")) == HEADS["items"]


def test_an_empty_folder_has_a_report(tmp_path: Path) -> None:
    """Without submissions the page says so, and every table has its heads."""
    (tmp_path / "in").mkdir()
    out = graded(tmp_path / "in", tmp_path / "out")
    assert catalogue("en")["report.nothing"] in (out / "report.html").read_text(encoding="utf-8")
    assert {name: tuple(table(out, name)) for name in HEADS} == HEADS


def test_little_is_kept_of_a_submission() -> None:
    """Of a submission a few hundred bytes are kept, the same number for each, so that 100,000 fit into memory."""
    banks, practice = simulate.banks(), simulate.practice()
    sizes = {name: Layout(bank, practice.get(name)).size for name, bank in banks.items()}
    assert max(sizes.values()) < 500


def test_the_sample_is_as_it_is_made(out: Path) -> None:
    """The tables beside the notebook are those of the simulated class; making them again changes no byte."""
    assert simulate.tables(simulate.SAMPLE) == simulate.tables(out / "report")


def test_pictures_hold_every_row(out: Path) -> None:
    """A dot for each question with enough answers, a bar for each marked word, a bar part for each portion."""
    items, words, tasks = (table(out, name).query("lesson == '02-attribution'") for name in ("items", "words", "tasks"))
    dots = [line.get_gid() for line in figures.class_items(items).axes[0].lines]
    assert sum(str(gid).startswith("item-") for gid in dots) == items["right"].notna().sum() == 12
    gids = [patch.get_gid() for patch in figures.class_strips(words).axes[0].patches]
    assert gids.count("class") == words["share"].gt(0).sum()
    assert gids.count("reference") == words["weight"].gt(0).sum()
    bars = [patch for patch in figures.class_points(tasks).axes[0].patches if patch.get_gid()]
    assert sum(patch.get_width() for patch in bars) == pytest.approx(5)
    assert str(bars[0].get_gid()) == "open-0"


def test_pictures_say_what_they_show(out: Path) -> None:
    """The alternative texts name every task, every question and both measures."""
    items, tasks = (table(out, name).query("lesson == '02-attribution'") for name in ("items", "tasks"))
    said = figures.describe_class_items(items)
    assert all(f"{row['item']} {row['right']:.0%}" in said for _, row in items.iterrows())
    assert all(f"{name}:" in figures.describe_class_points(tasks) for name in ("T1", "T2", "T3", "T4", "T5"))
    after = table(out, "discernment").iloc[1]
    said = figures.describe_class_discernment(table(out, "discernment"))
    assert f"{after['hit_rate']:.0%}" in said
    assert f"{after['c']:+.2f}" in said
