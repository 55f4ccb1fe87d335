"""The table of task kinds: a new kind is one more line in each union below."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from copydesk.model.choice import ChoiceKey, ChoiceResponse, ChoiceTask
from copydesk.model.sort import SortKey, SortResponse, SortTask
from copydesk.model.spans import SpansKey, SpansResponse, SpansTask
from copydesk.model.value import ValueKey, ValueResponse, ValueTask
from copydesk.model.written import WrittenKey, WrittenResponse, WrittenTask

Task = Annotated[ChoiceTask | SortTask | SpansTask | ValueTask | WrittenTask, Field(discriminator="kind")]
Key = Annotated[ChoiceKey | SortKey | SpansKey | ValueKey | WrittenKey, Field(discriminator="kind")]
Response = Annotated[
    ChoiceResponse | SortResponse | SpansResponse | ValueResponse | WrittenResponse, Field(discriminator="kind")
]
