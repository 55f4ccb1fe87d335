"""Leaves out, on Windows, the tests of what only other systems have; gives drawn examples the time that they take."""

from __future__ import annotations

import os

from hypothesis import settings

NEEDS_POSIX = ["unit/test_grading_full_disk.py", "unit/test_grading_killed.py", "unit/test_lab_ends.py"]
"""They limit the size of a file for one process, fork one to kill it, or ask one to end."""

collect_ignore = NEEDS_POSIX if os.name == "nt" else []

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")
