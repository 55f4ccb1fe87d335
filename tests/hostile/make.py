"""Makes the submissions that the tests of grading use, honest and hostile ones, the same bytes each time.

Run ``python tests/hostile/make.py FOLDER`` to write them all and look at them.
"""

from __future__ import annotations

import io
import json
import os
import stat
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk.answers.store import MIME_TYPE, SCHEMA
from copydesk.course.bank_files import read_bank_file
from copydesk.kinds.scoring import reference_response

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from copydesk.course.bank import Bank

HERE = Path(__file__).parent
LESSON = "02-attribution"
MORNING = "2026-11-22T09:58:12.345Z"
BIG_BYTES = 200_000_000
SCRIPT = "<script>alert(1)</script>"
FORMULA = "=cmd|' /C calc'!A0"
Data = dict[str, Any]


def steps(action: Callable[[], object]) -> int:
    """Return how many functions an action enters and leaves: what it costs, on any machine alike."""
    total = 0

    def note(_frame: object, _event: str, _argument: object) -> None:
        nonlocal total
        total += 1

    sys.setprofile(note)
    try:
        action()
    finally:
        sys.setprofile(None)
    return total


def bank() -> Bank:
    """Return the bank of the tests, with its keys."""
    return read_bank_file(HERE / f"{LESSON}.yml").bank


def reference(tasks: Bank) -> Data:
    """Return the reference response to every task."""
    return {
        entry.task.id: reference_response(entry.task, entry.key).model_dump(mode="json")
        for entry in tasks.tasks
        if entry.key is not None
    }


def half_right() -> Data:
    """Return responses that earn 4.6 of 20 points: nothing for T1 and T5, 0.8 of 4, 2 of 2, 1.8 of 3."""
    return {
        "T2": {"kind": "sort", "placed": {"said": "neutral", "claims": "doubting", "hinted": "neutral"}},
        "T3": {"kind": "choice", "chosen": ["casualties", "annexation"]},
        "T4": {
            "kind": "value",
            "values": {
                "counts": {"state agency": 2, "court": 1, "leader": 1, "government": 4},
                "total": 7,
                "title": "Sources",
                "day": "2023-03-19",
            },
        },
        "T5": {"kind": "choice", "chosen": ["proof"]},
    }


def answer(response: object, **changes: object) -> Data:
    """Return one answer as it stands in a file."""
    return {"response": response, "at": MORNING, "attempts": 1, "checked": False, **changes}


def submission(alias: str, responses: Mapping[str, object], **changes: object) -> Data:
    """Return a submission of some responses; ``changes`` are made to its outermost object."""
    return {
        "schema": SCHEMA,
        "course": "mariupol",
        "lesson": LESSON,
        "bank": bank().fingerprint(),
        "learner": {"alias": alias},
        "saved": MORNING,
        "handed_in": MORNING,
        "answers": {name: answer(response) for name, response in responses.items()},
        **changes,
    }


def to_bytes(data: object) -> bytes:
    """Return data as the bytes of a JSON file."""
    return (json.dumps(data, indent=1) + "\n").encode()


def notebook(*outputs: object) -> Data:
    """Return a notebook whose cells show some answer files, and whose code would leave a trace if it ever ran."""
    code = "open('copydesk-was-run', 'w')"
    cells = [
        {
            "cell_type": "code",
            "id": f"cell{number}",
            "metadata": {},
            "execution_count": number,
            "source": code,
            "outputs": [{"output_type": "display_data", "metadata": {}, "data": {MIME_TYPE: output, "text/plain": ""}}],
        }
        for number, output in enumerate(outputs, start=1)
    ]
    text: Data = {"cell_type": "markdown", "id": "text", "metadata": {}, "source": f"# {SCRIPT}"}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [text, *cells]}


def zipped(members: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file; a member whose name ends in ``->`` becomes a symbolic link to its bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name.removesuffix("->"), date_time=(2026, 11, 22, 10, 0, 0))
            info.create_system = 3
            info.external_attr = ((stat.S_IFLNK if name.endswith("->") else stat.S_IFREG) | 0o644) << 16
            info.compress_type = method
            archive.writestr(info, data)
    return file.getvalue()


