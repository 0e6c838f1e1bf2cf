"""Whether confidences keep what they promise."""

import pytest

from communique.coding.candidates import calibrated
from communique.evaluation.sentences import calibration_error


def test_error_by_hand():
    """Two at 0.9 of which one is right: off by 0.4; two at 0.5 of which one is right: not off."""
    assert calibration_error([(0.9, True), (0.9, False), (0.5, True), (0.5, False)]) == pytest.approx(0.2)
    assert calibration_error([]) == 0.0


def test_a_higher_score_is_a_higher_chance():
    chances = [calibrated(score / 10) for score in range(11)]
    assert chances == sorted(chances) and 0 < chances[0] < chances[-1] < 1
