from __future__ import annotations

import numpy as np
import pytest

from bot.understanding.decision import (
    ELLIPTICAL,
    NAMED,
    UNNAMED,
    Calibration,
    Evidence,
    Thresholds,
    blended,
    decide,
    summit,
)


def evidence(inside: float, ahead: float = 1.0, named: bool = True) -> Evidence:
    return Evidence(0.5, ahead, 0.3, inside, inside, named, False, 0.0, 0.0, 0.5)


@pytest.fixture(scope="module")
def calibration() -> Calibration:
    rng = np.random.default_rng(0)
    seen, ours, places = [], [], []
    for _ in range(400):
        inside, ahead = rng.uniform(-1, 1), rng.uniform(0, 1)
        seen.append(evidence(inside, ahead, bool(rng.integers(2))))
        ours.append(inside + rng.normal(0, 0.3) > 0)
        places.append(0 if ahead + rng.normal(0, 0.2) > 0.3 else 1)
    return Calibration.learn(seen, ours, places)


def test_chances_rise_with_the_evidence(calibration: Calibration) -> None:
    sure, unsure, foreign = (calibration.chances(evidence(*pair)) for pair in ((1.0, 1.0), (1.0, 0.1), (-1.0, 1.0)))
    assert sure.best > unsure.best > foreign.best
    assert sure.ours > foreign.ours
    for chances in (sure, unsure, foreign):
        assert 0 <= chances.best <= chances.either <= chances.ours <= 1


def test_summit() -> None:
    scores = np.array([0.2, 0.9, 0.7, 0.4, 2.0], np.float32)
    topical = np.array([True, True, True, False, False])
    outside = np.array([False, False, False, True, False])
    best, second, score, ahead, above, inside = summit(scores, topical, outside)
    assert (best, second) == (1, 2)
    assert np.allclose([score, ahead, above, inside], [0.9, 0.2, 0.5, 0.5])


@pytest.mark.parametrize(
    ("confidence", "ours", "bar", "choices", "clarified", "decision"),
    [
        (0.9, 0.95, NAMED, 3, False, "answer"),
        (0.9, 0.95, UNNAMED, 3, False, "answer"),
        (0.6, 0.7, UNNAMED, 3, False, "clarify"),
        (0.9, 0.9, ELLIPTICAL, 3, False, "clarify"),
        (0.9, 0.7, ELLIPTICAL, 3, False, "unknown"),
        (0.3, 0.9, NAMED, 3, False, "clarify"),
        (0.3, 0.9, NAMED, 3, True, "answer"),
        (0.3, 0.9, UNNAMED, 3, True, "unknown"),
        (0.3, 0.9, NAMED, 1, False, "answer"),
        (0.1, 0.2, NAMED, 3, False, "unknown"),
        (0.1, 0.2, NAMED, 3, True, "unknown"),
    ],
)
def test_decide(confidence: float, ours: float, bar: Thresholds, choices: int, clarified: bool, decision: str) -> None:
    assert decide(confidence, ours, bar, choices, clarified) == decision


def test_learning_from_nothing_is_no_error() -> None:
    chances = Calibration.learn([evidence(1.0)], [False], [2]).chances(evidence(1.0))
    assert 0 <= chances.best <= 1


def test_chances_with_another_chance_of_being_ours_keep_their_proportion(calibration: Calibration) -> None:
    chances = calibration.chances(evidence(0.5))
    halved = chances.with_ours(chances.ours / 2)
    assert np.allclose([halved.best, halved.either], [chances.best / 2, chances.either / 2])


def test_a_blend_lies_between() -> None:
    assert np.isclose(blended(0.9, 0.1, 0.5), 0.5)
    assert np.isclose(blended(0.9, 0.1, 1.0), 0.9)
    assert 0.1 < blended(0.9, 0.1, 0.25) < 0.5
    assert 0 <= blended(1.0, 0.0, 0.5) <= 1
