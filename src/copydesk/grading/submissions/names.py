"""Compares names as people, platforms and spreadsheets write them: any script, any order of the words."""

from __future__ import annotations

import re
import unicodedata

QUOTES = "'\"`\u2018\u2019\u201a\u201c\u201d\u201e"
ASIDE = re.compile(r"[(\[\uff08\u3010][^()\[\]\uff08\uff09\u3010\u3011]*[)\]\uff09\u3011]")
"""What stands in brackets behind a name: pronouns, mostly, or how the name is said."""

LOST = r"(?:(?:#u[0-9a-f]{4})+|[\W_]+|[^a-z0-9]{2,12})"
"""What becomes of letters beyond English in a program that takes them for another script: never one other letter."""

DOT = re.compile("i\u0307|\u0131")
"""A small i as Turkish capitals leave it: with a dot of its own, or with none."""

ACCENT = re.compile("(?<=[\u0370-\u03ff])[\u0300\u0301\u0308\u0313\u0314\u0342]+")
"""Marks on a Greek letter, apart from it: capitals have none, or others."""

LIGATURE, AS_CAPITALS = "\u0565\u0582", "\u0565\u057e"
"""What the Armenian ligature becomes, and how its capitals are written."""

APOSTROPHES = str.maketrans(dict.fromkeys("\u02b9\u02bb\u02bc\u02be\u02bf", ""))
"""Those that count as letters."""


def is_letter(char: str) -> bool:
    """Return whether a character is a letter, a mark on one, or a digit: what every platform keeps of a name."""
    category = unicodedata.category(char)
    return category[0] in "LM" or category == "Nd"


def plain(text: str) -> str:
    """Return a text in one spelling: composed, in small letters, one space between words."""
    return " ".join(composed(text).split())


def composed(text: str) -> str:
    """Return a text in small letters, and each letter composed with its marks as far as that goes."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def folded(text: str) -> str:
    """Return a text with all gone that capitals of some language change: coarser than ``composed``.

    Capitals make one letter of the Turkish dotted and dotless i, and lose the accents of Greek. Two people may be one
    by this, so nobody is found by a name that fits two.
    """
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = DOT.sub("i", ACCENT.sub("", unicodedata.normalize("NFD", text)))
    return unicodedata.normalize("NFC", text).replace(LIGATURE, AS_CAPITALS).translate(APOSTROPHES)


def letters(text: str) -> str:
    """Return only the letters of a text, with their marks, and its digits, in no case."""
    return "".join(char for char in folded(text) if is_letter(char))


def words(text: str) -> list[str]:
    """Return the words of a text, in no case."""
    return "".join(char if is_letter(char) else " " for char in folded(text)).split()


def bare(text: str) -> str:
    """Return a text without accents, as keyboards and old programs write it."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def spellings(name: str) -> frozenset[str]:
    """Return the letters of a name in any order that a list may have: "Ada Lovelace", "Lovelace, Ada".

    What stands in brackets may be there or not.
    """
    found = set()
    for each in {name, ASIDE.sub(" ", name)}:
        parts = words(each)
        found |= {"".join(parts[at:] + parts[:at]) for at in range(len(parts))}
    return frozenset(found)


def is_garbled(written: str, name: str) -> bool:
    """Return whether a name became another only in its letters beyond English, which some program wrote as signs.

    ``name`` has letters alone. So ``müllerjörg`` may be ``m├╝llerj├╢rg``, ``m?llerj?rg`` or ``m#U00fcllerj#U00f6rg``;
    most of the letters must have come through.
    """
    forms = (name, unicodedata.normalize("NFD", name))
    return not name.isascii() and any(_is_garbled(composed(written), form) for form in forms)


def _is_garbled(written: str, name: str) -> bool:
    parts = re.split("([a-z0-9]+)", name)
    if 2 * len("".join(parts[1::2])) <= len(name):
        return False
    pattern = "".join(part if part.isascii() else LOST for part in parts)
    return re.fullmatch(pattern, written) is not None


def shares_words(one: str, other: str) -> bool:
    """Return whether two names have two words in common, as after a marriage or with a middle name."""
    return len(set(words(one)) & set(words(other))) > 1


def is_made_of(joined: str, name: str) -> bool:
    """Return whether a name without spaces is made of two or more words of another, each used once."""
    return _is_made(joined, tuple(words(name)), 0)


def _is_made(joined: str, parts: tuple[str, ...], used: int) -> bool:
    if not joined:
        return used > 1
    return any(
        joined.startswith(part) and _is_made(joined[len(part) :], (*parts[:at], *parts[at + 1 :]), used + 1)
        for at, part in enumerate(parts[:8])
    )


def as_printed(text: str) -> str:
    """Return a text that was copied from a table, without the quotation marks around it."""
    return plain(text.strip().strip(QUOTES))
