"""Measures of judgements that are no marks: how well confidence fits, who tells claims apart, how far readers agree."""

from __future__ import annotations

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pandas as pd

LEAST_IN_BAND = 5
"""With fewer judgements in a band its share says nothing; the pictures grey such a band."""

BANDS = tuple(range(50, 101, 10))
"""How sure one can say one is, in per cent: the steps of the confidence control."""


def reliability(judgements: pd.DataFrame) -> pd.DataFrame:
    """Return how often judgements were right in each band of confidence.

    Args:
        judgements: a row a judgement, with the columns ``confidence`` (0.5 to 1) and ``right`` (true or false).

    Returns:
        Six rows, indexed by ``band`` (50, 60 ... 100, per cent; a confidence between two bands counts for the
        nearest, halfway for the higher), with the columns ``count``, ``right`` (share, 0 to 1), ``confidence``
        (mean, 0 to 1) and ``enough`` (at least five judgements). Shares of an empty band are missing (NaN).

    Raises:
        ValueError: a confidence is missing or outside of 0.5 to 1.

    Source:
        Murphy and Winkler (1977), Reliability of subjective probability forecasts of precipitation and
        temperature, Applied Statistics 26.
    """
    confidence, right = _checked(judgements)
    band = pd.Series(np.floor(confidence * 10 + 0.5).astype(int) * 10, name="band")
    groups = pd.DataFrame({"confidence": confidence, "right": right}).groupby(band)
    table = groups.agg(count=("right", "size"), right=("right", "mean"), confidence=("confidence", "mean"))
    table = table.reindex(pd.Index(BANDS, name="band"))
    table["count"] = table["count"].fillna(0).astype(int)
    table["enough"] = table["count"] >= LEAST_IN_BAND
    return table


def brier(judgements: pd.DataFrame) -> float:
    """Return the Brier score: the mean of (confidence - outcome)², outcome 1 if right and 0 if not.

    0 is perfect, 0.25 is what somebody earns who always says 50%, 1 is always sure and always wrong.

    Args:
        judgements: as for ``reliability``.

    Returns:
        A number from 0 to 1 without a unit, NaN where there are no judgements.

    Raises:
        ValueError: a confidence is missing or outside of 0.5 to 1.

    Source:
        Brier (1950), Verification of forecasts expressed in terms of probability, Monthly Weather Review 78, in
        the form for one outcome.
    """
    confidence, right = _checked(judgements)
    return float(((confidence - right) ** 2).mean()) if len(confidence) else float("nan")


class Agreement(NamedTuple):
    """How far two readers agree, each number a share: ``kappa`` runs up to 1, and 0 is what chance would give."""

    observed: float
    chance: float
    kappa: float


def agreement(first: pd.Series, second: pd.Series) -> Agreement:
    """Return percent agreement, the agreement expected by chance, and Cohen's kappa of two readers.

    observed = share of units with the same label; chance = sum over labels of the product of the readers' shares;
    kappa = (observed - chance) / (1 - chance). A learner's installation is spared scikit-learn for these lines.

    Args:
        first: one reader's label for each unit.
        second: the other reader's, for the same units in the same order.

    Returns:
        ``kappa`` is missing (NaN) where both gave every unit the same one label.

    Raises:
        ValueError: there are no units, or the readers labelled different numbers of them.

    Source:
        Cohen (1960), A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20.
    """
    if len(first) != len(second) or not len(first):
        msg = f"{len(first)} labels and {len(second)}; both readers need a label for each of the same units"
        raise ValueError(msg)
    observed = float((first.to_numpy() == second.to_numpy()).mean())
    shares = first.value_counts(normalize=True).mul(second.value_counts(normalize=True), fill_value=0)
    chance = float(shares.sum())
    return Agreement(observed, chance, (observed - chance) / (1 - chance) if chance < 1 else float("nan"))


def discernment(hits: int, supported: int, false_alarms: int, unsupported: int) -> tuple[float, float]:
    """Return d' and c: how well supported items are told from others, and how reluctantly items are accepted.

    d' = z(H) - z(F) and c = -(z(H) + z(F)) / 2, both in standard deviations. H and F carry the log-linear
    correction (k + 0.5) / (n + 1), so that 0 or all accepted gives a number too. c above 0: accepts too
    little (a cynic); below 0: too much (credulous). Never show d' without c: d' alone rewards the cynic.

    Args:
        hits: how many supported items were accepted.
        supported: how many supported items there were.
        false_alarms: how many unsupported items were accepted.
        unsupported: how many unsupported items there were.

    Raises:
        ValueError: more were accepted than there were, or a number is below 0 or there were none.

    Source:
        Hautus (1995), Corrections for extreme proportions and their biasing effects on estimated values of d',
        Behavior Research Methods, Instruments, & Computers 27.
    """
    for accepted, items, name in ((hits, supported, "supported"), (false_alarms, unsupported, "unsupported")):
        if items < 1 or not 0 <= accepted <= items:
            msg = f"{accepted} of {items} {name} items accepted; it takes at least one item, and 0 to all accepted"
            raise ValueError(msg)
    normal = NormalDist()
    hit, alarm = normal.inv_cdf(_corrected(hits, supported)), normal.inv_cdf(_corrected(false_alarms, unsupported))
    return hit - alarm, -(hit + alarm) / 2


def _corrected(accepted: int, items: int) -> float:
    return (accepted + 0.5) / (items + 1)


def _checked(judgements: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return confidence and outcome as numbers from 0 to 1."""
    confidence = judgements["confidence"].to_numpy(dtype=float)
    if not ((confidence >= BANDS[0] / 100) & (confidence <= 1)).all():
        wrong = confidence[~((confidence >= BANDS[0] / 100) & (confidence <= 1))][0]
        msg = f"a confidence is {wrong}; it must be a share from 0.5 (a guess) to 1 (certain)"
        raise ValueError(msg)
    return confidence, judgements["right"].to_numpy(dtype=float)


__all__ = ["BANDS", "LEAST_IN_BAND", "Agreement", "agreement", "brier", "discernment", "reliability"]
