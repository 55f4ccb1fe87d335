"""The part of Playwright's page that the steps of these tests use, on WebDriver, which every engine understands."""

from __future__ import annotations

import re
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    StaleElementReferenceException,
    WebDriverException,
)
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from selenium.webdriver.remote.webdriver import WebDriver
    from selenium.webdriver.remote.webelement import WebElement

WAIT_SECONDS = 20
"""How long something may take on a machine that does much at once."""
PAUSE_SECONDS = 0.05
FIND = Path(__file__).with_name("find.js").read_text(encoding="utf-8") + "return find([document], arguments[0]);"
EVALUATE = """const elements = [...arguments], [argument, what, done] = elements.splice(-3);
const value = ({script});
const subject = {page: [], element: elements, elements: [elements]}[what];
Promise.resolve(typeof value === "function" ? value(...subject, argument) : value).then(
  (result) => done([result ?? null]), (error) => done(String(error)));"""
"""Calls a function. WebKit doesn't recognize an element in a list, so elements are arguments of their own."""
FILL = """(field, text) => {
  field.focus();
  field.value = text;
  for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
}"""
CENTRE = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})"
KEYS = {
    **{f"Arrow{name}": getattr(Keys, f"ARROW_{name.upper()}") for name in ("Up", "Down", "Left", "Right")},
    **{name: getattr(Keys, name.upper()) for name in ("Control", "Delete", "End", "Enter", "Escape", "Home", "Shift")},
    "ControlOrMeta": Keys.CONTROL,
    "Tab": Keys.TAB,
    "Space": " ",
    "Backspace": Keys.BACKSPACE,
}
NOT_YET = (ElementClickInterceptedException, ElementNotInteractableException, StaleElementReferenceException)
UNFINISHED = {".part", ".crdownload", ".wkdownload"}


def wait_until(is_so: Callable[[], Any], what: str, seconds: float = WAIT_SECONDS) -> Any:  # noqa: ANN401  (what it gave)
    """Wait until something is so, and return what the function gave; fail with a sentence if it never is."""
    end = time.monotonic() + seconds
    while True:
        try:
            if result := is_so():
                return result
        except StaleElementReferenceException:
            pass  # drawn again while it was looked at
        if time.monotonic() > end:
            raise AssertionError(what() if callable(what) else what)
        time.sleep(PAUSE_SECONDS)


class Finder:
    """What finds elements: a page, or a locator within what it found."""

    page: Page
    steps: tuple[tuple[str, Any], ...] = ()

    def add(self, step: str, value: Any = None) -> Locator:  # noqa: ANN401  (JSON)
        """Return a locator with one step more."""
        return Locator(self.page, (*self.steps, (step, value)))

    def locator(self, selector: str, *, has_text: Any = None, has: Locator | None = None) -> Locator:  # noqa: ANN401
        """Return the elements of a selector: of CSS, with Playwright's ``:visible`` at its end, or of XPath."""
        if selector.startswith("xpath="):
            return self.add("xpath", selector.removeprefix("xpath="))
        found = self.add("css", selector.removesuffix(":visible"))
        found = found.add("visible") if selector.endswith(":visible") else found
        return found.filter(has_text=has_text, has=has)

    def get_by_role(self, role: str, *, name: Any = None, exact: bool = False, level: int = 0) -> Locator:  # noqa: ANN401
        """Return the visible elements of a role."""
        return self.add("role", {"role": role, "level": level, "name": _pattern(name, exact=exact)})

    def get_by_label(self, text: Any, *, exact: bool = False) -> Locator:  # noqa: ANN401  (a text or a pattern)
        """Return the controls that have a name."""
        return self.add("label", _pattern(text, exact=exact))

    def get_by_text(self, text: Any, *, exact: bool = False) -> Locator:  # noqa: ANN401  (a text or a pattern)
        """Return the innermost elements that have a text."""
        return self.add("text", _pattern(text, exact=exact))


def _pattern(text: Any, *, exact: bool = False) -> dict[str, Any] | None:  # noqa: ANN401
    """Return a text or a pattern in the form that the script reads."""
    if isinstance(text, re.Pattern):
        return {"pattern": text.pattern, "flags": "i" if text.flags & re.IGNORECASE else ""}
    return None if text is None else {"text": text, "exact": exact}


