"""Numbers that differ in their last digits alone become the same ones, and no others do."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lec_utils.rounding import steady

HOLDS = settings(deadline=None, derandomize=True)
NUMBERS = st.floats(-1e100, 1e100).filter(lambda x: x == 0 or abs(x) > 1e-100)


@HOLDS
@given(st.lists(NUMBERS, min_size=1, max_size=9))
def test_a_number_moves_by_less_than_a_digit_in_the_twelfth_place(values):
    assert np.max(np.abs(steady(values) - values)) <= 0.51e-11 * np.max(np.abs(values))


@HOLDS
@given(st.lists(NUMBERS, min_size=1, max_size=9))
def test_steady_numbers_stay_as_they_are(values):
    once = steady(values)
    np.testing.assert_array_equal(steady(once), once)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        (1 / 3, 0.333333333333),
        (200 / 3, 66.6666666667),
        ([2.0, -1e-17], [2.0, 0.0]),
        (0.0, 0.0),
        ([], []),
        ([np.nan, np.inf, 1 / 3], [np.nan, np.inf, 0.333333333333]),
        (5e-324, 0.0),
    ],
)
def test_twelve_digits_of_the_largest_are_kept(value, rounded):
    np.testing.assert_array_equal(steady(value), rounded)
    assert not np.any(np.signbit(steady(value)))
