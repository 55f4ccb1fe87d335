"""Measures of judgement that are not marks: how well confidence fits, who tells claims apart, how far readers agree."""

from __future__ import annotations

from math import fsum, sqrt
from statistics import NormalDist, variance
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from copydesk.text import t

LEAST_IN_BAND = 5
"""With fewer judgements, a band's share says nothing; the pictures grey it out."""

BANDS = tuple(range(50, 101, 10))
"""The steps of the confidence control, in per cent."""

LEAST_IN_CLASS = 10
"""With fewer submissions, a class report says "too few" rather than a number."""

EXPLAIN_BELOW, DISCUSS_UP_TO = 0.35, 0.70
"""Below 35% right, explain; up to 70%, let them discuss in pairs; above that, move on."""

SUSPICION = 0.2
"""How far the criterion may move towards refusing before a report warns, in standard deviations."""

Advice = Literal["explain", "discuss", "move-on"]
Sign = Literal["acceptance-fell", "criterion-moved"]


def mean(values: np.ndarray | pd.Series) -> float:
    """Return the mean of one or more numbers, the same to the last bit on every machine: the sum is rounded once."""
    return _total(values) / len(values)


def _total(values: np.ndarray | pd.Series) -> float:
    return fsum(np.asarray(values, dtype=float).tolist())


def reliability(judgements: pd.DataFrame) -> pd.DataFrame:
    """Return how often judgements were right in each band of confidence.

    Args:
        judgements: one row per judgement, with the columns ``confidence`` (0.5 to 1) and ``right`` (true or false).

    Returns:
        Six rows, indexed by ``band`` (50, 60 ... 100, per cent; a confidence between two bands counts in the
        nearest, halfway in the higher), with the columns ``count``, ``right`` (share, 0 to 1), ``confidence``
        (mean, 0 to 1) and ``enough`` (at least five judgements). Shares of an empty band are missing (NaN).

    Raises:
        ValueError: a confidence is missing or outside of 0.5 to 1.

    Source:
        Murphy and Winkler (1977), Reliability of subjective probability forecasts of precipitation and
        temperature, Applied Statistics 26.
    """
    confidence, right = _confidence_and_outcome(judgements)
    band = pd.Series(np.floor(confidence * 10 + 0.5).astype(int) * 10, name="band")
    groups = pd.DataFrame({"confidence": confidence, "right": right}).groupby(band)
    table = groups.agg(count=("right", "size"), right=("right", "mean"), confidence=("confidence", "mean"))
    table = table.reindex(pd.Index(BANDS, name="band"))
    table["count"] = table["count"].fillna(0).astype(int)
    table["enough"] = table["count"] >= LEAST_IN_BAND
    return table


def brier(judgements: pd.DataFrame) -> float:
    """Return the Brier score: the mean of (confidence - outcome)², outcome 1 if right and 0 if not.

    0 is perfect, 0.25 is what always saying 50% earns, 1 is always sure and always wrong.

    Args:
        judgements: as for ``reliability``.

    Returns:
        A number from 0 to 1, without a unit; NaN if there are no judgements.

    Raises:
        ValueError: a confidence is missing or outside of 0.5 to 1.

    Source:
        Brier (1950), Verification of forecasts expressed in terms of probability, Monthly Weather Review 78, in
        the form for one outcome.
    """
    confidence, right = _confidence_and_outcome(judgements)
    return mean((confidence - right) ** 2) if len(confidence) else float("nan")


class Agreement(NamedTuple):
    """How far two readers agree, each number a share: ``kappa`` runs up to 1, and 0 is what chance would give."""

    observed: float
    chance: float
    kappa: float


