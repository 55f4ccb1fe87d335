"""What is on paper is read from the PDF itself, so that it can be measured."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import pytest

from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.publish.build import BookError
from copydesk.publish.pdf import require_quotations
from copydesk.publish.pdf_text import PdfTextError, pdf_text

if TYPE_CHECKING:
    from pathlib import Path

COURSE = Course(find_root())
SIGNS = b"""1 begincodespacerange <0000> <FFFF> endcodespacerange
2 beginbfchar <0003> <0020> <0010> <D83DDE00> endbfchar
2 beginbfrange <0041> <005A> <0041> <0061> <007A> [%s] endbfrange"""


def stream(content: bytes, head: bytes = b"") -> bytes:
    """Return a compressed stream."""
    packed = zlib.compress(content)
    return b"<<%s/Filter /FlateDecode\n/Length %d>> stream\n%s\nendstream" % (head, len(packed), packed)


def printed(*pages: list[str], forms: str = "") -> bytes:
    """Return a PDF as Chromium writes it: glyphs in hexadecimal digits, and each block of text on its own."""
    small = b" ".join(b"<%04X>" % number for number in range(ord("a"), ord("z") + 1))
    objects = {
        1: b"<</Type /Font\n/Subtype /Type0\n/Encoding /Identity-H\n/ToUnicode 2 0 R>>",
        2: stream(SIGNS % small),
        3: stream(drawing([forms]), b"/Type /XObject\n/Subtype /Form\n/Resources <</Font <</F4 1 0 R>>>>\n"),
    }
    for number, blocks in enumerate(pages):
        objects[10 + 2 * number] = (
            b"<</Type /Page\n/Resources <</XObject <</X9 3 0 R>>\n/Font <</F4 1 0 R>>>>\n/Contents %d 0 R>>"
        ) % (11 + 2 * number)
        objects[11 + 2 * number] = stream(drawing(blocks) + (b"/X9 Do\n" if forms else b""))
    parts = [b"%d 0 obj\n%s\nendobj\n" % entry for entry in objects.items()]
    return b"%PDF-1.4\n" + b"".join(parts)


def drawing(blocks: list[str]) -> bytes:
    """Return what draws blocks of text, each in two steps."""
    lines: list[str] = []
    for block in blocks:
        half = len(block) // 2
        steps = [
            "".join("0003" if sign == " " else f"{ord(sign):04X}" for sign in part)
            for part in (block[:half], block[half:])
        ]
        lines.append(
            f"/P <</MCID 0 >>BDC\nBT\n/F4 16 Tf\n1 0 0 -1 8 38 Tm\n<{steps[0]}> Tj\n9 0 Td <{steps[1]}> Tj\nET\nEMC"
        )
    return "\n".join(lines).encode() + b"\n"


def test_text_is_read_in_the_order_in_which_it_is_drawn() -> None:
    """Steps within a block belong together, blocks have a space between, and forms are read where they are."""
    content = printed(["The paper", "quotes the radio"], ["On Sunday"], forms="A form")
    assert pdf_text(content) == "The paper quotes the radio A form On Sunday A form"


def test_a_pdf_that_cannot_be_read_is_an_error() -> None:
    """An empty text is no proof that nothing is quoted."""
    for content in (b"", b"%PDF-1.4\n", printed([""])):
        with pytest.raises(PdfTextError):
            pdf_text(content)


def letters(text: str) -> str:
    """Return a text without anything but letters, which are all that the font here has."""
    return "".join(sign if sign.isascii() and sign.isalpha() else " " for sign in text)


def test_a_pdf_with_more_than_quotations_is_refused(tmp_path: Path) -> None:
    """What touches on paper alone breaks the promise too, and the message names the file."""
    (tmp_path / "index.html").write_text("<p>Nothing of it.</p>", encoding="utf-8")
    words = letters(COURSE.seeds.article[100:400]).split()
    cut = [" ".join(words[at : at + 6]) for at in range(0, 24, 6)]
    with pytest.raises(BookError, match=r"course\.pdf has 2\d words of the article in a row"):
        require_quotations(COURSE, tmp_path, tmp_path / "course.pdf", printed(cut))
    share = require_quotations(COURSE, tmp_path, tmp_path / "course.pdf", printed([cut[0], "Words of our own", cut[2]]))
    assert (share.longest, len(share.words)) == (6, 12)
    with pytest.raises(BookError, match="can’t be measured"):
        require_quotations(COURSE, tmp_path, tmp_path / "course.pdf", b"%PDF-1.4\n")
