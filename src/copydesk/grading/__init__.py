"""Grading: hand-ins in; gradebook, feedback pages and a table of problems out. Nothing handed in is ever run."""

from copydesk.grading.files.problems import GradingError, HandInProblem
from copydesk.grading.results.summary import GradingReport
from copydesk.grading.run.options import Options
from copydesk.grading.run.run import grade

__all__ = ["GradingError", "GradingReport", "HandInProblem", "Options", "grade"]
