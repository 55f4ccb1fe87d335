"""The table of task kinds: a new kind is one more line in each union below."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from copydesk.kinds.arrows.model import ArrowsKey, ArrowsResponse, ArrowsTask
from copydesk.kinds.choice.model import ChoiceKey, ChoiceResponse, ChoiceTask
from copydesk.kinds.drawer.model import DrawerKey, DrawerResponse, DrawerTask
from copydesk.kinds.edit.model import EditKey, EditResponse, EditTask
from copydesk.kinds.order.model import OrderKey, OrderResponse, OrderTask
from copydesk.kinds.sort.model import SortKey, SortResponse, SortTask
from copydesk.kinds.spans.model import SpansKey, SpansResponse, SpansTask
from copydesk.kinds.value.model import ValueKey, ValueResponse, ValueTask
from copydesk.kinds.verdict.model import VerdictKey, VerdictResponse, VerdictTask
from copydesk.kinds.written.model import WrittenKey, WrittenResponse, WrittenTask

Task = Annotated[
    ArrowsTask
    | ChoiceTask
    | DrawerTask
    | EditTask
    | OrderTask
    | SortTask
    | SpansTask
    | ValueTask
    | VerdictTask
    | WrittenTask,
    Field(discriminator="kind"),
]
Key = Annotated[
    ArrowsKey | ChoiceKey | DrawerKey | EditKey | OrderKey | SortKey | SpansKey | ValueKey | VerdictKey | WrittenKey,
    Field(discriminator="kind"),
]
Response = Annotated[
    ArrowsResponse
    | ChoiceResponse
    | DrawerResponse
    | EditResponse
    | OrderResponse
    | SortResponse
    | SpansResponse
    | ValueResponse
    | VerdictResponse
    | WrittenResponse,
    Field(discriminator="kind"),
]
