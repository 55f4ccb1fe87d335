"""The kind *drawer*, put together: evidence cards to open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.drawer import scoring
from copydesk.kinds.drawer.counts import COUNTS
from copydesk.kinds.drawer.feedback import feedback_view
from copydesk.kinds.drawer.stub import stub
from copydesk.kinds.kind import Kind

if TYPE_CHECKING:
    from copydesk.kinds.drawer.model import DrawerKey, DrawerResponse, DrawerTask

DRAWER: Kind[DrawerTask, DrawerKey, DrawerResponse] = Kind(
    scoring=scoring,
    feedback_view=feedback_view,
    stub=stub,
    counts=COUNTS,
    outline={"least": True},
)
