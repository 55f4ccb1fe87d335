"""What several tests of new courses share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", autouse=True)
def _no_chosen_course() -> Iterator[None]:
    """Let the course be the one of the folder, whatever the environment of the tests names."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("COPYDESK_COURSE", "COPYDESK_ANSWERS"):
            patch.delenv(name, raising=False)
        yield
