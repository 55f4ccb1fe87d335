"""Keeps answers to questions about a text, so that an unchanged text is not examined again."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from copydesk.atomic_write import replace_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class KeptResults:
    """Results that depend on a text alone, by the question asked and the fingerprint of the text.

    A result is plain data, as in JSON: lists, dictionaries with strings as keys, strings, numbers. With a ``file``
    they are kept for the next build by the same ``state`` of the software; without one, as long as this object.
    """

    def __init__(self, file: Path | None = None, state: str = "") -> None:
        """Read the results in the file; a file that is damaged or of another state counts as empty."""
        self._file, self._state = file, state
        self._earlier = _read(file, state) if file else {}
        self._results: dict[str, Any] = {}

    def answer(
        self,
        question: str,
        text: str,
        work_out: Callable[[str], Any],
    ) -> Any:  # noqa: ANN401  (plain JSON)
        """Return the answer to a question about a text; it is worked out only if not kept yet."""
        name = hashlib.sha256(f"{question}\n{text}".encode(errors="surrogatepass")).hexdigest()
        if name not in self._results:
            self._results[name] = self._earlier[name] if name in self._earlier else work_out(text)
        return self._results[name]

    def save(self) -> None:
        """Write the answers of this build, and no older ones; a file that cannot be written only costs time."""
        if self._file:
            with suppress(OSError):
                replace_file(self._file, json.dumps({"state": self._state, "results": self._results}))


def _read(file: Path, state: str) -> dict[str, Any]:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        results = data["results"] if data["state"] == state else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return results if isinstance(results, dict) else {}