def encrypted(data: bytes) -> bytes:
    """Return a zip file with the mark of encryption set on every member."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(signature)
        while place >= 0:
            changed[place + offset] |= 1
            place = changed.find(signature, place + 4)
    return bytes(changed)


def write_big(path: Path) -> None:
    """Write 200 MB of spaces without holding them."""
    block = b" " * 1_000_000
    with path.open("wb") as file:
        for _ in range(BIG_BYTES // len(block)):
            file.write(block)


def holds_when(folder: Path) -> None:
    """Write the folder that grading has to stand: eight files, of which four are graded."""
    full = to_bytes(submission("solution", reference(bank())))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "solution.json").write_bytes(full)
    (folder / "empty.json").write_bytes(b"")
    (folder / "no-answers.json").write_bytes(to_bytes(submission("nobody", {})))
    (folder / "half.json").write_bytes(to_bytes(submission("half", half_right())))
    (folder / "truncated.json").write_bytes(full[: len(full) // 2])
    (folder / "escape.zip").write_bytes(zipped({"../../x": b"x", "../../x.json": full}))
    essay = {"kind": "written", "text": f"{SCRIPT}\n{FORMULA}"}
    (folder / "script.json").write_bytes(to_bytes(submission(FORMULA, {"W1": essay})))
    write_big(folder / "big.json")


def honest(folder: Path) -> None:
    """Write the submissions of three learners who did nothing wrong."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ada.json").write_bytes(to_bytes(submission("Ada", reference(bank()))))
    (folder / "bo.json").write_bytes(to_bytes(submission("Bo", half_right())))
    (folder / "cy.ipynb").write_bytes(to_bytes(notebook(submission("Cy", {}))))


def _text(text: str) -> Data:
    return {"W1": {"kind": "written", "text": text}}


def _mark(start: object, end: object, exact: str, **changes: object) -> Data:
    selector = [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {"type": "TextQuoteSelector", "exact": exact},
    ]
    return {"kind": "spans", "spans": [{"passage": "S02", "label": "source", "selector": selector, **changes}]}


def _in_answer(alias: str, response: object) -> bytes:
    return to_bytes(submission(alias, {**half_right(), "T1": response}))


def _replaced(old: str, new: str) -> bytes:
    return to_bytes(submission("replaced", half_right())).replace(old.encode(), new.encode())


NOT_GRADED: dict[str, Callable[[], bytes]] = {
    "empty.json": lambda: b"",
    "spaces.json": lambda: b" \n" * 100,
    "nul-bytes.json": lambda: b"\0" * 1000,
    "truncated.json": lambda: to_bytes(submission("cut", half_right()))[:300],
    "list.json": lambda: b"[]",
    "null.json": lambda: b"null",
    "number.json": lambda: b"1e999",
    "string.json": lambda: b'"copydesk/answers/1"',
    "html.json": lambda: b"<html><script>alert(1)</script></html>",
    "nan.json": lambda: _replaced('"total": 7', '"total": NaN'),
    "infinity.json": lambda: _replaced('"total": 7', '"total": -Infinity'),
    "endless-offset.json": lambda: _in_answer("endless offset", _mark(1, 2, "x")).replace(
        b'"start": 1', b'"start": 1' + b"0" * 5000
    ),
    "deep.json": lambda: b"[" * 100_000 + b"]" * 100_000,
    "deep-object.json": lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "deep-answer.json": lambda: _replaced('"total": 7', '"total": ' + "[" * 5000 + "]" * 5000),
    "latin.json": lambda: to_bytes({"schema": SCHEMA}).replace(b"1", b"\xe9"),
    "utf16-cut-off.json": lambda: json.dumps(submission("wide", {})).encode("utf-16")[:-3],
    "newer.json": lambda: to_bytes(submission("newer", half_right(), schema="copydesk/answers/2")),
    "other-course.json": lambda: to_bytes(submission("other", half_right(), course="elsewhere")),
    "other-lesson.json": lambda: to_bytes(submission("other", half_right(), lesson="99-unknown")),
    "bad-lesson.json": lambda: to_bytes(submission("other", half_right(), lesson="../../x")),
    "list-of-answers.json": lambda: to_bytes(submission("other", {}, answers=[])),
    "extra.json": lambda: to_bytes(submission("other", {}, grade=100)),
    "many-extra.json": lambda: to_bytes(submission("other", {}, **{f"x{number}": 1 for number in range(100_000)})),
    "long-alias.json": lambda: to_bytes(submission("a" * 100_000, {})),
    "number-alias.json": lambda: to_bytes(submission("other", {}, learner={"alias": 1})),
    "no-time.json": lambda: to_bytes(submission("other", {}, saved="yesterday")),
    "before-time.json": lambda: to_bytes(submission("other", {}, handed_in="0001-01-01T00:00:00+23:00")),
    "many-values.json": lambda: b"[" + b"0," * 2_100_000 + b"0]",
    "code.ipynb": lambda: to_bytes(notebook()),
    "not-a-notebook.ipynb": lambda: b'{"cells": {"outputs": 1}}',
    "odd-notebook.ipynb": lambda: to_bytes({"cells": [1, {"outputs": [1, {"data": [MIME_TYPE]}]}]}),
    "wrong-output.ipynb": lambda: to_bytes(notebook("text", 7, None)),
    "broken.zip": lambda: zipped({"a.json": b"{}"})[:-30],
    "not-a.zip": lambda: b"PK\x03\x04" + b"x" * 1000,
    "nothing.zip": lambda: zipped({}),
    "bomb.zip": lambda: zipped({"bomb.json": b" " * 4_900_000}),
    "huge.zip": lambda: zipped({"huge.json": b" " * 20_000_000}),
    "locked.zip": lambda: encrypted(zipped({"locked.json": b"{}"})),
    "rare.zip": lambda: zipped({"rare.json": b"{}"}, method=zipfile.ZIP_LZMA),
    "matryoshka.zip": lambda: zipped({"1.zip": zipped({"2.zip": zipped({"3.json": b"{}"})})}),
    "essay.txt": lambda: b"an essay",
    "feedback-of-last-week.html": lambda: b"<!doctype html><title>Feedback</title>",
    "photo.PNG": lambda: b"\x89PNG",
    "no-ending": lambda: b"{}",
    "CON.txt": lambda: b"a device",
}
"""Files that hold no submission: one row of problems each."""

