"""Grading: hand-ins in; gradebook, feedback pages and a table of problems out. Nothing handed in is ever run."""

from copydesk.grading.output import OutputError
from copydesk.grading.problems import HandInProblem
from copydesk.grading.run import GradingReport, grade

__all__ = ["GradingReport", "HandInProblem", "OutputError", "grade"]
