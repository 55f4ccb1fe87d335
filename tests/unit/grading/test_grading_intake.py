"""What may be a submission, and what becomes of everything else."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import make
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.grading.files import limits, untrusted_json, zips
from copydesk.grading.files.csv_files import BOM, CsvTable, csv_text, escape_formula, safe_cell
from copydesk.grading.files.inputs import InputFile, find_files, read_file
from copydesk.grading.files.limits import SubmittedFile
from copydesk.grading.files.problems import SubmissionProblem
from copydesk.grading.files.safe_text import file_part, one_line, visible_text
from copydesk.grading.files.untrusted_json import UnreadableError, read_json
from copydesk.grading.files.zips import read_zip
from copydesk.grading.submissions.submission import Submission, read_submissions

if TYPE_CHECKING:
    from pathlib import Path

BANK = make.bank()
BANKS = {BANK.lesson: BANK}


def only_outcome(name: str, data: bytes) -> Submission | SubmissionProblem:
    """Return the only outcome of a file."""
    (found,) = read_submissions(SubmittedFile(name, data), BANKS)
    return found


def unzipped(data: bytes) -> dict[str, SubmittedFile | SubmissionProblem]:
    """Return what comes out of a zip file, by name."""
    found = read_zip("z.zip", io.BytesIO(data), lambda _: None)
    return {entry.name if isinstance(entry, SubmittedFile) else entry.file: entry for entry in found}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf  \n", "empty"),
        (b'{"a": 1', "not complete JSON"),
        (b"\xff\xfe{\x00}", "UTF-16"),
        (b'"\xe9"', "UTF-8"),
        (b'[{"a": NaN}]', "NaN"),
        (b"-Infinity", "Infinity"),
        (b"[-" + b"9" * 4301 + b"]", "thousands of digits"),  # which Python does not read, and nobody types
        (b'["\\ud83d", ' + b"[" * 201 + b"]" * 201 + b"]", "deep"),
        (b"[" * 202 + b"]" * 202, "deep"),
        (b'["\\"[", "\\\\", ' + b"[" * 201 + b"]" * 201 + b"]", "deep"),
        (b"[" + b"1," * untrusted_json.MAX_VALUES + b"1]", "values"),
    ],
)
def test_json_that_is_refused(data: bytes, reason: str) -> None:
    """JSON that is broken or out of proportion is refused with its reason, before it costs anything."""
    with pytest.raises(UnreadableError, match=reason) as error:
        read_json(data)
    assert error.value.remedy


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b"\xef\xbb\xbf[1]", [1]),
        (b'["' + b"[" * 1000 + b'"]', ["[" * 1000]),
        (b'["\\\\\\"' + b"{" * 1000 + b'"]', ['\\"' + "{" * 1000]),
        (b'"\\ud83d\\ude00"', "\N{GRINNING FACE}"),
        (b'{"\\ud83d": "a\\ude00"}', {"\ufffd": "a\ufffd"}),
        (b'"\\ud83d\\uD83D\\udE00\\\\ud83d\\\\\\ud83d\\u00e9"', "\ufffd\N{GRINNING FACE}\\ud83d\\\ufffd\u00e9"),
        (b"12345678901234567890", 12345678901234567890),
        (b"1" + b"0" * 30, 10**30),
        (b"1e999", float("inf")),
        (b'{"a": 1, "b": {"c": 2, "c": [5]}, "a": 3}', {"a": 3, "b": {"c": [5]}}),
        (b"[" * 201 + b"]" * 201, None),
    ],
)
def test_json_that_is_read(data: bytes, value: object) -> None:
    """JSON that the standard allows is read; half characters are replaced, huge numbers become infinite."""
    assert value is None or read_json(data) == value


PIECES = st.sampled_from(
    [*'[]{},:"0123456789eE.-+ntrfalsy \n\0', "\\", "\\u", "\\ud83d", "\\ude00", "NaN", "\u00e9", "null"]
)


@given(st.binary(max_size=40) | st.lists(PIECES, max_size=40).map("".join).map(str.encode))
def test_what_is_read_is_what_the_standard_library_reads(data: bytes) -> None:
    """The same bytes are JSON for us and for the standard library, half characters apart, and say the same."""
    try:
        expected = repr(without_halves(json.loads(data.decode(), parse_constant=refuse)))
    except ValueError:
        expected = "refused"
    found = "refused"
    with contextlib.suppress(UnreadableError):
        found = repr(read_json(data))
    is_wide = b"\0" in data[:4] or data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"))
    assert is_wide or found == expected


def refuse(name: str) -> None:
    """Refuse what the standard of JSON does not have."""
    raise ValueError(name)


def without_halves(value: Any) -> Any:  # noqa: ANN401  (any JSON value)
    """Return a value with a sign for each half of a character."""
    return json.loads(
        "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in json.dumps(value, ensure_ascii=False))
    )


NAMES = st.sampled_from(["kind", "at", "response", "chosen", "spans", "values", "checked", "hints", "a", "x"])
MOMENTS = st.sampled_from(["2026-11-22T10:00:00Z", "2026-11-22T10:00:00", "2026-11-22", 0, 1.5, "1", True])
LEAVES = st.none() | st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False, allow_infinity=False) | MOMENTS
DATA = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3))
RESPONSES = st.sampled_from([*make.reference(BANK).values()])


@st.composite
def near_answers(draw: st.DrawFn) -> object:
    """Return an answer of which one part may be anything."""
    found: dict[str, object] = make.answer({**draw(RESPONSES)})
    response = found["response"]
    assert isinstance(response, dict)
    place = found if draw(st.booleans()) else response
    place[draw(st.sampled_from(sorted(place)) | NAMES)] = draw(DATA)
    return found


@settings(deadline=None)
@given(near_answers() | DATA)
def test_a_file_and_a_notebook_say_the_same(answer: object) -> None:
    """What is parsed and checked in one go comes to what the same answers in a notebook come to."""
    data = {**make.submission("Ada", {}), "answers": {"T1": answer}}
    found = [only_outcome("a.json", make.to_bytes(data)), only_outcome("a.ipynb", make.to_bytes(make.notebook(data)))]
    first, second = (each for each in found if isinstance(each, Submission))
    assert first.header == second.header


@pytest.mark.parametrize("name", ["a.json", "a.ipynb"])
def test_a_name_that_stands_twice_counts_as_it_does_everywhere(name: str) -> None:
    """Of two equal names the last counts, as in the page and in JupyterLab, in a file and in a notebook."""
    data = make.submission("Ada", {})
    text = json.dumps(data if name == "a.json" else make.notebook(data)).replace('"alias"', '"alias": "Eve", "alias"')
    found = only_outcome(name, text.encode())
    assert isinstance(found, Submission)
    assert found.header.learner.alias == "Ada"


@pytest.mark.parametrize("name", ["a.json", "a.ipynb"])
@pytest.mark.parametrize("place", ["answers", "spans", "names"])
def test_a_file_with_far_too_many_values_is_refused(name: str, place: str) -> None:
    """A file of a few megabytes in which nothing fits is refused before each of its faults is written down."""
    many = {f"x{number}": number for number in range(150_000)}
    spans = {"response": {"kind": "spans", "spans": [*many]}}
    answers = {"answers": many, "spans": {"T1": spans}, "names": {"T1": many}}
    data = {**make.submission("Ada", {}), "answers": answers[place]}
    found = only_outcome(name, make.to_bytes(data if name == "a.json" else make.notebook(data)))
    assert isinstance(found, SubmissionProblem)
    assert found.reason == "it has more than 100,000 values"


def test_a_notebook_carries_answers() -> None:
    """Of the answer files in a notebook's outputs the newest of each lesson counts; broken ones are rows."""
    old, new = (make.submission("Ada", {}, handed_in=f"2026-11-2{day}T10:00:00Z") for day in (2, 3))
    found = read_submissions(
        SubmittedFile("a.ipynb", make.to_bytes(make.notebook(new, old, {"schema": "other"}))), BANKS
    )
    kept = [entry for entry in found if isinstance(entry, Submission)]
    assert [entry.moment.day for entry in kept] == [23]
    assert [entry.reason for entry in found if isinstance(entry, SubmissionProblem)] == [
        "not a submission: it is not a Copy Desk answer file"
    ]


