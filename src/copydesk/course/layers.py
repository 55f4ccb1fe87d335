"""The layers in ``seeds/``, the tables they make, and the totals counted over them."""

from __future__ import annotations

from typing import Any

from copydesk.course.article import (
    Attributions,
    Card,
    Claim,
    Estimate,
    Event,
    Frame,
    Quotation,
    Reference,
    Sentence,
    Source,
    Traces,
    TransferText,
    Wordings,
)

LAYERS: dict[str, Any] = {
    "sentences": tuple[Sentence, ...],
    "attributions": Attributions,
    "traces": Traces,
    "wordings": Wordings,
    "claims": tuple[Claim, ...],
    "timeline": tuple[Event, ...],
    "quotations": tuple[Quotation, ...],
    "cards": tuple[Card, ...],
    "sources": tuple[Source, ...],
    "references": tuple[Reference, ...],
    "frames": tuple[Frame, ...],
    "estimates": tuple[Estimate, ...],
    "transfer": tuple[TransferText, ...],
}
"""The name and type of each layer; the file is ``seeds/NAME.yml``, or ``seeds/NAME.csv`` for one in ``CSV_LAYERS``."""

NEEDED = frozenset({"sentences"})
"""The layers that every course has; any other is empty if there is no file."""

CSV_LAYERS = frozenset({"frames", "estimates"})
"""The layers that are plain tables, so that a learner can open them in a spreadsheet."""

TABLES: dict[str, tuple[str, str]] = {
    "sentences": ("sentences", ""),
    "attributions": ("attributions", "attributions"),
    "attribution_per_sentence": ("attributions", "per_sentence"),
    "absent_voices": ("attributions", "absent_voices"),
    "agency": ("attributions", "agency"),
    "traces": ("traces", "artefacts"),
    "absences": ("traces", "absences"),
    "wordings": ("wordings", "words"),
    "headlines": ("wordings", "headlines"),
    "frames_by_paragraph": ("wordings", "mfc_by_paragraph"),
    "claims": ("claims", ""),
    "timeline": ("timeline", ""),
    "quotations": ("quotations", ""),
    "cards": ("cards", ""),
    "sources": ("sources", ""),
    "references": ("references", ""),
    "frames": ("frames", ""),
    "estimates": ("estimates", ""),
}
"""The name of each table, with its layer and the part of that layer."""

COUNTS, FRAMES = "dossier-counts", "dossier-frames"
DERIVED = frozenset({COUNTS, FRAMES})
"""Pins for the totals over all seeds, one per line, and for the frame labels."""

COUNTED_FIELDS = (
    ("sentences", "kind"),
    ("attributions", "source_type"),
    ("attributions", "named"),
    ("attribution_per_sentence", "attributed"),
    ("traces", "kind"),
    ("headlines", "language"),
    ("claims", "verdict"),
    ("claims", "confidence"),
    ("claims", "core"),
    ("cards", "role"),
    ("frames", "writer_commits"),
    ("estimates", "measure"),
)
"""Fields whose values are counted for the pin ``COUNTS``, besides the rows of each table."""

UNPINNED_FIELDS = frozenset(
    {
        "id",
        "key",
        "start",
        "end",
        "cue_start",
        "cue_end",
        "paragraph",
        "sentence",
        "sentences",
        "sources",
        "reference",
        "copy_of",
        "url",
        "doi",
    }
)
"""Fields that point elsewhere: their digits are not statements that a pin could support."""
