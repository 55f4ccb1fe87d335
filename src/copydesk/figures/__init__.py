"""Tables and models as matplotlib figures; every figure is shown together with its alternative text."""

from copydesk.figures.agreement import agreement, describe_agreement
from copydesk.figures.bars import bars
from copydesk.figures.class_figures import (
    class_discernment,
    class_items,
    class_points,
    class_strips,
    describe_class_discernment,
    describe_class_items,
    describe_class_points,
    describe_class_strips,
    strips_of,
    summary_of,
)
from copydesk.figures.commitment import commitment, describe_commitment
from copydesk.figures.estimates import describe_estimates, estimates
from copydesk.figures.explore import explore
from copydesk.figures.galley import found_page, galley_marks
from copydesk.figures.guess import Guess
from copydesk.figures.hours import describe_hours_since, hours_since
from copydesk.figures.origins import describe_merging, merging
from copydesk.figures.overlap import describe_overlap, overlap
from copydesk.figures.panel import describe_panel, panel
from copydesk.figures.picture import Picture, show
from copydesk.figures.reliability import describe_reliability, reliability
from copydesk.figures.sentences import describe_sentence_sources, longest_bare_run, sentence_sources
from copydesk.figures.shapes import BLUE, GREY, INK, STYLE
from copydesk.figures.ten_dots import describe_tens, tens
from copydesk.figures.town_plan import town_plan
from copydesk.figures.town_view import town_view

__all__ = [
    "BLUE",
    "GREY",
    "INK",
    "STYLE",
    "Guess",
    "Picture",
    "agreement",
    "bars",
    "class_discernment",
    "class_items",
    "class_points",
    "class_strips",
    "commitment",
    "describe_agreement",
    "describe_class_discernment",
    "describe_class_items",
    "describe_class_points",
    "describe_class_strips",
    "describe_commitment",
    "describe_estimates",
    "describe_hours_since",
    "describe_merging",
    "describe_overlap",
    "describe_panel",
    "describe_reliability",
    "describe_sentence_sources",
    "describe_tens",
    "estimates",
    "explore",
    "found_page",
    "galley_marks",
    "hours_since",
    "longest_bare_run",
    "merging",
    "overlap",
    "panel",
    "reliability",
    "sentence_sources",
    "show",
    "strips_of",
    "summary_of",
    "tens",
    "town_plan",
    "town_view",
]
