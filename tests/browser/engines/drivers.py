"""Starts the browsers of Debian, each with a fresh profile and one window, for WebDriver."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from browsing import FLAGS, find_chromium
from marionette import Marionette
from selenium import webdriver
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.file_detector import UselessFileDetector
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.webkitgtk.options import Options as WebKitOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from selenium.webdriver.common.options import ArgOptions
    from selenium.webdriver.remote.webdriver import WebDriver

ENGINES = ("chromium", "firefox", "webkit")
SIZE = (1000, 1000)
START_SECONDS = 60
"""A machine that does much at once takes long to start a browser."""
PREFERENCES = """
user_pref("marionette.port", 0);
user_pref("browser.download.folderList", 2);
user_pref("browser.download.dir", "{downloads}");
user_pref("browser.download.alwaysOpenPanel", false); // it would take the focus from the page
user_pref("layout.css.prefers-color-scheme.content-override", {scheme});
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("app.normandy.enabled", false);
"""


@contextmanager
def running_engine(name: str, folder: Path, *, dark: bool = False) -> Iterator[WebDriver]:
    """Start a browser whose profile and downloads are in a folder, and end it with all that was started for it."""
    (folder / "downloads").mkdir(parents=True)
    with ExitStack() as stack:
        driver = STARTS[name](stack, folder, dark)
        stack.callback(driver.quit)
        driver.file_detector = UselessFileDetector()
        driver.set_window_rect(0, 0, *SIZE)
        yield driver


def _chromium(stack: ExitStack, folder: Path, dark: bool) -> WebDriver:
    options = webdriver.ChromeOptions()
    options.binary_location = find_chromium() or ""
    for flag in (*FLAGS, "--headless=new", f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(flag)
    options.add_argument(f"--blink-settings=preferredColorScheme={0 if dark else 1}")
    options.add_experimental_option("prefs", {"download.default_directory": str(folder / "downloads")})
    port = _free_port()
    _start(stack, ["chromedriver", f"--port={port}"], folder)
    return _remote(port, options)


def _firefox(stack: ExitStack, folder: Path, dark: bool) -> WebDriver:
    profile = folder / "profile"
    profile.mkdir()
    preferences = PREFERENCES.format(downloads=folder / "downloads", scheme=0 if dark else 1)
    (profile / "user.js").write_text(preferences, encoding="utf-8")
    command = ["firefox-esr", "--marionette", "--headless", "--no-remote", "--profile", str(profile)]
    _start(stack, command, folder, HOME=str(folder))  # as root it refuses a home that is somebody else's
    port = profile / "MarionetteActivePort"
    _wait_for(lambda: port.is_file() and port.read_text(encoding="utf-8"), "Firefox")
    connection = Marionette(int(port.read_text(encoding="utf-8")), START_SECONDS)
    stack.callback(connection.close)
    return webdriver.Remote(command_executor=connection, options=webdriver.FirefoxOptions())


def _webkit(stack: ExitStack, folder: Path, dark: bool) -> WebDriver:
    """Start the small browser that comes with WebKitGTK: on a screen of its own, for it has no headless way."""
    options = WebKitOptions()
    options.binary_location = str(next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")))
    options.add_argument("--automation")
    screen, port = _screen(stack, folder), _free_port()
    home = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder), "DISPLAY": screen}
    (folder / "user-dirs.dirs").write_text('XDG_DOWNLOAD_DIR="$HOME/downloads"\n', encoding="utf-8")
    theme = {"GTK_THEME": "Adwaita:dark"} if dark else {"GTK_THEME": "Adwaita"}
    _start(stack, ["WebKitWebDriver", f"--port={port}"], folder, **home, **theme)
    return _remote(port, options)


STARTS = {"chromium": _chromium, "firefox": _firefox, "webkit": _webkit}


def _screen(stack: ExitStack, folder: Path) -> str:
    """Start a screen that nobody sees and return its name."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x1100x24", "-nolisten", "tcp"]
    _start(stack, command, folder, keep=(write,))
    os.close(write)
    with os.fdopen(read) as names:
        return f":{names.readline().strip()}"


def _start(stack: ExitStack, command: list[str], folder: Path, keep: tuple[int, ...] = (), **environment: str) -> None:
    """Start a program that writes into a log beside the profile, and end it in the end."""
    log = stack.enter_context((folder / f"{command[0]}.log").open("w"))
    program = subprocess.Popen(
        command, stdout=log, stderr=log, pass_fds=keep, env={**os.environ, **environment}, start_new_session=True
    )
    stack.callback(program.wait, START_SECONDS)
    stack.callback(program.terminate)


def _remote(port: int, options: ArgOptions) -> WebDriver:
    """Return a session of a driver that listens on a port."""
    _wait_for(lambda: _listens(port), "The browser's driver")
    config = ClientConfig(remote_server_addr=f"http://127.0.0.1:{port}")
    return webdriver.Remote(command_executor=RemoteConnection(client_config=config), options=options)


def _free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port: int = chosen.getsockname()[1]
        return port


def _listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def _wait_for(is_done: Callable[[], object], name: str) -> None:
    """Wait until something has started."""
    end = time.monotonic() + START_SECONDS
    while not is_done():
        if time.monotonic() > end:
            message = f"{name} did not start within {START_SECONDS} seconds."
            raise TimeoutError(message)
        time.sleep(0.05)