@dataclass(frozen=True)
class Locator(Finder):
    """Elements that are looked for anew at each use."""

    page: Page
    steps: tuple[tuple[str, Any], ...]

    @property
    def first(self) -> Locator:
        """The first of them."""
        return self.nth(0)

    @property
    def last(self) -> Locator:
        """The last of them."""
        return self.nth(-1)

    def nth(self, place: int) -> Locator:
        """Return one of them."""
        return self.add("nth", place)

    def filter(self, *, has_text: Any = None, has: Locator | None = None) -> Locator:  # noqa: ANN401
        """Return those that have a text, or something else in them."""
        found = self if has_text is None else self.add("hasText", _pattern(has_text))
        return found if has is None else found.add("has", has.steps)

    def elements(self) -> list[WebElement]:
        """Return what there is now."""
        found: list[WebElement] = self.page.driver.execute_script(FIND, self.steps)
        return found

    def element(self) -> WebElement:
        """Wait until there is one, and return it; fail if there are several."""
        found: list[WebElement] = wait_until(self.elements, f"Nothing was found: {self.steps}")
        assert len(found) == 1, f"{len(found)} were found: {self.steps}"
        return found[0]

    def count(self) -> int:
        """Return how many there are now."""
        return len(self.elements())

    def all(self) -> list[Locator]:
        """Return each of those that there are now."""
        return [self.nth(place) for place in range(self.count())]

    def evaluate(self, script: str, argument: Any = None) -> Any:  # noqa: ANN401  (JSON)
        """Call a function with the element."""
        return self.page.call(script, argument, self.element())

    def evaluate_all(self, script: str, argument: Any = None) -> Any:  # noqa: ANN401  (JSON)
        """Call a function with all elements."""
        return self.page.call(script, argument, *self.elements(), what="elements")

    def element_handle(self) -> Handle:
        """Return the element itself."""
        return Handle(self.page, self.element())

    def act(self, action: Callable[[WebElement], object]) -> None:
        """Scroll to the element and do something with it, as soon as it lets itself."""

        def is_done() -> bool:
            element = self.element()
            try:
                self.page.driver.execute_script(CENTRE, element)
                action(element)
            except NOT_YET as error:
                faults.append(str(error))
                return False
            return True

        faults: list[str] = []
        wait_until(is_done, lambda: f"{self.steps}: {faults[-1]}")

    def click(self) -> None:
        """Click it."""
        self.act(lambda element: element.click())

    def check(self) -> None:
        """Click a box or a radio button unless it is chosen."""
        if not self.is_checked():
            self.click()

    def fill(self, text: str) -> None:
        """Replace what a field holds, as somebody who pastes; ``keyboard.type`` types."""
        self.evaluate(FILL, text)

    def press(self, key: str) -> None:
        """Give it the focus and press a key."""
        self.focus()
        self.page.keyboard.press(key)

    def focus(self) -> None:
        """Give it the focus."""
        self.evaluate("(element) => element.focus()")

    def blur(self) -> None:
        """Take the focus away."""
        self.evaluate("(element) => element.blur()")

    def select_option(self, value: str | None = None, *, index: int | None = None, label: str | None = None) -> None:
        """Choose an entry of a list by its value, its place or its text."""

        def choose(element: WebElement) -> None:
            for place, option in enumerate(element.find_elements(By.TAG_NAME, "option")):
                chosen = value in {option.get_property("value"), option.text} or index == place
                if chosen or (label and label == option.text):
                    option.click()
                    return
            message = f"no entry {value or label or index}"
            raise ElementNotInteractableException(message)

        self.act(choose)

    def drag_to(self, target: Locator) -> None:
        """Press on it, move to another element, and let go."""
        end = target.element()
        self.act(
            lambda element: (
                ActionChains(self.page.driver, 100).click_and_hold(element).move_to_element(end).release().perform()
            )
        )

    def set_input_files(self, path: Path | str) -> None:
        """Choose a file."""
        self.element().send_keys(str(path))

    def get_attribute(self, name: str) -> str | None:
        """Return an attribute."""
        value: str | None = self.evaluate("(element, name) => element.getAttribute(name)", name)
        return value

    def text_content(self) -> str:
        """Return the text, hidden parts too."""
        return str(self.evaluate("(element) => element.textContent"))

    def inner_text(self) -> str:
        """Return the text as it is shown."""
        return str(self.evaluate("(element) => element.innerText"))

    def input_value(self) -> str:
        """Return what a field holds."""
        return str(self.evaluate("(element) => element.value"))

    def is_checked(self) -> bool:
        """Return whether a box is ticked."""
        return bool(self.evaluate("(element) => element.checked"))

    def is_visible(self) -> bool:
        """Return whether there is one that is shown."""
        return bool(self.add("visible").elements())

    def wait_for(self, *, state: str = "visible", timeout: float = WAIT_SECONDS * 1000) -> None:
        """Wait until there is one."""
        found = self if state == "attached" else self.add("visible")
        wait_until(found.elements, f"Nothing was found: {self.steps}", timeout / 1000)


