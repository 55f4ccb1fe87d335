"""Files as people have them, with odd endings and in other encodings: read, or a row that says what to do."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING

import make
import pytest

from copydesk.answers.store import MIME_TYPE
from copydesk.grading import GradingReport, Options, grade

if TYPE_CHECKING:
    from pathlib import Path

BANK = make.bank()
BANKS = {BANK.lesson: BANK}
DATA = make.submission("Zoë", make.reference(BANK))
JSON = make.to_bytes(DATA)
TEXT = json.dumps(DATA, ensure_ascii=False)
NOTEBOOK = make.to_bytes(make.notebook(DATA))


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a result table."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def graded(folder: Path, name: str, data: bytes) -> GradingReport:
    """Grade one file, by itself."""
    path = folder / "in" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return grade([folder / "in"], folder / "out", banks=BANKS)


def row_of(report: GradingReport) -> dict[str, str]:
    """Return the only problem of a run that graded nothing."""
    assert report.graded == 0
    (row,) = table(report.problems)
    return row


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("02.json.txt", JSON),
        ("02.JSON", JSON),
        ("02", JSON),
        ("02.json.download", JSON),
        ("02.txt", JSON),
        ("02.json (1)", JSON),
        ("02.json_", b"\xef\xbb\xbf\r\n" + JSON),
        ("02.part", TEXT.encode("utf-16-le")),
        ("02.ipynb.txt", NOTEBOOK),
        ("02.ipynb.json", NOTEBOOK),
        ("02.ipynb", JSON),
        ("02.zip.download", make.zipped({"02.json": JSON})),
        ("02", make.zipped({"in/02": JSON})),
    ],
)
def test_an_odd_ending_is_no_hindrance(tmp_path: Path, name: str, data: bytes) -> None:
    """What a file is, is told by its beginning where its name does not say it; in a folder and in a zip file."""
    report = graded(tmp_path, name, data)
    assert (report.graded, table(report.problems)) == (1, [])
    if not data.startswith(b"PK"):
        inside = graded(tmp_path / "zipped", "all.zip", make.zipped({f"x/{name}": data}))
        assert (inside.graded, table(inside.problems)) == (1, [])


@pytest.mark.parametrize("code", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_other_encodings_are_read(tmp_path: Path, code: str) -> None:
    """A file that some program saved as UTF-16 or UTF-32 is read, with and without its mark."""
    report = graded(tmp_path, "02.json", TEXT.encode(code))
    assert [row["learner"] for row in table(report.gradebook)] == ["Zoë"]


@pytest.mark.parametrize("code", ["utf-16-le", "utf-16-be"])
def test_utf_16_of_the_other_byte_order_with_its_mark(tmp_path: Path, code: str) -> None:
    """The mark at the beginning says the order of the bytes."""
    report = graded(tmp_path, "02.json", ("\ufeff" + TEXT).encode(code))
    assert report.graded == 1


@pytest.mark.parametrize("data", [TEXT.encode("utf-16")[:-3], TEXT.encode("utf-16-le")[:-1], b"\0" * 4096])
def test_damaged_text_is_a_row(tmp_path: Path, data: bytes) -> None:
    """Half a file is no submission, however it was written."""
    assert "sk for the file again" in row_of(graded(tmp_path, "02.json", data))["remedy"]


@pytest.mark.parametrize(
    "bundle", [json.dumps(DATA), [json.dumps(DATA)], json.dumps(DATA, indent=1).splitlines(keepends=True)]
)
def test_a_notebook_that_keeps_its_answers_as_text(tmp_path: Path, bundle: object) -> None:
    """Some programs save what a notebook carries as a text, or as the lines of one: it counts all the same."""
    report = graded(tmp_path, "02.ipynb", make.to_bytes(make.notebook(bundle)))
    assert (report.graded, table(report.problems)) == (1, [])


def test_a_damaged_bundle_costs_only_itself(tmp_path: Path) -> None:
    """Of two outputs of a notebook the whole one counts, and the broken one is a row."""
    report = graded(tmp_path, "02.ipynb", make.to_bytes(make.notebook('{"schema": ', DATA)))
    assert report.graded == 1
    assert "not complete JSON" in table(report.problems)[0]["reason"]
    assert MIME_TYPE in (tmp_path / "in" / "02.ipynb").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        (".02.json.icloud", b"bplist00", "still in the cloud"),
        ("work.rar", b"Rar!\x1a\x07\x00", "RAR archive"),
        ("work.7z", b"7z\xbc\xaf\x27\x1c", "7-Zip archive"),
        ("work.tar.gz", b"\x1f\x8b\x08", "packed archive"),
        ("work", b"Rar!\x1a\x07\x00", "RAR archive"),
        ("work.pdf", b"%PDF-1.7", "PDF"),
        ("work.json", b"%PDF-1.7", "PDF"),
        ("work.docx", make.zipped({"word/document.xml": b"<w/>"}), "text document"),
        ("work.pages", b"PK", "text document"),
        ("page.html", b"<!doctype html>", "web page"),
        ("photo.HEIC", b"\0\0", "picture"),
        ("mail.eml", b"From: a", "e-mail"),
        ("link.url", b"[InternetShortcut]", "link"),
        ("notes.txt", b"Dear all", "not an answer file, a notebook"),
        ("noname", b"", "not an answer file, a notebook"),
        ("settings.txt", b'{"a": 1}', "not a Copy Desk answer file"),
    ],
)
def test_what_is_no_submission_has_a_remedy(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    """Whatever else people send is one row that says what it is and what to do; in a zip file as well."""
    for row in (
        row_of(graded(tmp_path, name, data)),
        row_of(graded(tmp_path / "zipped", "all.zip", make.zipped({f"x/{name}": data}))),
    ):
        assert reason in row["reason"]
        assert row["remedy"]
        assert row["outcome"] == "not graded"


@pytest.mark.parametrize(
    "name",
    [
        *(".DS_Store", "._02.json", "Thumbs.db", "desktop.ini", "~$02.docx", ".~lock.02.odt#", "Icon\r"),
        *("__MACOSX/._02.json", "__MACOSX/x/02.json", ".ipynb_checkpoints/02-checkpoint.ipynb", "$RECYCLE.BIN/02.json"),
    ],
)
def test_litter_is_passed_over(tmp_path: Path, name: str) -> None:
    """What systems leave behind is neither graded nor a row, in a folder, in a zip file and with backslashes."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ok.json").write_bytes(JSON)
    (tmp_path / "in" / "a.zip").write_bytes(make.zipped({"ok.json": JSON, name: b"x"}))
    (tmp_path / "in" / "b.zip").write_bytes(make.zipped({"ok.json": JSON, name.replace("/", "\\"): b"x"}))
    report = graded(tmp_path, name, b"x")
    assert {row["outcome"] for row in table(report.problems)} == {"superseded"}