def agreement(first: pd.Series, second: pd.Series) -> Agreement:
    """Return percent agreement, the agreement expected by chance, and Cohen's kappa of two readers.

    observed = share of units with the same label; chance = sum over labels of the product of the readers' shares;
    kappa = (observed - chance) / (1 - chance). These few lines spare learners from installing scikit-learn.

    Args:
        first: one reader's label for each unit.
        second: the other reader's, for the same units in the same order.

    Returns:
        ``kappa`` is missing (NaN) if both gave every unit one and the same label.

    Raises:
        ValueError: there are no units, or the readers labelled different numbers of them.

    Source:
        Cohen (1960), A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20.
    """
    if len(first) != len(second) or not len(first):
        raise ValueError(t("measures.labels", first=len(first), second=len(second)))
    observed = mean(first.to_numpy() == second.to_numpy())
    shares = first.value_counts(normalize=True).mul(second.value_counts(normalize=True), fill_value=0)
    chance = _total(shares)
    kappa = (observed - chance) / (1 - chance) if chance < 1 else float("nan")
    return Agreement(observed, chance, kappa)


class ItemStatistics(NamedTuple):
    """An item in numbers: how many answered, their mean credit (0 to 1), its correlation with the rest (-1 to 1)."""

    answered: int
    difficulty: float
    discrimination: float


def item_statistics(credit: pd.Series, rest: pd.Series) -> ItemStatistics:
    """Return the difficulty and discrimination of an item, over those who answered it.

    Discrimination is the point-biserial correlation of the item's credit with the points earned elsewhere; if the
    item were included, it would correlate with itself.

    Args:
        credit: what each learner earned for the item, 0 to 1; missing (NaN) if it was not answered.
        rest: the same learners' points, without those for the item.

    Returns:
        Numbers are missing (NaN) below ten answers; discrimination also if all have the same credit or rest.

    Source:
        Lord and Novick (1968), Statistical Theories of Mental Test Scores, chapter 15.
    """
    is_answered = credit.notna()
    count = int(is_answered.sum())
    if count < LEAST_IN_CLASS:
        return ItemStatistics(count, float("nan"), float("nan"))
    earned, elsewhere = credit[is_answered].to_numpy(float), rest[is_answered].to_numpy(float)
    is_flat = earned.min() == earned.max() or elsewhere.min() == elsewhere.max()
    discrimination = float("nan") if is_flat else _correlation(earned, elsewhere)
    return ItemStatistics(count, mean(earned), discrimination)


def _correlation(first: np.ndarray, second: np.ndarray) -> float:
    """Return Pearson's correlation; numpy and pandas use a library whose order of addition depends on the processor."""
    first_deviation = first - mean(first)
    second_deviation = second - mean(second)
    variances = _total(first_deviation * first_deviation) * _total(second_deviation * second_deviation)
    return _total(first_deviation * second_deviation) / sqrt(variances)


class Difference(NamedTuple):
    """The difference of two means with the ends of its 95% interval, which are missing (NaN) if nothing varies."""

    difference: float
    low: float
    high: float


def difference_of_means(first: np.ndarray, second: np.ndarray) -> Difference:
    """Return how much higher the mean of one group is than that of another, with a 95% interval.

    The groups may differ in size and in spread. These few lines spare instructors from installing scipy.

    Args:
        first: a number for each member of a group, of two or more.
        second: the same of another group.

    Returns:
        Numbers in the unit of the values: first mean minus second. NaN as interval if each group has one value only.

    Source:
        Welch (1947), The generalization of Student's problem when several different population variances are
        involved, Biometrika 34.
    """
    difference = mean(first) - mean(second)
    errors = [variance(group.tolist()) / len(group) for group in (first, second)]
    error = fsum(errors)
    if error == 0:
        return Difference(difference, float("nan"), float("nan"))
    parts = [part**2 / (len(group) - 1) for part, group in zip(errors, (first, second), strict=True)]
    reach = _student_quantile(error**2 / fsum(parts)) * sqrt(error)
    return Difference(difference, difference - reach, difference + reach)


def _student_quantile(freedom: float) -> float:
    """Return the 97.5% quantile of Student's distribution, to four digits from nine degrees of freedom on.

    Source:
        Abramowitz and Stegun (1964), Handbook of Mathematical Functions, 26.7.5.
    """
    z = NormalDist().inv_cdf(0.975)
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92_160,
    )
    return fsum(term / freedom**power for power, term in enumerate(terms))


