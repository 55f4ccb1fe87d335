"""The article and the findings of its close reading, one class for each kind of entry in ``seeds/``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from copydesk.model.base import Frozen, Identifier, Offset, Text


class QuotedEntry(Frozen):
    """Words of the article: ``quote`` is at ``start`` to ``end`` (code points, end exclusive)."""

    id: Identifier
    quote: str
    sentence: Identifier
    start: Offset
    end: Offset


class Sentence(Frozen):
    """A sentence of a text: its title, the report itself, or boilerplate of the page around it."""

    id: Identifier
    start: Offset
    end: Offset
    text: Text
    paragraph: int
    kind: Literal["title", "body", "boilerplate"]


class Attribution(QuotedEntry):
    """Someone says something: source (who), cue (the attribution verb or phrase) and content (what)."""

    cue: Text
    cue_start: Offset
    cue_end: Offset
    source: Text
    named: bool
    source_type: Text
    mode: Text
    content: Text
    note: str


class SentenceAttribution(Frozen):
    """Whether a body sentence names who says so."""

    id: Identifier
    attributed: bool
    note: str


class AttributionCounts(Frozen):
    """Totals that the lessons state; a check recounts them."""

    body_sentences: int
    sentences_with_attribution: int
    sentences_without_attribution: int
    sentences_without: tuple[Identifier, ...]
    title_attributed: bool
    attributions: int
    direct_quotations: int
    named_individual_speakers: int
    by_source_type: dict[str, int]


class AbsentVoice(Frozen):
    """Someone who could have been heard in the article and is not."""

    id: Identifier
    voice: Text
    note: Text
    sources: tuple[Identifier, ...]


class AgencyFact(Frozen):
    """A fact about the news agency that the article rests on."""

    id: Identifier
    fact: Text
    sources: tuple[Identifier, ...]
    read: Text


class Attributions(Frozen):
    """The layer *who says so*."""

    attributions: tuple[Attribution, ...] = ()
    per_sentence: tuple[SentenceAttribution, ...] = ()
    counts: AttributionCounts | None = None
    absent_voices: tuple[AbsentVoice, ...] = ()
    agency: tuple[AgencyFact, ...] = ()


class Trace(QuotedEntry):
    """A mark that handling left in the text."""

    kind: Text
    what: Text
    tells_reader: Text
    other_copy_wording: str
    other_copy_source: Identifier | None
    basis: Text


class Absence(Frozen):
    """Something that a news page usually has and this one does not."""

    id: Identifier
    what: Text
    tells_reader: Text


class CopyComparison(Frozen):
    """Our copy compared with a clean one: words in order, and shares of common word sequences."""

    id: Identifier
    scope: Text
    ours_words: int
    other_words: int
    words_matched_in_order: int
    difflib_ratio: float
    jaccard_word_3grams: float
    jaccard_word_5grams: float
    other: Identifier


class Traces(Frozen):
    """The layer *what handling did*."""

    artefacts: tuple[Trace, ...] = ()
    absences: tuple[Absence, ...] = ()
    comparison: CopyComparison | None = None


class Wording(QuotedEntry):
    """A word that carries a frame, with a plainer alternative."""

    frame: Text
    effect: Text
    neutral_alternative: Text
    note: str


class Headline(Frozen):
    """A headline on the same event."""

    id: Identifier
    outlet: Text
    headline: Text
    language: Text
    source: Identifier
    status: Text


class FrameOfParagraph(Frozen):
    """One coder's frame labels for a paragraph."""

    id: Identifier
    paragraph: int
    primary: Text
    secondary: tuple[Text, ...]
    rationale: Text


class Wordings(Frozen):
    """The layer *how it is put*: wordings, headlines, and frames by paragraph."""

    words: tuple[Wording, ...] = ()
    headlines: tuple[Headline, ...] = ()
    headlines_not_read: tuple[Text, ...] = ()
    mfc_by_paragraph: tuple[FrameOfParagraph, ...] = ()
    mfc_labels: tuple[Text, ...] = ()
    mfc_note: str = ""
    mfc_sources: tuple[Identifier, ...] = ()


class Claim(QuotedEntry):
    """A statement of the article, with the question that was checked and the verdict as of the day of all verdicts."""

    type: Text
    asserted_by: Text
    checked: Text
    verdict: Text
    evidence: Text
    missing_context: str
    sources: tuple[Identifier, ...]
    confidence: Text
    core: bool


