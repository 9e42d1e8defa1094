"""Mutants of the solutions that get full marks, and why each deserves them.

`tests/test_mutants.py` finds them; one that is not in this list has found a weak test.
"""

SURVIVORS = {
    ("guided_01", "q5"): (
        "another place that breaks the rule",
        ["line 1: -1"],
    ),
    ("guided_01", "q6"): (
        "a list does as well as an array",
        ["line 3: call left out"],
    ),
    ("guided_02", "q3"): (
        "the start is a float already",
        ["line 3: call left out"],
    ),
    ("guided_02", "q4"): (
        "the start is a float already",
        ["line 3: call left out"],
    ),
    ("guided_02", "q7"): (
        "a whole number of numpy's is one, too",
        ["line 1: call left out"],
    ),
    ("guided_03", "q3"): (
        "another short chord below the curve",
        ["line 1: -0.1", "line 1: -0.3", "line 1: sign left out"],
    ),
    ("guided_03", "q4"): (
        "the measurement is the same with h on the other side",
        ["line 1: -0.001"],
    ),
    ("guided_04", "q6"): (
        "three digits count in every number",
        ["line 1: 10001", "line 1: 9999"],
    ),
    ("guided_06", "q6"): (
        "epsilon only keeps 0/0 away, with either sign",
        ["line 1: -1e-08", "line 4: Sub"],
    ),
    ("independent_01", "q2"): (
        "a list does as well as an array",
        ["line 3: call left out"],
    ),
    ("independent_01", "q5"): (
        "0 is dealt with in the line before",
        ["line 5: GtE"],
    ),
    ("independent_02", "q5"): (
        "the start is a float already",
        ["line 3: call left out"],
    ),
    ("independent_02", "q6"): (
        "another number of guesses that reaches the goal",
        ["line 3: 49", "line 3: 51"],
    ),
    ("independent_03", "q3"): (
        "the values are of one length, and no curve is off by 1e-9 exactly",
        ["line 4: False", "line 5: GtE"],
    ),
    ("independent_03", "q5"): (
        "how the steps shrink is free",
        ["line 5: 2", "line 5: call left out"],
    ),
    ("independent_04", "q6"): (
        "how many guesses is free, the last two are as good, and -1 and 1 are one place of two",
        ["line 5: 48", "line 5: 50", "line 7: -1", "line 7: 2", "line 9: 2"],
    ),
    ("independent_05", "q1"): (
        "a list does as well as an array",
        ["line 4: call left out"],
    ),
    ("independent_05", "q2"): (
        "a list does as well as an array",
        ["line 8: call left out"],
    ),
    ("independent_05", "q4"): (
        "a list does as well as an array; -1 and 1 are one place of two",
        ["line 12: call left out", "line 4: -1"],
    ),
    ("independent_05", "q5"): (
        "how the rate decays is free",
        ["line 6: 101", "line 6: 99"],
    ),
    ("independent_05", "q6"): (
        "batch size, epochs and seed are free, and 20 epochs forget the start",
        [
            "line 9: -1",
            "line 9: 1",
            "line 2: 31",
            "line 2: 33",
            "line 4: 19",
            "line 4: 21",
            "line 5: 0",
            "line 5: 2",
        ],
    ),
    ("independent_06", "q3"): (
        "epsilon only keeps 0/0 away, with either sign",
        ["line 1: -1e-08", "line 7: Sub"],
    ),
    ("independent_06", "q5"): (
        "both rules give the peak at the last update of the warm-up",
        ["line 3: 9"],
    ),
    ("independent_06", "q6"): (
        "another alpha with which Adam arrives; one guess more or less at the end counts nothing",
        ["line 5: 1.1", "line 8: 1000", "line 8: 1002"],
    ),
}
