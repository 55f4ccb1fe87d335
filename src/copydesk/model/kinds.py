"""The table of task kinds: a new kind is one more line in each union below."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from copydesk.model.arrows import ArrowsKey, ArrowsResponse, ArrowsTask
from copydesk.model.choice import ChoiceKey, ChoiceResponse, ChoiceTask
from copydesk.model.drawer import DrawerKey, DrawerResponse, DrawerTask
from copydesk.model.order import OrderKey, OrderResponse, OrderTask
from copydesk.model.sort import SortKey, SortResponse, SortTask
from copydesk.model.spans import SpansKey, SpansResponse, SpansTask
from copydesk.model.value import ValueKey, ValueResponse, ValueTask
from copydesk.model.verdict import VerdictKey, VerdictResponse, VerdictTask
from copydesk.model.written import WrittenKey, WrittenResponse, WrittenTask

Task = Annotated[
    ArrowsTask | ChoiceTask | DrawerTask | OrderTask | SortTask | SpansTask | ValueTask | VerdictTask | WrittenTask,
    Field(discriminator="kind"),
]
Key = Annotated[
    ArrowsKey | ChoiceKey | DrawerKey | OrderKey | SortKey | SpansKey | ValueKey | VerdictKey | WrittenKey,
    Field(discriminator="kind"),
]
Response = Annotated[
    ArrowsResponse
    | ChoiceResponse
    | DrawerResponse
    | OrderResponse
    | SortResponse
    | SpansResponse
    | ValueResponse
    | VerdictResponse
    | WrittenResponse,
    Field(discriminator="kind"),
]
