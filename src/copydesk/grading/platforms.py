"""Knows how Canvas and Moodle name the files of a bulk download, and how they want feedback files named."""

from __future__ import annotations

import re
from dataclasses import dataclass

CANVAS = re.compile(r"(?P<name>\w+?)_(?:(?P<late>LATE)_)?(?P<user>[0-9]+)_(?P<upload>[0-9]{3,})_(?P<own>.+)", re.DOTALL)
"""``lovelaceada_LATE_340_208490_work.json``: sortable name, number of the learner, number of the upload, own name."""

CANVAS_ANONYMOUS = re.compile(
    r"(?:(?P<late>LATE)_)?(?P<user>anon_[A-Za-z0-9]+)_(?P<upload>[0-9]{3,})_(?P<own>.+)", re.DOTALL
)
MOODLE = re.compile(r"(?P<name>[^_]+)_(?P<user>[0-9]+)_assignsubmission_file(?:_(?P<own>.*))?", re.DOTALL)
"""``Ada Lovelace_340_assignsubmission_file``, a folder, or the beginning of a file name in a flat download."""
UNFIT = re.compile('[\x00-\x1f\\\\:*?"<>|\ud800-\udfff]')
"""What no file name can hold on some system."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a learning platform says handed a file in: nobody else's word, and not the learner's.

    ``name`` is as the platform writes it (Canvas: last name first, in small letters, without spaces); ``part`` is
    what the platform knows the hand-in by when feedback comes back.
    """

    platform: str
    id: str
    name: str
    part: str
    is_late: bool = False

    def feedback_name(self, page: str) -> str:
        """Return the name of a page in a zip file that the platform takes back."""
        part = UNFIT.sub("_", self.part)
        return f"{part}/{page}" if self.platform == "moodle" else f"{part}_{page}"


def sender(file: str) -> Sender | None:
    """Return who handed in a file by its name, or by that of the outermost folder or zip file that says so."""
    for part in file.split("/"):
        if found := MOODLE.fullmatch(part):
            known = f"{found['name']}_{found['user']}_assignsubmission_file"
            return Sender("moodle", found["user"], found["name"], known)
        if found := CANVAS_ANONYMOUS.fullmatch(part) or CANVAS.fullmatch(part):
            groups = found.groupdict()
            known = part[: found.end("upload")]
            return Sender("canvas", found["user"], groups.get("name") or "", known, is_late=bool(found["late"]))
    return None
