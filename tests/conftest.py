"""Leaves out, on Windows, the tests of what only other systems have."""

from __future__ import annotations

import os

NEEDS_POSIX = ["unit/test_grading_full_disk.py", "unit/test_grading_killed.py"]
"""They limit the size of a file for one process, or fork one to kill it."""

collect_ignore = NEEDS_POSIX if os.name == "nt" else []
