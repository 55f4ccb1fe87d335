"""What Playwright's ``expect`` waits for, on WebDriver: as far as the steps of these tests use it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from browsing import expect
from page import Locator, Page, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

HAS_FOCUS = "(element) => element === element.getRootNode().activeElement"
Text = str | re.Pattern[str]


def is_in(wanted: Text, text: str) -> bool:
    """Return whether a text has another in it, or fits a pattern."""
    return wanted.search(text) is not None if isinstance(wanted, re.Pattern) else " ".join(wanted.split()) in text


def is_whole(wanted: Text, text: str) -> bool:
    """Return whether a text is another, or fits a pattern."""
    return wanted.search(text) is not None if isinstance(wanted, re.Pattern) else " ".join(wanted.split()) == text


@expect.register(Locator)
@expect.register(Page)
@dataclass(frozen=True)
class Expectation:
    """What is expected of elements, or of a page: each method waits for it, and fails if it never comes."""

    found: Locator | Page

    def _wait(self, is_so: Callable[[], object], wanted: object) -> None:
        """Wait until something is so."""
        wait_until(is_so, lambda: f"Expected {wanted!r} of {self.found.steps}, which has {self._texts()!r}")

    def _texts(self) -> list[str]:
        """Return the texts of the elements that there are now."""
        if isinstance(self.found, Page):
            return [self.found.title()]
        texts = self.found.evaluate_all("(elements) => elements.map((element) => element.textContent)")
        return [" ".join(text.split()) for text in texts]

    def to_be_attached(self) -> None:
        """Wait until there is one."""
        self._wait(self.found.count, "an element")

    def to_be_visible(self) -> None:
        """Wait until one is shown."""
        self._wait(self.found.is_visible, "a visible element")

    def to_be_hidden(self) -> None:
        """Wait until none is shown."""
        self._wait(lambda: not self.found.is_visible(), "no visible element")

    def to_have_count(self, count: int) -> None:
        """Wait until there are so many."""
        self._wait(lambda: self.found.count() == count, count)

    def to_be_focused(self) -> None:
        """Wait until it has the focus."""
        self._wait(lambda: self.found.evaluate(HAS_FOCUS), "the focus")

    def to_be_checked(self) -> None:
        """Wait until it is chosen."""
        self._wait(self.found.is_checked, "checked")

    def not_to_be_checked(self) -> None:
        """Wait until it is not chosen."""
        self._wait(lambda: not self.found.is_checked(), "not checked")

    def to_have_value(self, value: str) -> None:
        """Wait until a field holds a text."""
        self._wait(lambda: self.found.input_value() == value, value)

    def to_have_attribute(self, name: str, value: str) -> None:
        """Wait until an attribute has a value."""
        self._wait(lambda: self.found.get_attribute(name) == value, f"{name}={value}")

    def to_have_title(self, title: Text) -> None:
        """Wait until the page has a title."""
        self._wait(lambda: is_whole(title, self._texts()[0]), title)

    def to_have_text(self, wanted: Text | list[Text]) -> None:
        """Wait until the element has a text and nothing else, or the elements the texts of a list."""
        self._compare(wanted, is_whole)

    def to_contain_text(self, wanted: Text | list[Text]) -> None:
        """Wait until the element has a text in it, or the elements the texts of a list."""
        self._compare(wanted, is_in)

    def not_to_be_empty(self) -> None:
        """Wait until there is some text."""
        self._wait(lambda: any(self._texts()), "some text")

    def _compare(self, wanted: Text | list[Text], is_like: Callable[[Any, str], bool]) -> None:
        """Wait until each text is like the one that is wanted in its place."""
        every = wanted if isinstance(wanted, list) else [wanted]

        def is_so() -> bool:
            texts = self._texts()
            return len(texts) == len(every) and all(map(is_like, every, texts))

        self._wait(is_so, wanted)
