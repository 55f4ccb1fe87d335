"""A preview is served to the browser on this computer, and to nobody else."""

from __future__ import annotations

import http.client
import json
import threading
from typing import TYPE_CHECKING

import pytest

from copydesk.lab.jupyterlab import claim_port
from copydesk.publish.preview_run import chosen_port
from copydesk.publish.preview_server import PreviewServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = "<html><head><title>Quay</title></head><body></body></html>"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PreviewServer]:
    """Return a server without pages, which is closed in the end."""
    site = tmp_path / "site"
    (site / "lessons").mkdir(parents=True)
    (site / "lessons" / "01-quay.html").write_text(PAGE, encoding="utf-8")
    (site / "lessons" / "words.txt").write_text("wind", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("key", encoding="utf-8")
    server = PreviewServer(claim_port(None), ["01-quay"])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.close()


def answer(server: PreviewServer, path: str, *, host: str = "") -> tuple[int, str]:
    """Return the status and the text of an answer; a client of its own, as others tidy the path."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{server.server_port}"})
    reply = connection.getresponse()
    text = reply.read().decode()
    connection.close()
    return reply.status, text


def test_only_its_own_host_is_answered(server: PreviewServer, tmp_path: Path) -> None:
    """A page of another host that has its name lead here gets nothing."""
    server.show(tmp_path / "site", "one")
    port = server.server_port
    hosts = [f"localhost:{port}", f"evil.example:{port}", "127.0.0.1", "evil.example"]
    assert [answer(server, "/lessons/words.txt", host=host)[0] for host in hosts] == [200, 403, 403, 403]


@pytest.mark.parametrize(
    "path",
    ["/../secret.txt", "/%2e%2e/secret.txt", "/lessons/..%2f..%2fsecret.txt", "//secret.txt", "/lessons", "/-/x"],
)
def test_nothing_outside_the_site_is_served(server: PreviewServer, tmp_path: Path, path: str) -> None:
    """Neither files above the site, nor a list of a folder."""
    server.show(tmp_path / "site", "one")
    status, text = answer(server, path)
    assert status == 404
    assert "key" not in text
    assert "01-quay" not in text


def test_a_page_gets_the_script_and_what_it_has_to_know(server: PreviewServer, tmp_path: Path) -> None:
    """Every page, also the one that stands where none was built yet; other files come as they are."""
    status, text = answer(server, "/lessons/01-quay.html")
    assert (status, "being built for the first time" in text, "/-/page.js" in text) == (200, True, True)
    server.show(tmp_path / "site", "one")
    status, text = answer(server, "/lessons/01-quay.html")
    assert (status, "<title>Quay</title>" in text, "&quot;build&quot;: &quot;one&quot;" in text) == (200, True, True)
    assert answer(server, "/lessons/words.txt") == (200, "wind")
    assert answer(server, "/lessons/02-none.html")[0] == 404


def test_pages_hear_what_is_new(server: PreviewServer, tmp_path: Path) -> None:
    """Each page is told at once how things are, and again after each build, with its own problems first."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request("GET", "/-/events?page=lessons/01-quay")
    stream = connection.getresponse()
    first = json.loads(stream.readline().decode().removeprefix("data: "))
    assert (first["status"], first["build"], first["here"]) == ("building", "", [])
    server.show(tmp_path / "site", "two")
    problems = [
        {"page": "lessons/01-quay", "text": "a", "open": False},
        {"page": "", "text": "b", "open": True},
        {"page": "exercises/x", "text": "c", "open": True},
    ]
    server.tell("ready", "Up to date.", problems)
    assert stream.readline() == b"\n"
    second = json.loads(stream.readline().decode().removeprefix("data: "))
    assert (second["status"], second["build"]) == ("ready", "two")
    assert [problem["text"] for problem in second["here"]] == ["a"]
    assert (second["here_title"], second["elsewhere_title"]) == (
        "On this page: 1 thing to mend",
        "Elsewhere: 2 places to finish",
    )
    connection.close()


def test_each_course_has_a_port_of_its_own(tmp_path: Path) -> None:
    """A browser keeps answers by address: those of two courses never mix, and are found again the next day."""
    one, other = tmp_path / "one", tmp_path / "other"
    assert chosen_port(one, None) == chosen_port(one, None) != chosen_port(other, None)
    server = PreviewServer(chosen_port(one, None), [])
    try:
        assert chosen_port(one, None) != server.server_port
    finally:
        server.server_close()
