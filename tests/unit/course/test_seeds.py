"""The seeds hold what they say they hold, and a fault is named with file, entry and remedy."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

import pytest

from copydesk.course.documents import ContentError
from copydesk.course.layers import COUNTS, FRAMES
from copydesk.course.seeds import CSV_LAYERS, LAYERS, TABLES, Seeds, check_seeds
from copydesk.course.settings import find_root

if TYPE_CHECKING:
    from pathlib import Path

ROOT = find_root()
SHA256 = "142bc7bfe189cf30195b40d1a08aba50632475e5671ee328800e6eb5e919efb2"
SIZES = {
    "sentences": 25,
    "attributions": 8,
    "attribution_per_sentence": 21,
    "absent_voices": 10,
    "agency": 5,
    "traces": 28,
    "absences": 6,
    "wordings": 50,
    "headlines": 27,
    "frames_by_paragraph": 9,
    "frames": 16,
    "estimates": 14,
    "claims": 45,
    "timeline": 33,
    "quotations": 16,
    "sources": 194,
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return a copy of the seeds that a test may damage."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return tmp_path


def file_of(course: Path, layer: str) -> Path:
    """Return the file of a layer."""
    return course / "seeds" / (f"{layer}.csv" if layer in CSV_LAYERS else f"{layer}.yml")


def test_the_article_is_unchanged() -> None:
    """The article is byte for byte the one that was supplied."""
    assert hashlib.sha256((ROOT / "seeds" / "article.txt").read_bytes()).hexdigest() == SHA256
    assert len(Seeds(ROOT).article) == 3492


@pytest.mark.parametrize(("table", "size"), SIZES.items())
def test_nothing_of_the_reading_is_lost(table: str, size: int) -> None:
    """Each table has as many rows as the reading that it comes from, and a column for each field."""
    frame = Seeds(ROOT).table(table)
    entries = Seeds(ROOT).part(table)
    assert len(frame) == len(entries) == size
    assert list(frame.columns) == list(type(entries[0]).model_fields)


def test_sources_say_how_they_were_read() -> None:
    """Every source keeps how it was read, and a copy that stood in for the original is named."""
    sources = Seeds(ROOT).table("sources")
    assert sources["read"].str.len().min() > 0
    assert sources["via"].notna().sum() == 48


def test_every_table_can_be_made() -> None:
    """Each named table opens, and its entries cannot be changed."""
    seeds = Seeds(ROOT)
    for name in TABLES:
        entry = seeds.part(name)[0]
        with pytest.raises(ValueError, match="frozen"):
            setattr(entry, next(iter(type(entry).model_fields)), "x")


def test_the_seeds_are_in_order() -> None:
    """The check finds nothing wrong with the seeds as they are committed."""
    assert check_seeds(Seeds(ROOT)) == []


@pytest.mark.parametrize(
    ("layer", "old", "new", "message"),
    [
        ("attributions", "start: 419", "start: 420", "is not at 420 to 458"),
        ("claims", "- REUTERS\n", "- REUTERZ\n", "'REUTERZ' is not in seeds/sources.yml"),
        ("claims", "id: C02", "id: C01", "the id stands already on line"),
        ("timeline", "id: TL05", "ident: TL05", "the field 'ident' is not known"),
        ("timeline", "- S19", "- S99", "'S99' is not in seeds/sentences.yml"),
        ("attributions", "  attributions: 8", "  attributions: 9", "attributions is 9, counted 8"),
        ("sources", "- key: RBC", "- key: RG", "the id stands already on line"),
        ("claims", "  quote: a gesture of defiance", "  quote: a gesture of compliance", "It stands at|does not hold"),
        ("quotations", "reference: '60'", "reference: '600'", "the reference '600' is not in"),
        ("timeline", "- id: TL01", "- id: TL01\n  id: TL00", "the key 'id' appears twice"),
        ("frames", "FW04,AP,", "FW03,AP,", "the id stands already on line 4"),
        ("frames", ",FW14,", ",FW99,", "copy_of 'FW99' is neither a source nor a row"),
        ("frames", "AP_TRIB", "AP_IND", "the address is not the one of the source"),
        ("frames", "https://justthenews.com", "https://justthenews.org", "the address is not the one of the source"),
        (
            "frames",
            ",a show of defiance,3,",
            ",a show of defiance,4,",
            "'writer_commits': Input should be less than or",
        ),
        ("frames", ',60,"excerpt, in a copy"', ',,"excerpt, in a copy"', "neither a source nor a reference"),
        ("estimates", ",,ALSIASI,", ",,,", "the row has neither a source nor a reference"),
        ("estimates", ",HRW,", ",HRV,", "'HRV' is not in seeds/sources.yml"),
        ("estimates", "BBC,2023", "BBC,,2023", "12 cells for 11 columns"),
        (
            "estimates",
            "ES06,population of Mariupol,500000",
            "ES06,population of Mariupol,500 000",
            "'value': Input should be",
        ),
        ("estimates", "ES05,population of Mariupol", "ES05,", "the field 'measure' is missing"),
        ("estimates", "id,measure,value,unit", "id,measure,value,value", "a column name appears twice"),
    ],
)
def test_a_fault_is_named(course: Path, layer: str, old: str, new: str, message: str) -> None:
    """A wrong offset, key, id, field, sentence or total is reported with file, line and remedy."""
    path = file_of(course, layer)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=message) as caught:
        Seeds(course).layer(layer)
    problem = caught.value.problems[0]
    assert problem.file == f"seeds/{path.name}"
    assert problem.remedy
    assert problem.line >= 1


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"\xff\xfe", "not UTF-8"), (b"a: [1", "did not find expected|expected"), (b"- id: 5\n", "is missing|should be")],
)
def test_a_broken_file_is_named(course: Path, content: bytes, message: str) -> None:
    """A file that is not UTF-8, not YAML or not a layer is reported and not a crash."""
    (course / "seeds" / "timeline.yml").write_bytes(content)
    with pytest.raises(ContentError, match=message):
        Seeds(course).layer("timeline")


def test_only_the_sentences_are_needed(course: Path) -> None:
    """A layer whose file is missing is empty, in every table; without the sentences, the check says so."""
    for name in set(LAYERS) - {"sentences"}:
        file_of(course, name).unlink()
    seeds = Seeds(course)
    assert check_seeds(seeds) == []
    assert [table for table in TABLES if seeds.part(table)] == ["sentences"]
    assert all(seeds.table(table).empty == (table != "sentences") for table in TABLES)
    assert set(seeds.pin_texts()) == {*seeds.sentences_by_id, COUNTS, FRAMES}
    file_of(course, "sentences").unlink()
    assert [problem.file for problem in check_seeds(Seeds(course))] == ["seeds/sentences.yml"]


def test_a_file_without_entries_is_an_empty_layer(course: Path) -> None:
    """An author who takes out the last card leaves a file with a comment, and a course in order."""
    file_of(course, "timeline").write_text("# Nothing here yet.\n", encoding="utf-8")
    assert check_seeds(Seeds(course)) == []
    assert Seeds(course).part("timeline") == ()


@pytest.mark.parametrize(("content", "message"), [(b"\xff\xfe", "cannot be read"), (b'id,"outlet\n', "cannot be read")])
def test_a_broken_table_is_named(course: Path, content: bytes, message: str) -> None:
    """A CSV file that is not UTF-8 or not CSV is reported and not a crash."""
    (course / "seeds" / "frames.csv").write_bytes(content)
    with pytest.raises(ContentError, match=message):
        Seeds(course).layer("frames")


def test_transfer_texts_stand_in_their_files() -> None:
    """Both invented reports have about 300 words, and their sentences are the whole text, in order."""
    for text in Seeds(ROOT).layer("transfer"):
        words = (ROOT / "seeds" / text.file).read_text(encoding="utf-8").split()
        assert 250 <= len(words) <= 350
        assert " ".join(sentence.text for sentence in text.sentences) == " ".join(words)
        assert text.sentences[0].text == text.title


def test_a_sentence_is_found_in_either_world() -> None:
    """Article and transfer texts share no sentence id, and one question finds both."""
    seeds = Seeds(ROOT)
    assert not seeds.invented_sentences.keys() & seeds.sentences_by_id.keys()
    assert seeds.sentence("S02").text.startswith("Mr Putin flew")
    assert seeds.sentence("X02").text.startswith("He walked along the quay")
    with pytest.raises(KeyError, match="there is no 'Z01' in sentences"):
        seeds.sentence("Z01")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("start: 73", "start: 74", "is not at 74"),
        ("file: transfer/t1.txt", "file: transfer/t9.txt", "is missing or not UTF-8"),
        ("where: [X02, X03]", "where: [X02, X99]", "planted in 'X99', which is no sentence"),
        ("id: X01", "id: X00", "the id stands already on line"),
    ],
)
def test_a_fault_of_a_transfer_text_is_named(course: Path, old: str, new: str, message: str) -> None:
    """A wrong offset, file, place or id of an invented report is reported with file, line and remedy."""
    path = file_of(course, "transfer")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=message) as caught:
        Seeds(course).layer("transfer")
    assert caught.value.problems[0].line > 1
    assert caught.value.problems[0].remedy
