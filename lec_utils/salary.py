"""Made-up data with a known answer: salary = 1000 + 2000 · years of experience + noise."""

from lec_utils import checks

BASE, RAISE = 1000.0, 2000.0  # per month without experience, and more for each year


def salary_data(n, rng, noise=500.0):
    """``n`` people: their years of experience (0 to 10, even) and their salaries.

    Returns two arrays of shape (n,). ``noise`` is the standard deviation of the normal noise, in
    the salary's unit; ``rng`` a numpy Generator, so that a seed makes the same people again.
    The rule is that of a lesson by D. Voigt Godoy: b = 1000, w = 2000, y = b + wx + ε.
    """
    n = checks.count("n", n)
    if checks.number("noise", noise) < 0:
        raise ValueError(f"noise is a standard deviation, so it cannot be negative: got {noise}.")
    years = rng.uniform(0, 10, n)
    return years, BASE + RAISE * years + rng.normal(0, noise, n)