def test_a_notebook_without_answers() -> None:
    """A notebook without answers is a row that says what to ask for."""
    found = only_outcome("a.ipynb", make.to_bytes(make.notebook()))
    assert isinstance(found, SubmissionProblem)
    assert found.reason == "the notebook carries no answers"
    assert "button" in found.remedy


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"schema": "copydesk/answers/2"}, "another version of Copy Desk"),
        ({"schema": "else"}, "not a submission"),
        ({"course": "elsewhere"}, "the course 'elsewhere'"),
        ({"lesson": "05-claims"}, "lesson '05-claims'"),
        ({"bank": "none"}, "form of an answer file"),
        ({"grade": 20}, "form of an answer file"),
        ({"answers": [1]}, "answers"),
        ({"saved": "2026-11-22T10:00:00"}, "form of an answer file"),
        ({"handed_in": "9999-12-31T23:59:59-23:59"}, "real date"),
    ],
)
def test_headers_that_are_refused(change: dict[str, object], reason: str) -> None:
    """A file of another version, course or lesson, or of another form, is a row that says which."""
    found = only_outcome("a.json", make.to_bytes({**make.submission("Ada", {}), **change}))
    assert isinstance(found, SubmissionProblem)
    assert reason in found.reason
    assert found.remedy


def test_a_zip_is_read_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Members of a zip file, and of a zip file in it, are read without writing anything."""
    monkeypatch.chdir(tmp_path)
    inner = make.zipped({"b.json": b"2"})
    found = unzipped(make.zipped({"folder/a.json": b"1", "in.zip": inner, "deeper.zip": make.zipped({"x.zip": inner})}))
    assert {name: entry.data for name, entry in found.items() if isinstance(entry, SubmittedFile)} == {
        "z.zip/folder/a.json": b"1",
        "z.zip/in.zip/b.json": b"2",
    }
    assert isinstance(found["z.zip/deeper.zip/x.zip"], SubmissionProblem)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../x.json", "a/../../x.json", "/x.json", "\\x.json", "C:x.json", "C:\\x.json", "a\\..\\x.json"]
)
def test_names_that_point_outside(name: str) -> None:
    """A member whose name points outside the zip file is a row, and the other members are still read."""
    found = list(unzipped(make.zipped({name: b"1", "good.json": b"2"})).values())
    assert [entry.data for entry in found if isinstance(entry, SubmittedFile)] == [b"2"]
    (problem,) = (entry for entry in found if isinstance(entry, SubmissionProblem))
    assert "points outside" in problem.reason


def test_members_that_are_refused() -> None:
    """A link, a locked member, a rare packing, a bomb and an oversized member are rows each."""
    found = unzipped(
        make.zipped({"link.json->": b"/etc/passwd", "bomb.json": b" " * 4_900_000, "big.json": b" " * 5_000_001})
    )
    reasons = {name: entry.reason for name, entry in found.items() if isinstance(entry, SubmissionProblem)}
    assert "link" in reasons["z.zip/link.json"]
    assert "150 to 1" in reasons["z.zip/bomb.json"]
    assert "too large" in reasons["z.zip/big.json"]
    for data, reason in (
        (make.encrypted(make.zipped({"a.json": b"1"})), "password"),
        (make.zipped({"a.json": b"1"}, method=zipfile.ZIP_BZIP2), "rare method"),
        (make.zipped({}), "empty"),
        (b"PK", "not a zip file"),
    ):
        (problem,) = unzipped(data).values()
        assert isinstance(problem, SubmissionProblem)
        assert reason in problem.reason


def test_a_member_that_lies_about_its_size() -> None:
    """A member larger than its entry says is damaged, and no more is unpacked than the entry says."""
    data = bytearray(make.zipped({"a.json": b"1" * 1000}))
    place = data.find(b"PK\x01\x02")
    data[place + 24 : place + 28] = (10).to_bytes(4, "little")
    (problem,) = unzipped(bytes(data)).values()
    assert isinstance(problem, SubmissionProblem)
    assert "damaged" in problem.reason


def test_a_zip_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A zip file may have only so many members, and they may come to only so much."""
    data = make.zipped({f"{number}.json": b"12345" for number in range(10)})
    monkeypatch.setattr(zips, "MAX_MEMBERS", 9)
    (problem,) = unzipped(data).values()
    assert isinstance(problem, SubmissionProblem)
    assert "more than" in problem.reason
    monkeypatch.setattr(zips, "MAX_MEMBERS", 10)
    found = list(read_zip("z.zip", io.BytesIO(data), lambda _: None))
    assert sum(isinstance(entry, SubmittedFile) for entry in found) == 10


