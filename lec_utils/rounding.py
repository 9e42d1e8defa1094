"""Numbers without their last digits, in which computers differ."""

import numpy as np

MOST_DECIMALS = 300  # np.round overflows above


def steady(values):
    """``values``, a number or an array, rounded to 12 digits of the largest of them.

    The last digits of ``lstsq``, ``@``, ``eigvalsh`` and even ``**`` depend on the processor. A
    figure is to be the same on each, as its stored output is compared with a new one; and a level
    line may run another way round a corner of the grid that lies on it but for the last digit.
    """
    largest = np.max(np.abs(values), where=np.isfinite(values), initial=0.0) or 1.0
    decimals = min(11 - int(np.floor(np.log10(largest))), MOST_DECIMALS)
    return np.round(values, decimals) + 0.0  # and no -0.0
