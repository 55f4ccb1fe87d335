"""What the search page searches: the words of each page under their headings, and nothing that only works the page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from copydesk.publish.search_index import INDEX, sections_of, write_search_index
from copydesk.release.kept_results import KeptResults

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<html><body><header><button>Print</button></header><nav><a href="x">Contents</a></nav>
<article class="bd-article"><section id="who-says-so"><h1>02 · Who says so?<a class="headerlink" href="#x">#</a></h1>
<p>A report <em>rarely</em> sees<br>what it tells &amp; knows.</p><details><summary>Show the code</summary>
<div class="cell_input">import this</div></details>
<section id="cues"><h2>Cues</h2><ul><li>One</li><li>Two</li></ul>
<div class="copydesk" data-copydesk="tasks"><script type="application/json">{"key": 1}</script>
<div class="copydesk-static"><h3>Whose word?</h3><p>Choose.</p><details><summary>Explained</summary>Because.</details>
<p><small>Here you can only read the task.</small></p></div></div>
<div class="copydesk" data-copydesk="progress"><p>Your progress</p></div>
<div class="copydesk" data-article-view="tasks"><p>It waits.</p></div>
<p>After<p>it.<dl><dt id="term-cue">Cue</dt><dd>A verb.</dd></dl></section></section>
<footer>Next page</footer></article><p>Outside</p></body></html>"""


def index(folder: Path) -> list[dict[str, object]]:
    """Return what an index holds."""
    text = (folder / INDEX).read_text(encoding="utf-8")
    pages: list[dict[str, object]] = json.loads(text.removeprefix("globalThis.copydeskPages=").removesuffix(";\n"))
    return pages


def test_a_section_has_its_words_and_no_furniture() -> None:
    """Buttons, menus, code, what is folded away and hints of the page itself are not found."""
    assert sections_of(PAGE) == [
        {"at": "who-says-so", "heading": "02 · Who says so?", "text": "A report rarely sees what it tells & knows."},
        {"at": "cues", "heading": "Cues", "text": "One Two Whose word? Choose. After it."},
        {"at": "term-cue", "heading": "Cue", "text": "A verb."},
    ]


def test_a_page_without_a_title_is_not_found() -> None:
    """Such a page could not be named in a list."""
    assert sections_of("<article class='bd-article'><p>Words</p></article>") == []


def test_no_run_of_the_article_is_in_the_index_of_a_book_that_quotes(tmp_path: Path) -> None:
    """Of five words or more an ellipsis is left, whatever signs or elements are between them; four words stay."""
    article = "The mayor said that the old half-built bridge would fall soon."
    text = "We read: <q>the <b>mayor</b> said</q>, that, “THE old half” and more. The bridge would fall soon."
    (tmp_path / "search.html").write_text("", encoding="utf-8")
    page = f"<article class='bd-article'><h1>T</h1><p>{text}</p></article>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    write_search_index(tmp_path, KeptResults(), article=article)
    (section,) = index(tmp_path)[0]["sections"]  # type: ignore[misc]
    assert section["text"] == "We read: …” and more. The bridge would fall soon."
    write_search_index(tmp_path, KeptResults())
    assert "old half" in str(index(tmp_path))