def test_a_zip_with_backslashes_is_of_who_sent_it(tmp_path: Path) -> None:
    """The folders in a zip file that a program on Windows made say who submitted, on every system."""
    worksheet = tmp_path / "moodle.csv"
    worksheet.write_text(
        'Identifier,"Full name",Status,Grade,"Maximum Grade"\n'
        '"Participant 340","Ada Lovelace",x,,20\n"Participant 341","Bo Dallow",x,,20\n',
        encoding="utf-8",
    )
    data = make.to_bytes(make.submission("Bo Dallow", make.reference(BANK)))
    members = {"Ada Lovelace_340_assignsubmission_file\\02.json": data, "Ada Lovelace_340_assignsubmission_file\\": b""}
    (tmp_path / "in.zip").write_bytes(make.zipped(members))
    grade([tmp_path / "in.zip"], tmp_path / "out", banks=BANKS, options=Options(moodle=worksheet))
    found = {row["name"]: row["automatic points"] for row in table(tmp_path / "out" / "gradebook.csv")}
    assert found == {"Ada Lovelace": "20", "Bo Dallow": ""}


@pytest.mark.parametrize("name", ["..\\..\\02.json", "C:\\02.json", "\\02.json"])
def test_backslashes_lead_nowhere(tmp_path: Path, name: str) -> None:
    """A name with backslashes that points outside is refused as one with slashes is."""
    assert "points outside" in row_of(graded(tmp_path, "a.zip", make.zipped({name: JSON})))["reason"]


def test_names_that_a_mac_wrote_keep_their_letters(tmp_path: Path) -> None:
    """A zip file with UTF-8 names that does not say so is read as it was meant."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("Zoe Muller_340_assignsubmission_file/02.json", JSON)
    data = file.getvalue().replace(b"Zoe Muller", "Zoé Müle".encode())
    report = graded(tmp_path, "all.zip", data)
    assert [row["learner"] for row in table(report.gradebook)] == ["Zoé Müle"]


def test_a_strange_file_is_read_within_bounds(tmp_path: Path) -> None:
    """A large file that only begins like an answer file is not read."""
    row = row_of(graded(tmp_path, "02.txt", b"{" + b" " * 5_000_001))
    assert "too large" in row["reason"]
