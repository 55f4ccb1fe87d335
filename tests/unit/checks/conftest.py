"""What several tests of the checks share."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from copydesk.course.settings import find_root

if TYPE_CHECKING:
    from pathlib import Path

ROOT = find_root()


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return the texts of the course, which a test may damage."""
    root = tmp_path / "course"
    root.mkdir()
    (root / "seeds").symlink_to(ROOT / "seeds")
    for part in ("lessons", "solutions", "book"):
        shutil.copytree(ROOT / part, root / part)
    shutil.copy(ROOT / "README.md", root)
    return root
