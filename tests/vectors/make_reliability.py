"""Makes the shared vectors of the reliability picture, in exact fractions and without the code under test."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from itertools import product, repeat
from pathlib import Path

FILE = Path(__file__).with_name("reliability") / "reliability.json"
BANDS = (50, 60, 70, 80, 90, 100)

Judgement = tuple[str, bool]
"""Confidence as it is written, and whether the judgement was right."""


def cases() -> dict[str, list[Judgement]]:
    """Return judgements by the name of the case."""
    chance = random.Random(20231122)
    drawn = {}
    for count in (1, 2, 4, 5, 7, 12, 19, 30, 47, 60, 88, 120):
        drawn[f"drawn, {count} judgements"] = [judgement(chance) for _ in range(count)]
    between = [(f"{step / 100:.2f}", chance.random() < step / 100) for step in range(50, 101)]
    calibrated, five_times = [], []
    for tens, number in product((5, 6, 7, 8, 9), range(10)):
        calibrated.append((f"0.{tens}", number < tens))
    for band, number in product(BANDS, range(5)):
        five_times.append((f"{band / 100}", number < 3))
    confidences = [f"{band / 100}" for band in BANDS]
    return {
        "nothing yet": [],
        "one guess, wrong": [("0.5", False)],
        "one guess, right": [("0.5", True)],
        "certain and wrong": [("1.0", False)],
        "certain and right": [("1.0", True)],
        "four: too few in all": [("0.7", True), ("0.8", True), ("0.9", False), ("1.0", True)],
        "five in five bands: enough in all, too few in each": [
            ("0.5", True),
            ("0.6", False),
            ("0.7", True),
            ("0.8", True),
            ("0.9", True),
        ],
        "four in a band": [("0.8", True)] * 4 + [("1.0", True)],
        "five in a band": [("0.8", True)] * 4 + [("0.8", False)],
        "always 50%, right half of the time": [("0.5", True), ("0.5", False)] * 4,
        "calibrated": calibrated,
        "too sure of oneself": [("1.0", True), ("1.0", False)] * 6,
        "not sure enough": [("0.6", True)] * 3 + [("0.6", False)] + [("0.6", True)] * 5,
        "halfway between two bands counts for the higher": [
            ("0.55", True),
            ("0.65", True),
            ("0.75", True),
            ("0.85", True),
            ("0.95", True),
        ],
        "between the bands": between,
        "two bands": [("0.6", True)] * 5 + [("0.9", False)] * 6,
        "every band once, right": list(zip(confidences, repeat(True))),
        "every band once, wrong": list(zip(confidences, repeat(False))),
        "every band five times": five_times,
        **drawn,
    }


def judgement(chance: random.Random) -> Judgement:
    """Return a drawn judgement, right in six of ten cases."""
    return chance.choice(("0.5", "0.6", "0.7", "0.8", "0.9", "1.0")), chance.random() < 0.6


def expected(judgements: list[Judgement]) -> dict[str, object]:
    """Return bands, number and Brier score of some judgements."""
    exact = [(Fraction(text), right) for text, right in judgements]
    bands = []
    for band in BANDS:
        inside = [(p, right) for p, right in exact if Fraction(band - 5, 100) <= p < Fraction(band + 5, 100)]
        count = len(inside)
        share = mean = None
        if inside:
            share = float(Fraction(sum(right for _, right in inside), count))
            mean = float(sum(p for p, _ in inside) / count)
        bands.append({"band": band, "count": count, "right": share, "confidence": mean, "enough": count >= 5})
    errors = [(p - int(right)) ** 2 for p, right in exact]
    brier = float(sum(errors) / len(errors)) if errors else None
    return {"count": len(exact), "bands": bands, "brier": brier}


def vectors() -> str:
    """Return the vectors as the text of their file."""
    lines = []
    for name, judgements in cases().items():
        numbers = [{"confidence": float(text), "right": right} for text, right in judgements]
        lines.append(json.dumps({"name": name, "judgements": numbers, **expected(judgements)}))
    text = ",\n".join(lines)
    return f'{{"cases": [\n{text}\n]}}\n'


if __name__ == "__main__":
    FILE.write_text(vectors(), encoding="utf-8")
