"""The learner's working copy of the course: what is copied into it, and what in it is still as it was copied."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from copydesk.course.glossary import GLOSSARY, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COPIED = ("lessons", "exercises")
MANIFEST = ".copydesk-copies.json"


def copy_course(root: Path, work: Path) -> list[str]:
    """Copy notebooks and glossary into a working folder; return those kept because they were changed there.

    A file that was changed in the working folder is never overwritten.
    """
    work.mkdir(parents=True, exist_ok=True)
    copied = copies(work)
    kept = []
    for name, content in _course_files(root):
        target = work / name
        if target.exists() and fingerprint(target.read_bytes()) != copied.get(name):
            if copied.get(name) != fingerprint(content):
                kept.append(name)
            continue
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)
        copied[name] = fingerprint(content)
    (work / MANIFEST).write_text(json.dumps(copied, indent=2, sort_keys=True) + "\n", encoding="utf-8", newline="\n")
    return kept


def copies(work: Path) -> dict[str, str]:
    """Return the files that were copied into a working folder, each with its fingerprint at that time."""
    manifest = work / MANIFEST
    copied: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8")) if manifest.is_file() else {}
    return copied


def notebooks(work: Path) -> list[str]:
    """Return the notebooks of a working folder that were copied into it and are still there."""
    return [name for name in copies(work) if name.endswith(".ipynb") and (work / name).is_file()]


def untouched(work: Path) -> list[str]:
    """Return the notebooks of a working folder that are byte by byte what was copied into it."""
    copied = copies(work)
    return [name for name in notebooks(work) if fingerprint((work / name).read_bytes()) == copied[name]]


def _course_files(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of what a learner works with."""
    for folder in COPIED:
        for source in sorted((root / folder).glob("*.ipynb")):
            yield f"{folder}/{source.name}", held(source.read_bytes())
    if (root / GLOSSARY).is_file():
        yield GLOSSARY.as_posix(), plain((root / GLOSSARY).read_text(encoding="utf-8")).encode()


def held(notebook: bytes) -> bytes:
    """Return a notebook in which a stray key deletes no cell and changes no text of the course.

    Code cells that the learner is to fill in stay open, and cells that the learner adds are free. It is done here and
    not in the course itself, so that whoever maintains a lesson can edit it in JupyterLab.
    """
    content = json.loads(notebook)
    for cell in content["cells"]:
        cell["metadata"]["deletable"] = False
        if cell["cell_type"] == "markdown":
            cell["metadata"]["editable"] = False
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of a text, whichever line ends it has."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()
