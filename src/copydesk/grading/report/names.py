"""What the files of the class report are called."""

from __future__ import annotations

REPORT, TABLES = "report.html", "report"