@dataclass(frozen=True)
class Handle:
    """An element that was found once."""

    page: Page
    element: WebElement

    def evaluate(self, script: str, argument: Any = None) -> Any:  # noqa: ANN401  (JSON)
        """Call a function with it."""
        return self.page.call(script, argument, self.element)


@dataclass
class Download:
    """A file that a page gave: there once the block that waited for it is left."""

    file: Path | None = None

    @property
    def value(self) -> Download:
        """The download itself."""
        assert self.file
        return self

    @property
    def suggested_filename(self) -> str:
        """The name that the page gave it."""
        return self.path().name

    def path(self) -> Path:
        """Return where the browser put it."""
        assert self.file
        return self.file

    def save_as(self, path: Path) -> None:
        """Copy it."""
        shutil.copy(self.path(), path)


@dataclass(frozen=True)
class Keyboard:
    """Keys, pressed wherever the focus is."""

    driver: WebDriver

    def press(self, keys: str) -> None:
        """Press a key, with others held down before it: ``Shift+ArrowLeft``.

        WebKitGTK 2.50 under Xvfb doesn't know Shift+Tab, not even from a real keyboard: there, Tab goes all round.
        """
        if keys == "Shift+Tab" and self.driver.name == "MiniBrowser":
            keys = "Tab"
        *held, last = [KEYS.get(key, key) for key in keys.split("+")]
        chain = ActionChains(self.driver, 0)
        for key in held:
            chain.key_down(key)
        chain.send_keys(last)
        for key in reversed(held):
            chain.key_up(key)
        chain.perform()

    def type(self, text: str) -> None:
        """Type a text."""
        ActionChains(self.driver, 0).send_keys(text.replace("\n", Keys.ENTER)).perform()

    def insert_text(self, text: str) -> None:
        """Type a text: WebDriver has no other way."""
        self.type(text)


class Page(Finder):
    """The window of a browser."""

    def __init__(self, driver: WebDriver, downloads: Path) -> None:
        """Take a browser that runs."""
        self.page = self
        self.driver = driver
        self.downloads = downloads
        self.keyboard = Keyboard(driver)

    @property
    def url(self) -> str:
        """The address of the page."""
        return self.driver.current_url

    def title(self) -> str:
        """Return the title of the page."""
        return self.driver.title

    def goto(self, address: str) -> None:
        """Open a page."""
        self.driver.get(address)

    def reload(self) -> None:
        """Load the page anew."""
        self.driver.refresh()

    def call(self, script: str, argument: Any, *elements: WebElement, what: str = "element") -> Any:  # noqa: ANN401
        """Return what a function makes of an element and an argument; fail where it throws."""
        result = self.driver.execute_async_script(EVALUATE.replace("{script}", script), *elements, argument, what)
        if isinstance(result, str):
            raise WebDriverException(result)
        return result[0]

    def evaluate(self, script: str, argument: Any = None) -> Any:  # noqa: ANN401  (JSON)
        """Return the value of an expression, or what a function returns."""
        return self.call(script, argument, what="page")

    def wait_for_function(self, script: str, *, arg: Any = None, timeout: float = WAIT_SECONDS * 1000) -> None:  # noqa: ANN401
        """Wait until a function returns what is true."""
        wait_until(lambda: self.evaluate(script, arg), f"This never became true: {script}", timeout / 1000)

    def wait_for_selector(self, selector: str, *, timeout: float = WAIT_SECONDS * 1000, state: str = "visible") -> None:
        """Wait until there is an element of a selector."""
        self.locator(selector).wait_for(timeout=timeout, state=state)

    def wait_for_url(self, pattern: str) -> None:
        """Wait until the page has an address: ``**/lessons/02.html``."""
        end = pattern.removeprefix("**")
        wait_until(lambda: self.url.endswith(end), lambda: f"The page is {self.url}, not {pattern}")

    @contextmanager
    def expect_download(self) -> Iterator[Download]:
        """Wait, when the block is left, for the file that something in it downloads."""
        before, download = set(self.downloads.iterdir()), Download()
        yield download

        def finished() -> Path | None:
            new = set(self.downloads.iterdir()) - before
            if any(path.name.startswith(".") or path.suffix in UNFINISHED for path in new):
                return None
            return next((path for path in new if path.stat().st_size), None)

        download.file = wait_until(finished, "Nothing was downloaded")
