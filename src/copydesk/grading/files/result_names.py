"""The names of the files that grading and marking write: results are recognised by them, wherever they are."""

from __future__ import annotations

import re

GRADEBOOK, SUBMISSIONS, PROBLEMS = "gradebook.csv", "submissions.csv", "problems.csv"
FIRST_EDITIONS_SUBMISSIONS = "hand-ins.csv"
"""What the first edition called the list of all submissions; a later run removes it."""

FEEDBACK, FEEDBACK_ZIP = "feedback", "feedback.zip"
ROSTER_REPORT, REKEYED = "roster-report.csv", "rekeyed"
IMPORT = re.compile(r"import-(?P<platform>canvas|moodle)(?:-(?P<lesson>[a-z0-9-]+))?\.csv")
"""What the files with marks for a platform are called (``import_name``)."""

ANONYMOUS_MARKS = "canvas-anonymous.csv"
"""The marks of learners whose names Canvas hides."""

SIMILAR = "similar.csv"
"""What is alike in the work of several learners: for the instructor alone."""

REPORT, TABLES = "report.html", "report"
"""The class report, and the folder of its tables."""

SECTIONS = "report-sections"
"""The folder of the class reports of single sections."""

JOURNAL, FINISHED = ".unfinished.jsonl", ".finished.jsonl"
"""What each file came to, while a run isn't complete and once it is."""

DRAWINGS = ".drawings.jsonl"
"""The figures of the class report."""

FEEDBACK_PAGE = re.compile(r".+-[0-9]{2}-[a-z0-9-]+-[0-9a-f]{10}\.html")
"""What a learner's page is called; its name, made by ``run/tally.py``, is on no list."""

COURSE_GRADEBOOK, COURSE_IMPORT = "course-gradebook.csv", "import-moodle-course.csv"
"""The mark of the course of each learner, as a table and in Moodle's worksheet for it."""

COURSE_PAGES, COURSE_ZIP = "course-pages", "course-pages.zip"
PACKED = {FEEDBACK_ZIP: ".packed-feedback.jsonl", COURSE_ZIP: ".packed-course-pages.jsonl"}
"""What a zip file of pages was like when it was written."""

FOR_NEXT_RUN = frozenset({JOURNAL, FINISHED, DRAWINGS, *PACKED.values()})
"""The hidden files that save the next run work; they are on no list."""

COURSE_PAGE = re.compile(r".+-[0-9a-f]{10}\.html")
"""What a learner's page on all lessons is called (``run/course_files.py``); its name is on no list."""

PAGE_FOLDERS = {FEEDBACK: FEEDBACK_PAGE, COURSE_PAGES: COURSE_PAGE}
"""The folders of learners' pages, and what the pages in each are called."""

TEXTS, COMMENTS, LOCK = "texts.json", "comments.yml", ".lock"
WAIVER, SHARES, MARKS_ENDING = "waiver.json", "shares.json", ".jsonl"
"""The contents of a folder of marks; comments, the lock and the marks themselves are on no list."""

MARKING_NOTEBOOK = re.compile(r"mark-[^/]+\.ipynb")
"""What the notebook of a marker is called (``marking/notebook.py``)."""


def import_name(platform: str, lesson: str = "") -> str:
    """Return what the file with marks for a platform is called; with a lesson, for one of Moodle's worksheets."""
    return f"import-{platform}-{lesson}.csv" if lesson else f"import-{platform}.csv"
