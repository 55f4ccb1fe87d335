"""Names for a new course: its folder, its id, and the slug of its first lesson, made from words in any script."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from copydesk.text import t

FIRST_NUMBER = "01"
MOST_SLUG_CHARACTERS, MOST_SLUG_WORDS = 30, 4
MOST_ID_CHARACTERS = 40
NUMBERED_SLUG = re.compile(r"[0-9]{2}-[a-z0-9]+(?:-[a-z0-9]+)*")
NOT_IN_WINDOWS = re.compile(r'[<>:"|?*\\/\x00-\x1f]')
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
"""Names that no file can have on Windows, whatever its ending."""

LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": "", "'": ""}  # noqa: RUF001
)
"""Latin letters that are no letter with an accent."""


MARKUP = re.compile(r"[<>\[\]{}*_`|\\#]+")
"""Characters that mean something in Markdown or HTML."""


class NameRefusedError(ValueError):
    """A name cannot be used; the message says why, and which could."""


def plain_words(text: str) -> list[str]:
    """Return the words of a text in small letters a to z and digits; none if too much would be lost.

    Latin letters lose their accents. Words in another script have no such form.
    """
    folded = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    letters = [character for character in folded if character.isalnum()]
    plain = re.findall(r"[a-z0-9]+", "".join(mark for mark in folded if not unicodedata.combining(mark)))
    return plain if len("".join(plain)) == len(letters) else []


def plain_title(title: str) -> str:
    """Return a title without characters that mean something in Markdown or HTML: it becomes headings and links."""
    return " ".join(MARKUP.sub(" ", title).split())


def folder_title(folder: str) -> str:
    """Return the title of a course that has no other: the name of its folder, as words."""
    title = plain_title(folder) if " " in folder else plain_title(folder.replace("-", " ").replace("_", " "))
    return title[:1].upper() + title[1:] or folder


def course_id(folder: str) -> str:
    """Return the id of a course that is in a folder of some name; always the same for the same name."""
    words = plain_words(folder)
    if words:
        return "-".join(words)[:MOST_ID_CHARACTERS].rstrip("-")
    digest = hashlib.sha256(unicodedata.normalize("NFC", folder).encode()).hexdigest()
    return f"course-{digest[:8]}"


def lesson_slug(title: str) -> str:
    """Return the slug of a first lesson with some title."""
    chosen = ""
    for word in plain_words(title)[:MOST_SLUG_WORDS]:
        longer = f"{chosen}-{word}" if chosen else word[:MOST_SLUG_CHARACTERS]
        if len(longer) > MOST_SLUG_CHARACTERS:
            break
        chosen = longer
    return f"{FIRST_NUMBER}-{chosen or 'lesson'}"


def chosen_slug(name: str, *, number: str = FIRST_NUMBER) -> str:
    """Return the slug for a lesson's name that someone typed, such as ``ferry`` or, to choose the number, ``01-ferry``.

    Raises:
        NameRefusedError: no slug can be made of it.
    """
    typed, _, rest = name.strip().partition("-")
    if re.fullmatch("[0-9]{2}", typed):
        number = typed
    else:
        rest = name
    slug = f"{number}-{'-'.join(plain_words(rest))}"
    if not NUMBERED_SLUG.fullmatch(slug) or len(slug) > MOST_SLUG_CHARACTERS + len("01-"):
        raise NameRefusedError(t("scaffold.lesson_name", name=name, most=MOST_SLUG_CHARACTERS))
    return slug


def require_folder_name(name: str) -> None:
    """Refuse a name that no folder can have on Windows: a course is shared with others.

    Raises:
        NameRefusedError: it has a character that Windows does not allow, a reserved name, or a space or dot at its end.
    """
    match = NOT_IN_WINDOWS.search(name)
    if match:
        raise NameRefusedError(t("scaffold.folder_character", name=name, character=match[0]))
    if RESERVED.fullmatch(name) or name != name.rstrip(" ."):
        raise NameRefusedError(t("scaffold.folder_reserved", name=name))
