"""What a learner mends can be put back where it was taken from."""

from __future__ import annotations

from copydesk.checks.keys import reference_faults
from copydesk.course.course import Course
from copydesk.course.settings import find_root

COURSE = Course(find_root())
PIECE = COURSE.quizzes["taster"]["P5"]


def test_a_mended_piece_has_whole_words_with_their_punctuation() -> None:
    """A piece that stops before a comma has no place in the corrected copy: its last word isn't the article's."""
    assert list(reference_faults(PIECE, COURSE.seeds)) == []
    (passage,) = PIECE.task.passages  # type: ignore[union-attr]
    for text, start in ((passage.text.removesuffix(","), passage.start), (passage.text[1:], passage.start + 1)):
        cut = passage.model_copy(update={"text": text, "start": start})
        entry = PIECE.model_copy(update={"task": PIECE.task.model_copy(update={"passages": (cut,)})})
        ((fault, _),) = reference_faults(entry, COURSE.seeds)
        assert "within a word" in fault
