"""How far two markers agree: quadratic-weighted kappa with its interval, by criterion and overall."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from copydesk.grading.files.problems import GradingError
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from copydesk.kinds.written.model import Level

LEVELS = (1, 2, 3, 4)
GOOD = 0.6
"""Below this kappa markers talk again (grading.md 9)."""

RESAMPLES, SEED, INTERVAL = 1000, 20261122, (0.025, 0.975)


class Agreement(NamedTuple):
    """How far two markers agree on some ``texts``.

    ``same`` is the share with the same level. ``kappa`` is at most 1, and 0 is what chance would give; ``low`` and
    ``high`` bound 95% of the kappas of samples that could equally have been drawn. They are NaN where kappa is
    undefined: where both markers gave every text the same single level.
    """

    texts: int
    same: float
    kappa: float
    low: float
    high: float

    @property
    def is_good(self) -> bool:
        """Return whether kappa is high enough or, where it is undefined, whether all levels are the same."""
        return self.same == 1 if math.isnan(self.kappa) else self.kappa >= GOOD


def agreement(first: Sequence[Sequence[Level]], second: Sequence[Sequence[Level]]) -> Agreement:
    """Return the agreement of two markers, with a row of levels per text and a column per criterion, in the same order.

    The interval is a percentile bootstrap over texts, keeping all levels of a text together, with a fixed seed.

    Raises:
        ValueError: there are no texts.
        GradingError: scikit-learn is not installed.

    Source:
        Cohen (1968), Weighted kappa, Psychological Bulletin 70; Efron and Tibshirani (1993), An Introduction to the
        Bootstrap, chapter 13.
    """
    a, b = np.asarray(first, dtype=int), np.asarray(second, dtype=int)
    if a.shape != b.shape or not a.size:
        msg = f"levels of the shape {a.shape} and {b.shape}; both markers need levels for the same texts"
        raise ValueError(msg)
    kappa = quadratic_kappa(a, b)
    low = high = math.nan
    if not math.isnan(kappa):
        draws = np.random.default_rng(SEED).integers(0, len(a), (RESAMPLES, len(a)))
        kappas = _sample_kappas(a[draws].reshape(RESAMPLES, -1), b[draws].reshape(RESAMPLES, -1))
        low, high = map(float, np.quantile(kappas[~np.isnan(kappas)], INTERVAL))
    return Agreement(len(a), float((a == b).mean()), kappa, low, high)


def quadratic_kappa(first: np.ndarray, second: np.ndarray) -> float:
    """Return the quadratic-weighted kappa of two arrays of levels; NaN where both hold only one level."""
    try:
        from sklearn.metrics import cohen_kappa_score  # noqa: PLC0415  (who marks alone does not need it)
    except ModuleNotFoundError:
        raise GradingError(t("kappa.no_library")) from None
    if len({*first.flat, *second.flat}) == 1:
        return math.nan
    return float(cohen_kappa_score(first.ravel(), second.ravel(), labels=LEVELS, weights="quadratic"))


def _sample_kappas(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return the quadratic kappa of each row of two arrays of levels; NaN where both hold only one level.

    A thousand calls to scikit-learn take seconds. With quadratic weights, kappa is 1 minus the mean squared difference
    over that expected by chance, var(a) + var(b) + (mean(a) - mean(b))².
    """
    count = first.shape[1]
    first_sum, second_sum = first.sum(axis=1), second.sum(axis=1)
    apart = count * ((first - second) ** 2).sum(axis=1)  # both multiplied by the count squared: whole numbers
    chance = count * (first**2 + second**2).sum(axis=1) - 2 * first_sum * second_sum
    kappas: np.ndarray = 1 - np.divide(apart, chance, out=np.full(apart.shape, np.nan), where=chance > 0)
    return kappas
