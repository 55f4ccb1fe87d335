"""The contract of a kind of task: what its folder provides, and all of it that other code uses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from typing_extensions import TypedDict  # pydantic needs this one before Python 3.12

from copydesk.kinds.checking import Checks
from copydesk.kinds.counting import Counts
from copydesk.model.task import TaskBase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from markupsafe import Markup

    from copydesk.kinds.parts import Parts
    from copydesk.kinds.stubs import StubMaterial
    from copydesk.model.score import Feedback, Score

T = TypeVar("T", bound=TaskBase)
K = TypeVar("K")
R = TypeVar("R")
T_contra = TypeVar("T_contra", bound=TaskBase, contravariant=True)
K_contra = TypeVar("K_contra", contravariant=True)

IDS = {"__all__": {"id"}}
"""In an outline, the id of each thing in a list."""


class NoFields(TypedDict):
    """Nothing besides the task itself."""


def no_content(_task: object) -> NoFields:
    """Return nothing: the task itself has everything its view needs."""
    return {}


def no_error(_response: object) -> str:
    """Return nothing: the model sets the limits of a response of this kind."""
    return ""


class Scoring(Protocol[T_contra, K_contra, R]):
    """The functions in the ``scoring`` module of a kind."""

    def is_answered(self, response: R, /) -> bool:
        """Return whether a response holds anything at all."""

    def completeness(self, task: T_contra, response: R | None, /) -> tuple[int, int]:
        """Return how many parts of a task are done, and how many there are (without looking at a key)."""

    def validation_errors(self, task: T_contra, response: R, /) -> Iterable[str]:
        """Return the validation errors of a response, each as a sentence."""

    def score(self, task: T_contra, key: K_contra, response: R, /) -> tuple[float | None, Sequence[Feedback]]:
        """Return the share earned (None while a person has not marked it), and the feedback on each part."""

    def reference_response(self, task: T_contra, key: K_contra, /) -> R:
        """Return the response that earns full points by its key."""

    def guessing_strategies(self, task: T_contra, /) -> Iterable[tuple[str, R]]:
        """Return responses that need no thought, each with its name."""


@dataclass(frozen=True, kw_only=True)
class Kind(Generic[T, K, R]):
    """A kind of task: its models for task, key and response, pure functions, and facts about the kind."""

    scoring: Scoring[T, K, R]
    """How it is scored: the ``scoring`` module of its folder."""

    feedback_view: Callable[[T, K, R | None, Score, Parts], Markup]
    """How a response looks on a feedback page, beside its reference."""

    stub: Callable[[StubMaterial], dict[str, Any]]
    """A small complete task of this kind, as in a file, with instructions where its author writes."""

    counts: Counts[T, K, R] = field(default_factory=Counts)
    """What the class report counts."""

    checks: Checks[T, K] = field(default_factory=Checks)
    """What the course checks look at."""

    outline: Mapping[str, Any] = field(default_factory=dict)
    """The fields of a task that ``completeness`` needs, as pydantic's ``include``; no question text."""

    browser_content: Callable[[T], Mapping[str, object]] = no_content
    """What the browser needs besides the task itself."""

    browser_fields: type[Any] = NoFields
    """The typed dictionary that ``browser_content`` returns."""

    size_error: Callable[[R], str] = no_error
    """A sentence on a response that is far too large, whatever its task; empty if it is not."""

    asks_confidence: bool = False
    """Whether every such task asks how sure the learner is, even if it does not say so."""

    is_marked_by_person: bool = False
    """Whether a person marks it by a rubric; otherwise it is scored by rule."""