class Event(Frozen):
    """A dated event; ``date`` may be a range ``from/to``."""

    id: Identifier
    date: Text
    precision: Text
    event: Text
    sources: tuple[Identifier, ...]
    sentences: tuple[Identifier, ...]
    note: str


class Source(Frozen):
    """Where something was read. ``read`` says whether it was an excerpt, ``via`` which copy stood in, if any.

    ``url`` is the publisher's own page, or empty.
    """

    key: Identifier
    publisher: Text
    title: Text
    date: Text
    url: str = ""
    read: Text
    via: str | None = None
    note: str | None = None


class Quotation(Frozen):
    """A short piece of wording from another report, as read in a copy."""

    id: Identifier
    speaker_or_outlet: Text
    read: Text
    via: Text
    wording: Text
    use: tuple[Text, ...]
    reference: Identifier | None = None
    source: Identifier | None = None


class Reference(Frozen):
    """A study, book, site or group of pages that the course draws on, by number.

    ``read`` says which part of it was read, ``unconfirmed`` which field could not be confirmed and is left out,
    ``finding`` what result was read there.
    """

    id: Identifier
    kind: Literal["study", "book", "site", "pages"]
    authors: str = ""
    year: str = ""
    title: Text
    published: str = ""
    doi: str = ""
    url: str = ""
    read: Text
    unconfirmed: str = ""
    finding: str = ""


class Card(Frozen):
    """An evidence card: a short quotation or finding with its source, its date, and how it was read.

    ``title`` is publisher and date alone, separated by the last comma: a card never says what follows from it.
    ``quote`` is exact wording of at most 40 words and may be empty if only a finding is given. ``role``
    says what the card is: evidence, a copy that only repeats, a report that is wrong, or an invention.
    ``publisher`` names the publishers of its sources, as shown to readers, filled in when the cards are read.
    ``pins`` are the ids of the seeds, besides its sources, that it is based on; they are for authors only.
    """

    id: Identifier
    role: Literal["evidence", "repeats", "wrong", "other"] = "evidence"
    title: Text
    quote: str
    says: Text
    sources: tuple[Identifier, ...]
    publisher: str = ""
    date: Text
    read: Text
    pins: tuple[Text, ...] = Field(default=(), exclude=True)

    @property
    def publisher_and_date(self) -> tuple[str, str]:
        """The two parts of the title; without a comma, there is no date."""
        publisher, _, date = self.title.rpartition(", ")
        return (publisher, date) if publisher else (self.title, "")


class Frame(Frozen):
    """One wording of the visit: how far the writer commits to it, and which frame it carries.

    ``writer_commits`` runs from 0, someone else's words, to 3, said outright. Rows with the same ``copy_of``, a
    source key or another row's id, share one origin, together with that row. ``source`` is a source key,
    ``reference`` a reference number; a row has at least one of them.
    """

    id: Identifier
    outlet: Text
    date: Text
    wording: Text
    writer_commits: Annotated[int, Field(ge=0, le=3)]
    hedge: str = ""
    who_defies: str = ""
    frame_primary: Text
    frame_others: str = ""
    copy_of: str = ""
    url: str = ""
    source: Identifier | None = None
    reference: Identifier | None = None
    read: Text


class Estimate(Frozen):
    """One count behind a phrase of the article: who counted, when, and by which definition.

    ``bound`` says how the value is meant: as given, as approximate, or as a lower bound. ``source`` and ``reference``
    are as in ``Frame``.
    """

    id: Identifier
    measure: Text
    value: int
    unit: Text
    bound: Literal["as given", "about", "more than"]
    who: Text
    as_of: Text
    defined_as: Text
    caveat: str = ""
    source: Identifier | None = None
    reference: Identifier | None = None


class PlantedFeature(Frozen):
    """Something hidden in a transfer text for learners to find; only instructors are told."""

    what: Text
    where: tuple[Identifier, ...]
    note: Text


class TransferText(Frozen):
    """An invented report on which learners use their new skills; the text is in ``file``, below ``seeds/``.

    Offsets of its sentences count the code points of that file.
    """

    id: Identifier
    file: Text
    title: Text
    outlet: Text
    date: Text
    note: Text
    licence: Text
    sentences: tuple[Sentence, ...]
    planted: tuple[PlantedFeature, ...]
