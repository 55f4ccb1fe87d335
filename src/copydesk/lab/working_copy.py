"""Makes the learner's working copy of the course, and knows which of its notebooks are still as they were copied."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from copydesk.course.glossary import GLOSSARY, plain_glossary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COPIED = ("lessons", "exercises")
MANIFEST = ".copydesk-copies.json"


def copy_course(root: Path, work: Path) -> list[str]:
    """Copy notebooks and glossary into a working folder; return the files kept because they were changed there.

    A file that was changed in the working folder is never overwritten.
    """
    work.mkdir(parents=True, exist_ok=True)
    fingerprints = copied_fingerprints(work)
    changed = []
    for name, content in _course_files(root):
        target = work / name
        if target.exists() and fingerprint(target.read_bytes()) != fingerprints.get(name):
            if fingerprints.get(name) != fingerprint(content):
                changed.append(name)
            continue
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)
        fingerprints[name] = fingerprint(content)
    manifest = json.dumps(fingerprints, indent=2, sort_keys=True) + "\n"
    (work / MANIFEST).write_text(manifest, encoding="utf-8", newline="\n")
    return changed


def copied_fingerprints(work: Path) -> dict[str, str]:
    """Return the files that were copied into a working folder, each with its fingerprint at that time."""
    manifest = work / MANIFEST
    if not manifest.is_file():
        return {}
    fingerprints: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))
    return fingerprints


def copied_notebooks(work: Path) -> list[str]:
    """Return the notebooks of a working folder that were copied into it and are still there."""
    names = copied_fingerprints(work)
    return [name for name in names if name.endswith(".ipynb") and (work / name).is_file()]


def unchanged_notebooks(work: Path) -> list[str]:
    """Return the notebooks of a working folder that are byte for byte as they were copied into it."""
    fingerprints = copied_fingerprints(work)
    names = copied_notebooks(work)
    return [name for name in names if fingerprint((work / name).read_bytes()) == fingerprints[name]]


def _course_files(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of each file that a learner works with."""
    for folder in COPIED:
        for source in sorted((root / folder).glob("*.ipynb")):
            yield f"{folder}/{source.name}", fixed_notebook(source.read_bytes())
    if (root / GLOSSARY).is_file():
        yield GLOSSARY.as_posix(), plain_glossary((root / GLOSSARY).read_text(encoding="utf-8")).encode()


def fixed_notebook(notebook: bytes) -> bytes:
    """Return a notebook in which a stray key deletes no cell and changes no text of the course.

    Code cells that the learner is to fill in stay open, and cells that the learner adds are free. It is done here and
    not in the course itself, so that anyone who maintains a lesson can edit it in JupyterLab.
    """
    content = json.loads(notebook)
    for cell in content["cells"]:
        cell["metadata"]["deletable"] = False
        if cell["cell_type"] == "markdown":
            cell["metadata"]["editable"] = False
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of a text, whatever its line endings."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()
