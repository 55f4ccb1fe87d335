"""How a text is cut into sentences, in several languages."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from copydesk.course.article import Sentence
from copydesk.course.documents import Loader, offset_faults
from copydesk.scaffold import web_page
from copydesk.scaffold.intake import SourceText, clean
from copydesk.scaffold.sentences import article_and_sentences, sentence_spans
from copydesk.scaffold.yaml_text import entries_text

CASES = {
    "en": [
        "“We are late.”",
        "He shrugged.",
        "It is 3.5 metres high.",
        "Mr. Smith, of the U.S. office, left at 5 p.m. on Monday.",
        "“Why?” she asked.",
        '"Stop!" said the captain.',
        "🚢 The boat left.",
    ],
    "de": [
        "„Wir warten noch.“",
        "Er ging.",
        "„Warum?“, fragte er.",
        "Dr. Weber kam am 3. Oktober, z. B. mit dem Zug.",
        "Die Fähre, d. h. das Schiff, fuhr um 8.30 Uhr ab.",
        "»Halt!«",
        "Es waren 2,5 km.",
    ],
    "uk": [
        "«Ми чекаємо», — сказав капітан.",
        "Це було о 8.30 ранку.",
        "На вул. Шевченка, м. Київ, у 2023 р. було тихо.",
        "«Чому?» — запитав він.",
        "Було 3,5 км.",
    ],
    "es": [
        "¿Por qué no vino?",
        "¡No lo sé!",
        "El Sr. García llegó a las 8.30.",
        "«¿Por qué?», preguntó la Sra. López.",
        "EE. UU. no respondió.",
    ],
    "fr": ["Le bateau est arrivé.", "« Pourquoi ? » demande-t-il.", "Il était 8 h 30."],
    "ar": ["وصلت السفينة متأخرة.", "لماذا؟", "لا أحد يعرف."],
    "xx": ["One is here.", "Two is there."],
}


@pytest.mark.parametrize("language", CASES)
def test_sentences_are_those_that_a_reader_sees(language: str) -> None:
    """Quotations, abbreviations, decimals, ordinals and upside-down marks are cut as a reader would cut them."""
    sentences = CASES[language]
    paragraph = " ".join(sentences)
    assert [paragraph[start:end] for start, end in sentence_spans(paragraph, language)] == sentences


def test_languages_without_spaces_keep_their_text() -> None:
    """Sentences that follow each other without a space are cut, and no space is put between them."""
    article, sentences = article_and_sentences(SourceText("标题", ("船晚了。为什么？没有人知道。",)), "zh")
    assert article == "标题\n\n船晚了。为什么？没有人知道。\n"
    assert [sentence["text"] for sentence in sentences[1:]] == ["船晚了。", "为什么？", "没有人知道。"]


def test_sentences_have_ids_kinds_and_places() -> None:
    """The title is S00 of paragraph 0, the others follow; lines that an author cut are sentences as they are."""
    source = SourceText("Ferry 🚢 late", ("It was late. No one knew.", "Mr. X\ncame. He left"))
    article, sentences = article_and_sentences(source, "en")
    rows = [(one["id"], one["paragraph"], one["kind"], one["text"]) for one in sentences]
    assert rows == [
        ("S00", 0, "title", "Ferry 🚢 late"),
        ("S01", 1, "body", "It was late."),
        ("S02", 1, "body", "No one knew."),
        ("S03", 2, "body", "Mr. X"),
        ("S04", 2, "body", "came. He left"),
    ]
    for one in sentences:
        assert article[one["start"] : one["end"]] == one["text"]


def test_a_text_without_a_title_begins_with_s01() -> None:
    """Where there is no title, there is no S00."""
    _, sentences = article_and_sentences(SourceText("", ("It was late.",)), "en")
    assert [one["id"] for one in sentences] == ["S01"]


@given(st.lists(st.text(min_size=1, max_size=80).map(lambda text: " ".join(text.split())), max_size=4))
def test_offsets_always_verify(paragraphs: list[str]) -> None:
    """Whatever is in a text, each sentence is at its offsets, and no letter lies between two sentences."""
    cleaned = [" ".join(clean(paragraph).split()) for paragraph in paragraphs]
    article, sentences = article_and_sentences(SourceText("Title", tuple(filter(None, cleaned))), "en")
    end = 0
    for one in sentences:
        assert list(offset_faults(article, "sentence", one["text"], (one["start"], one["end"]))) == []
        assert not article[end : one["start"]].strip()
        end = one["end"]
    assert not article[end:].strip()
    entries = yaml.load(entries_text(sentences), Loader=Loader)  # noqa: S506  (the loader of the course, which is safe)
    assert [Sentence.model_validate(entry).model_dump() for entry in entries] == sentences


def test_a_missing_library_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the tools for authors, a command says which one is missing and how to install them."""
    monkeypatch.setattr(web_page, "find_spec", lambda _name: None)
    with pytest.raises(web_page.MissingLibraryError, match=r'sentencex.*pip install "copydesk\[author\]"'):
        sentence_spans("It was late.", "en")
