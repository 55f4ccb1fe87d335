"""Compares names as people, platforms and spreadsheets write them: any script, any order of the words."""

from __future__ import annotations

import re
import unicodedata

QUOTES = "'\"`\u2018\u2019\u201a\u201c\u201d\u201e"
BRACKETED = re.compile(r"[(\[\uff08\u3010][^()\[\]\uff08\uff09\u3010\u3011]*[)\]\uff09\u3011]")
"""What follows a name in brackets: mostly pronouns, or how the name is pronounced."""

LOST = r"(?:(?:#u[0-9a-f]{4})+|[\W_]+|[^a-z0-9]{2,12})"
"""What letters beyond English become in a program that takes them for another script: never one other letter."""

DOT = re.compile("i\u0307|\u0131")
"""A lower-case i as Turkish capitals leave it: with a dot of its own, or without."""

ACCENT = re.compile("(?<=[\u0370-\u03ff])[\u0300\u0301\u0308\u0313\u0314\u0342]+")
"""Marks separate from a Greek letter: capitals have none, or others."""

LIGATURE, AS_CAPITALS = "\u0565\u0582", "\u0565\u057e"
"""What the Armenian ligature becomes, and how it is written in capitals."""

APOSTROPHES = str.maketrans(dict.fromkeys("\u02b9\u02bb\u02bc\u02be\u02bf", ""))
"""Those that count as letters."""


def is_letter(char: str) -> bool:
    """Return whether a character is a letter, a mark on one, or a digit: what every platform keeps of a name."""
    category = unicodedata.category(char)
    return category[0] in "LM" or category == "Nd"


def normalize(text: str) -> str:
    """Return a text in one spelling: composed, in lower case, one space between words."""
    return " ".join(compose(text).split())


def compose(text: str) -> str:
    """Return a text in lower case, with each letter composed with its marks as far as possible."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def fold_case(text: str) -> str:
    """Return a text without anything that capitals change in some language: coarser than ``compose``.

    Capitals turn the Turkish dotted and dotless i into one letter, and drop the accents of Greek. Two people may be one
    by this, so no one is found by a name that fits two.
    """
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = DOT.sub("i", ACCENT.sub("", unicodedata.normalize("NFD", text)))
    return unicodedata.normalize("NFC", text).replace(LIGATURE, AS_CAPITALS).translate(APOSTROPHES)


def letters_and_digits(text: str) -> str:
    """Return only the letters of a text, with their marks, and its digits, case-folded."""
    return "".join(char for char in fold_case(text) if is_letter(char))


def split_words(text: str) -> list[str]:
    """Return the words of a text, case-folded."""
    return "".join(map(_letter_or_space, fold_case(text))).split()


def _letter_or_space(char: str) -> str:
    return char if is_letter(char) else " "


def strip_accents(text: str) -> str:
    """Return a text without accents, as keyboards and old programs write it."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def word_orders(name: str) -> frozenset[str]:
    """Return the letters of a name in any order that a list may have: "Ada Lovelace", "Lovelace, Ada".

    Anything in brackets may be there or not.
    """
    orders = set()
    for text in {name, BRACKETED.sub(" ", name)}:
        parts = split_words(text)
        for start in range(len(parts)):
            orders.add("".join(parts[start:] + parts[:start]))
    return frozenset(orders)


def is_garbled(written: str, name: str) -> bool:
    """Return whether a name was garbled only in its letters beyond English, which some program wrote as signs.

    ``name`` has only letters. So ``müllerjörg`` may be ``m├╝llerj├╢rg``, ``m?llerj?rg`` or ``m#U00fcllerj#U00f6rg``;
    most of the letters must have come through.
    """
    if name.isascii():
        return False
    text = compose(written)
    return _has_english_letters_of(text, name) or _has_english_letters_of(text, unicodedata.normalize("NFD", name))


def _has_english_letters_of(text: str, name: str) -> bool:
    """Return whether a text has all English letters of a name, most of its letters, and signs in place of others."""
    parts = re.split("([a-z0-9]+)", name)
    if 2 * len("".join(parts[1::2])) <= len(name):
        return False
    pattern = ""
    for part in parts:
        pattern += part if part.isascii() else LOST
    return re.fullmatch(pattern, text) is not None


def shares_words(one: str, other: str) -> bool:
    """Return whether two names have two words in common, as after a marriage or with a middle name."""
    return len(set(split_words(one)) & set(split_words(other))) > 1


def is_made_of(joined: str, name: str) -> bool:
    """Return whether a name without spaces is made of two or more words of another, each used once."""
    return _is_made_of_parts(joined, tuple(split_words(name)), 0)


def _is_made_of_parts(joined: str, parts: tuple[str, ...], used: int) -> bool:
    if not joined:
        return used > 1
    for at, part in enumerate(parts[:8]):
        if not joined.startswith(part):
            continue
        others = (*parts[:at], *parts[at + 1 :])
        if _is_made_of_parts(joined[len(part) :], others, used + 1):
            return True
    return False


def strip_quotes(text: str) -> str:
    """Return a text copied from a table, without the quotation marks around it."""
    return normalize(text.strip().strip(QUOTES))