GRADED: dict[str, Callable[[], bytes]] = {
    "utf16.json": lambda: json.dumps(submission("wide", {})).encode("utf-16"),
    "unknown-task.json": lambda: to_bytes(submission("unknown task", {"T99": {"kind": "choice", "chosen": ["x"]}})),
    "unknown-option.json": lambda: _in_answer("unknown option", {"kind": "choice", "chosen": ["x"]}),
    "wrong-kind.json": lambda: _in_answer("wrong kind", {"kind": "written", "text": "hello"}),
    "no-kind.json": lambda: _in_answer("no kind", {"chosen": ["casualties"]}),
    "odd-kind.json": lambda: _in_answer("odd kind", {"kind": ["spans"]}),
    "negative.json": lambda: _in_answer("negative", _mark(-5, 3, "Mr ")),
    "backwards.json": lambda: _in_answer("backwards", _mark(9, 3, "Mr ")),
    "outside.json": lambda: _in_answer("outside", _mark(5000, 5001, "x")),
    "huge-offset.json": lambda: _in_answer("huge offset", _mark(10**30, 10**31, "x")),
    "infinite.json": lambda: _replaced('"total": 7', '"total": 1e999'),
    "wrong-quote.json": lambda: _in_answer("wrong quote", _mark(0, 7, SCRIPT)),
    "unknown-label.json": lambda: _in_answer("unknown label", _mark(0, 2, "Mr", label="x")),
    "unknown-passage.json": lambda: _in_answer("unknown passage", _mark(0, 2, "Mr", passage="S99")),
    "many-marks.json": lambda: _in_answer(
        "many marks", {"kind": "spans", "spans": [_mark(0, 2, "Mr")["spans"][0]] * 10_000}
    ),
    "javascript.json": lambda: to_bytes(
        submission("javascript:alert(1)", _text("[x](javascript:alert(1)) data:text/html,x"))
    ),
    "twice.json": lambda: to_bytes(submission("twice", half_right())).replace(
        b'"course"', b'"lesson": "03-sources",\n "course"'
    ),
    "half-character.json": lambda: to_bytes(submission("half \ud83d character", _text("cut \ud83d in half"))),
    "bidi.json": lambda: to_bytes(submission("bidi \u202egnirts", _text("\u202etxet \u2066and\u200f more"))),
    "nul.json": lambda: to_bytes(submission("nul \0 byte", _text("before\0after\x1b[31m"))),
    "html-alias.json": lambda: to_bytes(
        submission("<img src=x onerror=alert(1)>", _text(f"{SCRIPT}<a href='javascript:alert(1)'>x</a>"))
    ),
    "template.json": lambda: to_bytes(submission("{{ 7 * 7 }}", _text("{{ bank }}{% raw %}{# #}</style></div>"))),
    "formula.json": lambda: to_bytes(submission(FORMULA, _text(FORMULA))),
    "formula-plus.json": lambda: to_bytes(submission("+1+1", {})),
    "formula-minus.json": lambda: to_bytes(submission("-1+1", {})),
    "formula-at.json": lambda: to_bytes(submission("@SUM(A1)", {})),
    "formula-tab.json": lambda: to_bytes(submission("x\t=1+1", {})),
    "formula-space.json": lambda: to_bytes(submission("\u00a0\u200b =1+1", {})),
    "formula-wide.json": lambda: to_bytes(submission("\uff1d1+1", {})),
    "formula-quote.json": lambda: to_bytes(submission('x";=1+1;"', {})),
    "lines.json": lambda: to_bytes(submission("two\r\nlines\u2028three", {})),
    "device.json": lambda: to_bytes(submission("CON", {})),
    "dots.json": lambda: to_bytes(submission("../../..", {})),
    "no-alias.json": lambda: to_bytes(submission("", {})),
    "=formula.json": lambda: to_bytes(submission("  ", {})),
    "bom.json": lambda: b"\xef\xbb\xbf" + to_bytes(submission("bom", {})),
    "other-bank.json": lambda: to_bytes(submission("other bank", half_right(), bank="sha256:" + "0" * 64)),
    "not-handed-in.json": lambda: to_bytes(submission("saved only", {}, handed_in=None)),
    "many-answers.json": lambda: to_bytes(submission("many answers", {f"X{number}": 1 for number in range(20_000)})),
    "wrong-answers.json": lambda: to_bytes(
        submission("wrong answers", {}, answers={"T1": [], "T2": 1, "T3": "x", "T4": True})
    ),
    "rows.json": lambda: to_bytes(
        submission("rows", {"T4": {"kind": "value", "values": {"counts": {f"r{n}": n for n in range(9000)}}}})
    ),
    "long-essay.json": lambda: to_bytes(submission("long essay", _text("word " * 100_000))),
    "code-and-answers.ipynb": lambda: to_bytes(notebook(submission("code", half_right()))),
    "mixed.zip": lambda: zipped(
        {
            "good.json": to_bytes(submission("in a zip", half_right())),
            "../../x": b"x",
            "../up.json": b"{}",
            "/etc/absolute.json": b"{}",
            "C:\\drive.json": b"{}",
            "a\\..\\back.json": b"{}",
            "link.json->": b"/etc/passwd",
            "CON\nwith\nlines.json": b"{}",
            "__MACOSX/._good.json": b"litter",
            "inner.zip": zipped({"inner.json": to_bytes(submission("in two zips", {}))}),
        }
    ),
}
"""Files that hold a submission which is graded, whatever else is wrong with them."""