def advice(right: float) -> Advice:
    """Return the advice on a question that a share of the class (0 to 1) got right.

    Source:
        Vickrey and others (2015), Research-based implementation of peer instruction: a literature review, CBE Life
        Sciences Education 14. The share there is that of the first vote.
    """
    if right < EXPLAIN_BELOW:
        return "explain"
    return "discuss" if right <= DISCUSS_UP_TO else "move-on"


def discernment(hits: int, supported: int, false_alarms: int, unsupported: int) -> tuple[float, float]:
    """Return d' and c: how well supported items are told from others, and how reluctantly items are accepted.

    d' = z(H) - z(F) and c = -(z(H) + z(F)) / 2, both in standard deviations. H and F carry the log-linear
    correction (k + 0.5) / (n + 1), so that accepting none or all gives a number too. c above 0: accepts too
    little (a cynic); below 0: too much (credulous). Never show d' without c: d' alone rewards the cynic.

    Args:
        hits: how many supported items were accepted.
        supported: how many supported items there were.
        false_alarms: how many unsupported items were accepted.
        unsupported: how many unsupported items there were.

    Raises:
        ValueError: more were accepted than there were, a number is below 0, or there were none.

    Source:
        Hautus (1995), Corrections for extreme proportions and their biasing effects on estimated values of d',
        Behavior Research Methods, Instruments, & Computers 27.
    """
    if not _is_possible(hits, supported):
        raise ValueError(t("measures.supported_items", accepted=hits, items=supported))
    if not _is_possible(false_alarms, unsupported):
        raise ValueError(t("measures.unsupported_items", accepted=false_alarms, items=unsupported))
    hit, alarm = _z_score(hits, supported), _z_score(false_alarms, unsupported)
    return hit - alarm, -(hit + alarm) / 2


def _is_possible(accepted: int, items: int) -> bool:
    return items >= 1 and 0 <= accepted <= items


def _z_score(accepted: int, items: int) -> float:
    """Return the quantile of the corrected share in the standard normal distribution."""
    return NormalDist().inv_cdf((accepted + 0.5) / (items + 1))


class Acceptance(NamedTuple):
    """How many supported and unsupported items there were, over a whole class, and how many of them were accepted."""

    supported: int
    hits: int
    unsupported: int
    false_alarms: int

    @property
    def measures(self) -> tuple[float, float]:
        """Return d' and c, as ``discernment`` does."""
        return discernment(self.hits, self.supported, self.false_alarms, self.unsupported)


def suspicion(before: Acceptance, after: Acceptance) -> list[Sign]:
    """Return the signs that a course made a class more suspicious rather than more discerning.

    The class accepts at least one per cent fewer of the supported items than before, or its criterion c rose by more
    than 0.2, towards refusing everything. Either can come with a higher d', which alone would look like success.
    """
    signs: list[Sign] = []
    if round(100 * after.hits / after.supported) < round(100 * before.hits / before.supported):
        signs.append("acceptance-fell")
    if after.measures[1] - before.measures[1] > SUSPICION:
        signs.append("criterion-moved")
    return signs


def _confidence_and_outcome(judgements: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return confidence and outcome as numbers from 0 to 1."""
    confidence = judgements["confidence"].to_numpy(dtype=float)
    is_possible = (confidence >= BANDS[0] / 100) & (confidence <= 1)
    if not is_possible.all():
        raise ValueError(t("measures.confidence", confidence=confidence[~is_possible][0]))
    return confidence, judgements["right"].to_numpy(dtype=float)


__all__ = [
    "BANDS",
    "DISCUSS_UP_TO",
    "EXPLAIN_BELOW",
    "LEAST_IN_BAND",
    "LEAST_IN_CLASS",
    "SUSPICION",
    "Acceptance",
    "Agreement",
    "Difference",
    "ItemStatistics",
    "advice",
    "agreement",
    "brier",
    "difference_of_means",
    "discernment",
    "item_statistics",
    "mean",
    "reliability",
    "suspicion",
]
