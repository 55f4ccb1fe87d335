"""The seeds hold what they say they hold, and a fault is named with file, entry and remedy."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

import pytest

from copydesk.course import find_root
from copydesk.documents import ContentError
from copydesk.seeds import LAYERS, TABLES, Seeds, check_seeds

if TYPE_CHECKING:
    from pathlib import Path

ROOT = find_root()
SHA256 = "142bc7bfe189cf30195b40d1a08aba50632475e5671ee328800e6eb5e919efb2"
SIZES = {
    "sentences": 25,
    "attributions": 8,
    "attribution_per_sentence": 21,
    "absent_voices": 10,
    "tass": 5,
    "traces": 28,
    "absences": 6,
    "wordings": 50,
    "headlines": 27,
    "frames": 9,
    "claims": 45,
    "timeline": 33,
    "quotations": 16,
    "sources": 140,
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return a copy of the seeds that a test may damage."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return tmp_path


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
    assert sources["via"].notna().sum() == 29


def test_every_table_can_be_made() -> None:
    """Each named table opens, and its entries cannot be changed."""
    seeds = Seeds(ROOT)
    for name in TABLES:
        entry = seeds.part(name)[0]
        with pytest.raises(ValueError, match="frozen"):
            setattr(entry, next(iter(type(entry).model_fields)), "x")


def test_the_seeds_are_in_order() -> None:
    """The check finds nothing wrong with the seeds as they are committed."""
    assert check_seeds(ROOT) == []


@pytest.mark.parametrize(
    ("layer", "old", "new", "said"),
    [
        ("attributions", "start: 419", "start: 420", "does not stand at 420 to 458"),
        ("claims", "- REUTERS\n", "- REUTERZ\n", "'REUTERZ' is not in seeds/sources.yml"),
        ("claims", "id: C02", "id: C01", "the id stands already on line"),
        ("timeline", "id: TL05", "ident: TL05", "the field 'ident' is not known"),
        ("timeline", "- S19", "- S99", "'S99' is not in seeds/sentences.yml"),
        ("attributions", "  attributions: 8", "  attributions: 9", "attributions is 9, counted 8"),
        ("sources", "- key: RBC", "- key: RG", "the id stands already on line"),
        ("claims", "  quote: a gesture of defiance", "  quote: a gesture of compliance", "It stands at|does not hold"),
        ("quotations", "reference: '60'", "reference: '600'", "the reference '600' is not in"),
        ("timeline", "- id: TL01", "- id: TL01\n  id: TL00", "the key 'id' stands twice"),
    ],
)
def test_a_fault_is_named(course: Path, layer: str, old: str, new: str, said: str) -> None:
    """A wrong offset, key, id, field, sentence or total is reported with file, line and remedy."""
    path = course / "seeds" / f"{layer}.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=said) as caught:
        Seeds(course).layer(layer)
    problem = caught.value.problems[0]
    assert problem.file == f"seeds/{layer}.yml"
    assert problem.remedy
    assert problem.line > 1


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\xff\xfe", "not UTF-8"), (b"a: [1", "did not find expected|expected"), (b"- id: 5\n", "is missing|should be")],
)
def test_a_broken_file_is_named(course: Path, content: bytes, said: str) -> None:
    """A file that is not UTF-8, not YAML or not a layer is reported and not a crash."""
    (course / "seeds" / "timeline.yml").write_bytes(content)
    with pytest.raises(ContentError, match=said):
        Seeds(course).layer("timeline")


def test_a_missing_file_is_named(course: Path) -> None:
    """A layer whose file is missing is reported by the check, for every layer."""
    for name in LAYERS:
        (course / "seeds" / f"{name}.yml").unlink()
    assert {problem.file for problem in check_seeds(course)} >= {f"seeds/{name}.yml" for name in LAYERS}