def test_folders_are_searched(tmp_path: Path) -> None:
    """Folders are searched to the bottom in a fixed order; links are rows, and what systems leave behind is not."""
    for name in ("b/c/d.json", "a.json", ".DS_Store", "__MACOSX/a.json", ".ipynb_checkpoints/a.ipynb", "b/._a.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"{}")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "b" / "link.json").symlink_to(tmp_path / "a.json")
    found, problems = find_files([tmp_path])
    assert [entry.name for entry in found] == ["a.json", "b/c/d.json"]
    assert sorted(problem.file for problem in problems) == ["b/link.json", "loop"]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    """A folder and a file in it, both given, are not two submissions."""
    (tmp_path / "a.json").write_bytes(b"{}")
    found, _ = find_files([tmp_path, tmp_path / "a.json", tmp_path / ".." / tmp_path.name / "a.json"])
    assert len(found) == 1


@pytest.mark.parametrize("name", ["essay.txt", "photo.PNG", "answers", "page.html", "a.json.exe"])
def test_files_that_are_not_ours(tmp_path: Path, name: str) -> None:
    """A file of another type is a row, and is not read."""
    (tmp_path / name).write_bytes(b"x")
    (problem,) = read_file(InputFile(name, str(tmp_path / name)), lambda _: None)
    assert isinstance(problem, SubmissionProblem)
    assert "not a submission" in problem.reason


def test_endings_in_capitals(tmp_path: Path) -> None:
    """The ending of a file name counts in any case."""
    (tmp_path / "A.JSON").write_bytes(b"{}")
    assert list(read_file(InputFile("A.JSON", str(tmp_path / "A.JSON")), lambda _: None)) == [
        SubmittedFile("A.JSON", b"{}")
    ]


def test_limits_are_as_promised() -> None:
    """An answer file may have 5 MB, a notebook 50 MB, a zip file 500 MB."""
    assert limits.LIMITS == {".json": 5_000_000, ".ipynb": 50_000_000, ".zip": 500_000_000}
    assert limits.refusal("a.json", 5_000_000) is None
    assert limits.refusal("a.json", 5_000_001)


@pytest.mark.parametrize(
    "value",
    [
        "=1",
        "+1+1",
        "-1+1",
        "-a",
        "--",
        "@a",
        "  =1",
        "\u00a0=1",
        "\u200d=1",
        "\u200b =1",
        "\0=1",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff201",
        "\t=1",
        "\tx",
        "\rx",
        "\nx",
    ],
)
def test_cells_that_would_run(value: str) -> None:
    """A cell that a spreadsheet may run, also behind what nobody sees or in wide characters, gets an apostrophe."""
    assert escape_formula(value) == "'" + value
    written = io.StringIO(csv_text([[value]]).removeprefix(BOM), newline="")
    assert list(csv.reader(written)) == [["'" + value]]
    assert CsvTable("export.csv", [[value, f'"{value}"']], [[",", ""]], "").text() == f"'{value},\"'{value}\""


@pytest.mark.parametrize(
    "value", ["Ada", "1=1", "a@b", "'quoted'", "", "Ольга", "-", "-3", "+3", " -1.5 ", "-1,5", "00017"]
)
def test_cells_that_stay(value: str) -> None:
    """A cell that nothing would run stays as it is, and so do numbers with a sign, which platforms read back."""
    assert escape_formula(value) == value
    assert CsvTable("export.csv", [[value, f'"{value}"']], [[",", ""]], "").text() == f'{value},"{value}"'


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ('"=1"+1', '"\'=1"+1'),
        ('""=1', '"\'"=1'),
        ('"a ""b"""', '"a ""b"""'),
        ('"""=1"""', '"""=1"""'),  # begins with a quotation mark, and so is a text
    ],
)
def test_cells_with_quotes(written: str, made: str) -> None:
    """Quotes around a part of a cell, which a spreadsheet passes over, hide no formula in an export."""
    assert CsvTable("export.csv", [[written]], [[""]], "").text() == made


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("-3", "-3"),  # once with an apostrophe in results, and without one in exports: a number runs nothing
        ("\tx", "\u2409x"),  # once with an apostrophe: the tab is no tab any more
        ("\n=1", "\u240a=1"),
        ("\u200b=1", "[U+200B]=1"),
        ("\u200d=1", "'\u200d=1"),
        (" =1\n", "' =1\u240a"),
        ("=" * 700, "'" + "=" * 599 + "\u2026"),
    ],
)
def test_strange_text_in_a_table(text: str, written: str) -> None:
    """The rule looks at what stands in the cell: what was made visible is a sign like others, and hides no formula."""
    assert safe_cell(text) == written
    assert escape_formula(written) == written


def test_everything_can_be_seen() -> None:
    """Control characters, turned directions and half characters become visible; letters and joiners stay."""
    assert visible_text("a\0b\x1b\x7f\u202ec\u2066\ud800") == "a\u2400b\u241b\u2421[U+202E]c[U+2066]\ufffd"
    assert visible_text("a\r\nb\rc\u2028d\te") == "a\nb\nc\nd\te"
    assert visible_text("\u0645\u06cc\u200c\u062e\u0648 \u00e9") == "\u0645\u06cc\u200c\u062e\u0648 \u00e9"
    assert one_line("a\nb\tc" + "x" * 500, 10) == "a\u240ab\u2409cxxxx\u2026"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Ada Lovelace", "ada-lovelace"),
        ("../../etc/passwd", "etc-passwd"),
        ("\u041c\u0430\u0439\u044f \u041a.", "\u043c\u0430\u0439\u044f-\u043a"),
        ("a\nb\0c", "a-b-c"),
        ("...", "learner"),
        ("x" * 500, "x" * 40),
    ],
)
def test_file_names(text: str, part: str) -> None:
    """A learner's name becomes a part of a file name that every system takes."""
    assert file_part(text) == part