CLAIMS = {
    "lovelaceada_340_208490_submission.json": ("Ada", half_right()),
    "malloryeve_341_208491_submission.json": ("Ada", {}),
    "malloryeve_341_208492_lovelaceada_340_208490_submission.json": ("Ada", {}),
}
"""A Canvas download in which somebody calls themself, and their file, by another learner's name."""


def claims(folder: Path) -> None:
    """Write submissions of one learner, the later ones, that claim to be another's."""
    folder.mkdir(parents=True, exist_ok=True)
    for hour, (name, (alias, responses)) in enumerate(CLAIMS.items(), start=10):
        data = submission(alias, responses, handed_in=f"2026-11-22T{hour}:00:00Z")
        (folder / name).write_bytes(to_bytes(data))


def many_answers() -> Data:
    """Return a submission with a million answers, 16 MB of text."""
    return {**submission("a million", half_right()), "answers": {f"X{number}": 1 for number in range(1_000_000)}}


LARGE: dict[str, Callable[[], bytes]] = {
    "million.json": lambda: json.dumps(many_answers()).encode(),
    "million.ipynb": lambda: json.dumps(notebook(many_answers())).encode(),
    "long-string.ipynb": lambda: json.dumps(notebook(submission("x" * 20_000_000, {}))).encode(),
    "quotes.ipynb": lambda: b'"' * 20_000_000,
    "backslashes.ipynb": lambda: b'"' + b"\\\\" * 10_000_000 + b'"',
    "digits.json": lambda: b'{"schema": ' + b"9" * 4_000_000 + b"}",
    "bombs.zip": lambda: zipped({f"{number}.json": b" " * 4_900_000 for number in range(40)}),
}
"""Files that would cost much time or memory if they were read without care; made where they are needed."""


def large(folder: Path) -> None:
    """Write the costly files, and 200 MB of spaces."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in LARGE.items():
        (folder / name).write_bytes(make())
    write_big(folder / "spaces.json")


def hostile(folder: Path) -> None:
    """Write the hostile corpus, with names and links that only some systems can hold where they can."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in {**NOT_GRADED, **GRADED}.items():
        (folder / name).write_bytes(make())
    if os.name == "posix":
        (folder / "two\nlines.json").write_bytes(to_bytes(submission("in a file of two lines", {})))
        (folder / "CON.json").write_bytes(to_bytes(submission("in a device", {})))
        (folder / os.fsdecode(b"half-\xff.json")).write_bytes(to_bytes(submission("in a broken name", {})))
        (folder / "link.json").symlink_to("/etc/passwd")
        (folder / "round").symlink_to(folder, target_is_directory=True)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    honest(target / "honest")
    hostile(target / "hostile")
    claims(target / "claims")
    large(target / "large")
    holds_when(target / "holds-when")
