"""What a check says: each function returns when all is well, and raises NotYet when it is not.

The message of a NotYet is for the learner. It says what was seen and what to look for, never what
the answer is. Answers are compared with something independent of any solution: slopes measured on
the function, this package's own algorithms, or a seal.

``name`` is always what the learner calls the thing, for the message.
"""

import re
from collections.abc import Collection, KeysView, ValuesView
from decimal import Decimal
from numbers import Real

import numpy as np

from lec_utils.descent import gradient_descent
from lec_utils.gradient_check import check_gradient
from lec_utils.practice.seal import seal
from lec_utils.practice.verdict import NotYet
from lec_utils.slopes import elementwise, factor, measured, slip

PATIENCE = 20  # calls of the derivative per guess, after which a loop counts as endless
DIGITS = 3  # so many significant digits of a number count, in every question


def agrees(got, expected):
    """Whether each number of ``got`` is that of ``expected``, rounded to DIGITS digits."""
    return bool(np.all(_close(got, expected)))


def _close(got, expected):
    """Where ``got`` agrees with ``expected``, number by number.

    A number is rounded no finer than a millionth of the largest, as a 0 among others has no digits.
    """
    got, expected = np.asarray(got, dtype=float), np.asarray(expected, dtype=float)
    size = np.abs(expected)
    size = np.maximum(size, max(1e-6 * np.max(size, initial=0.0), 1e-12))
    unit = 10.0 ** (np.floor(np.log10(size)) - DIGITS + 1)
    return np.abs(got - expected) <= 0.5 * unit * (1 + 1e-9)


def filled(value, name):
    """``value`` itself; NotYet when it is missing or still the dots of the blank."""
    if value is ...:
        raise NotYet(f"{name} is still blank: put your answer in place of the dots.")
    if value is None:
        raise NotYet(
            f"{name} is not there (or None): has its cell been run? If that stopped with an error, "
            "mend it first; after a restart, run the notebook from the top."
        )
    return value


def call(function, *arguments, name):
    """What ``function`` returns; NotYet when it is no function, stops, or returns nothing."""
    if not callable(filled(function, name)):
        raise NotYet(f"{name} is {_shown(function)}, but it should be a function.")
    try:
        result = function(*arguments)
    except NotYet:
        raise
    except Exception as error:
        why = f"{name} stops with {type(error).__name__}: {error}"
        if "has no attribute 'append'" in str(error):
            why += ": `append` changes the list itself and returns nothing, so no `=` before it."
        elif "NoneType" in str(error):
            why += ": is that what `append` returned, or an answer that you have not written yet?"
        raise NotYet(why) from error
    if result is None or result is ...:
        raise NotYet(
            f"{name} returns nothing yet: write its body and end it, in every case, with `return`."
        )
    return result


def number(value, name):
    """``value`` as a float; NotYet unless it is one finite number."""
    filled(value, name)
    if isinstance(value, tuple) and len(value) == 2 and all(isinstance(v, int) for v in value):
        raise NotYet(
            f"{name} is two numbers, {value[0]} and {value[1]}: Python writes a decimal point, "
            f"as in {value[0]}.{value[1]}."
        )
    value = _lone(value)
    if isinstance(value, str) and re.fullmatch(r"\s*[-+]?[\d.]+\s*", value):
        raise NotYet(
            f"{name} should be one number, and it is the text {_shown(value)}: write it without "
            "quotation marks."
        )
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        raise NotYet(f"{name} should be one number, and it is {_shown(value)}.")
    if not np.isfinite(value := float(value)):
        raise NotYet(f"{name} is {value}, which is not a finite number.")
    return value


def truth(value, name):
    """``value`` as True or False, for which 1 and 0 will do; NotYet for anything else."""
    value = _lone(filled(value, name))
    if not isinstance(value, Real) or value not in (0, 1):
        raise NotYet(f"{name} should be True or False, and it is {_shown(value)}.")
    return bool(value)


def _lone(value):
    """What an array without dimensions, or a number of numpy's, holds."""
    return value.item() if isinstance(value, np.ndarray | np.generic) and value.ndim == 0 else value


def array(value, name, shape=None):
    """``value`` as an array of floats, of ``shape`` where that is given; NotYet otherwise."""
    value = [*value] if isinstance(filled(value, name), KeysView | ValuesView) else value
    try:
        result = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        raise NotYet(f"{name} should hold numbers only, and it is {_shown(value)}.") from None
    if shape is not None and result.shape != tuple(shape):
        raise NotYet(f"{name} has shape {result.shape}, and it should have {tuple(shape)}.")
    return result


def same(got, expected, name, slips=None):
    """NotYet unless ``got`` is ``expected``, numbers or arrays of one shape.

    ``slips`` maps a message to the value that a well-known mistake gives; the first that fits is
    told. Otherwise the message shows what was got, and not what was expected. ``name`` may be a
    list, with a name for each number: the message is then about the first that is wrong.
    """
    expected = np.asarray(expected, dtype=float)
    got = array(got, name if isinstance(name, str) else name[0], expected.shape)
    if agrees(got, expected):
        return
    for message, wrong in (slips or {}).items():
        if agrees(got, wrong):
            raise NotYet(message)
    if not isinstance(name, str):
        first = np.argmin(_close(got, expected))
        name, got = name[first], got[first]
    raise NotYet(f"{name} is {_shown(got)}, and that is not right yet.")


def derivative(df, function, at, name="df"):
    """NotYet unless ``df`` gives the slope of ``function`` at each number of ``at``.

    The slope is measured on the function (:func:`lec_utils.slopes.measured`).
    """
    at = np.asarray(at, dtype=float)
    got = np.array([number(call(df, float(x), name=name), f"{name}({x:g})") for x in at])
    slope, *known = measured(function, at)
    if agrees(got, slope):
        return
    wrong = slip(got, slope, *known, elementwise(function, at))
    if not wrong:
        return
    if wrong == "height":
        raise NotYet(f"{name} returns the height of the curve: it should return its slope.")
    if wrong == "sign":
        raise NotYet(f"{name} has the wrong sign: where the curve rises, yours is negative.")
    if wrong == "factor" and len(at) > 1:
        times = factor(got, slope)
        raise NotYet(f"{name} is {times:.3g} times the slope everywhere: look at the factors.")
    if wrong == "offset":
        raise NotYet(
            f"{name} is off by the same number everywhere: look at the constant and at the term "
            "without a power."
        )
    _tell_first_wrong(got, slope, at, name)


def _tell_first_wrong(got, slope, at, name):
    """NotYet about the first of the places ``at`` where ``got`` is not the slope."""
    first = np.argmin(_close(got, slope))
    if agrees(np.abs(got), np.abs(slope)):
        raise NotYet(
            f"{name}({at[first]:g}) is {got[first]:.4g}: its size is right, its sign is not."
        )
    raise NotYet(
        f"{name}({at[first]:g}) is {got[first]:.4g}, and the curve's own slope there, "
        f"measured, is {slope[first]:.4g}. Go through it term by term."
    )


def gradient(grad, loss, at, name="gradient"):
    """NotYet unless ``grad(theta)`` is the gradient of ``loss`` at each theta of ``at``.

    Each theta has shape (d,), or is a number. The slopes are measured on ``loss`` itself.
    """
    for theta in at:
        theta = np.asarray(theta, dtype=float)
        got = array(call(grad, theta.copy()[()], name=name), name)
        if theta.ndim and not got.ndim:
            raise NotYet(
                f"{name} is one number: a gradient is a vector, with one slope for each of the "
                f"{theta.size} parameters."
            )
        verdict = check_gradient(loss, lambda _, got=got: got, theta)
        if not (verdict.ok or (got.shape == theta.shape and agrees(got, verdict.measured))):
            raise NotYet(f"{name}: {verdict.message}")


def descent(run, df, w0, alpha, n, name="descend"):
    """NotYet unless ``run(df, w0, alpha, n)`` returns the n guesses of gradient descent.

    ``w0`` is a float or an array of shape (d,); it is handed over as a copy. A loop that never ends
    is stopped by its derivative, which counts how often it is asked.
    """
    start = np.array(w0, dtype=float)
    got = call(run, counted(df, PATIENCE * n), start[()], alpha, n, name=name)
    path(got, gradient_descent(df, w0, alpha, n), alpha, name)


def descent_until(run, df, w0, alpha, tol, max_steps, name="descend_until"):
    """NotYet unless ``run(df, w0, alpha, tol, max_steps)`` stops at the first flat guess.

    Flat means that the size of the slope is at most ``tol``; that guess is the last of the list.
    A run that meets none takes ``max_steps`` steps. ``w0`` is a float.
    """
    whole = gradient_descent(df, w0, alpha, max_steps + 1)
    flat = np.abs([df(w) for w in whole]) <= tol
    right = int(np.argmax(flat)) + 1 if flat.any() else len(whole)
    slopes = counted(df, PATIENCE * (max_steps + 1))
    got = array(call(run, slopes, w0, alpha, tol, max_steps, name=name), f"what {name} returns")
    if got.ndim == 0:
        raise NotYet(f"{name} should return all the guesses in a list, not only the last one.")
    common = min(len(got), len(whole))
    path(got[:common], whole[:common], alpha, name)
    if len(got) < min(right, max_steps):
        _tell_early_stop(df(got[-1]), alpha, tol)
    if len(got) > right and flat.any():
        raise NotYet("your run goes on after a guess that is flat enough.")
    if len(got) != right:
        raise NotYet(f"{max_steps} steps were allowed, and yours took {len(got) - 1}.")


def _tell_early_stop(slope, alpha, tol):
    """NotYet about a run that stops where the slope is not flat."""
    short = "a step is short where alpha is small, too, so " if slope > tol >= alpha * slope else ""
    raise NotYet(
        f"your run stops at a guess whose slope is {slope:.3g}, and tol is {tol:g}: "
        f"{short}it is the size of the slope at the last guess that counts."
    )


def given(text, **values):
    """The function of x of which this is the Python text, in ``np``, ``lu`` and ``values``.

    A sandbox is handed the text, and then need not ask the grader for each value.
    """
    import lec_utils as lu  # which has this package in it

    function = eval(f"lambda x: {text}", {"np": np, "lu": lu, **values})
    function.given = text, values, None
    return function


def counted(df, limit):
    """``df`` itself, but NotYet when it is called more than ``limit`` times."""
    calls = 0

    def counting(w):
        nonlocal calls
        calls += 1
        if calls > limit:
            raise NotYet(
                f"your loop has asked for the slope {limit} times and still goes on: "
                "does every pass append a guess, and does the loop count them?"
            )
        return df(w)

    if hasattr(df, "given"):
        counting.given = *df.given[:2], limit
    return counting


def line_by_sgd(x, y, rates, rng):
    """The guesses (intercept, slope) of SGD on a line, from (0, 0): shape (len(rates) + 1, 2).

    As :func:`lec_utils.descent.sgd` with a row at a time and ``rates``, one for each update, but in
    Python's own numbers: a learner waits for it, and a class of notebooks does.
    """
    x, y, guess = x.tolist(), y.tolist(), (0.0, 0.0)
    rows = np.concatenate([rng.permutation(len(y)) for _ in range(len(rates) // len(y))])
    guesses = [guess]
    for row, rate in zip(rows.tolist(), rates.tolist(), strict=True):
        step = 2 * rate * (guess[0] + guess[1] * x[row] - y[row])
        guess = guess[0] - step, guess[1] - step * x[row]
        guesses.append(guess)
    return np.array(guesses)


def path(got, expected, alpha, name="descend"):
    """NotYet unless ``got`` holds the guesses of ``expected``, shape (n,) or (n, d).

    ``alpha`` is the learning rate of the run, by which a step that forgot it is known.
    """
    expected = np.asarray(expected, dtype=float)
    got = array(got, f"what {name} returns")
    if got.ndim < expected.ndim and got.size:
        raise NotYet(f"{name} should return all the guesses in a list, not only the last one.")
    _check_length(got, expected, name)
    if got.shape != expected.shape:
        raise NotYet(f"{name} returns shape {got.shape}, and it should be {expected.shape}.")
    if agrees(got, expected):
        return
    _check_start(got, expected, name)
    _check_steps(np.diff(got, axis=0), np.diff(expected, axis=0), alpha)
    if np.all(got == np.round(got)) and np.any(expected != np.round(expected)):
        raise NotYet("all your guesses are whole numbers: keep the decimals, and start with 0.0.")
    _check_length_of_step(np.diff(got, axis=0)[0], np.diff(expected, axis=0)[0])
    wrong = np.argmin(np.all(_close(got, expected).reshape(len(got), -1), axis=1))
    known = "the first guess is" if wrong == 1 else f"the first {wrong} guesses are"
    raise NotYet(f"{known} right, and number {wrong + 1} is not.")


def _check_length(got, expected, name):
    n, many = len(expected), len(got)
    if many == 0:
        raise NotYet(f"{name} returns an empty list: the start is the first guess.")
    if many == 1 < n:
        raise NotYet(f"{name} returns the start alone: does every pass append the new guess?")
    if many == n - 1 and np.allclose(got[0], expected[1]):
        raise NotYet(f"the start is missing from what {name} returns: it is the first guess.")
    if many in (n - 1, n + 1):
        raise NotYet(
            f"{name} returns {many} guesses instead of {n}: n counts guesses, the start "
            f"included, and the steps lie between them."
        )
    if many != n:
        raise NotYet(f"{name} returns {many} guesses, and it was asked for {n}.")


def _check_start(got, expected, name):
    if np.allclose(got, got[0]):
        raise NotYet(
            "all your guesses are the same: make a new guess in each step (w = w - ...) and do "
            "not change the old one in place."
        )
    if len(got) > 2 and np.allclose(got[1:], got[1]) and not np.allclose(expected[1:], expected[1]):
        raise NotYet("all your guesses after the start are the same: each comes from the last one.")
    if not np.allclose(got[0], expected[0]):
        raise NotYet(f"{name} does not begin with the start: it is the first guess.")


def _check_steps(steps, right, alpha):
    """NotYet when the first step, or all of them, show a well-known slip of the rule."""
    first, expected = steps[0], right[0]
    if np.allclose(first, -expected):
        raise NotYet("your steps climb: check the sign.")
    if np.allclose(first * alpha, expected):
        raise NotYet("your step forgets alpha: it is the slope itself.")
    if np.allclose(first * alpha, -expected):
        raise NotYet("your steps climb, and they forget alpha.")
    if len(steps) > 1 and np.allclose(steps, first):
        raise NotYet("every step is the same: measure the slope anew at each guess.")


def _check_length_of_step(first, expected):
    """NotYet when the first step is longer or shorter than it should be."""
    size = np.sum(expected**2)
    factor = np.sum(first * expected) / size if size else 0.0
    if factor > 0 and not np.isclose(factor, 1) and np.allclose(first, factor * expected):
        raise NotYet(f"your first step is {factor:.3g} times as long as it should be.")


def rows_used_once(batches, n, batch_size, name="batches"):
    """NotYet unless ``batches`` are the rows 0 to n − 1, each once, in pieces of ``batch_size``."""
    sizes = [len(array(batch, name)) for batch in filled(batches, name)]
    rows = np.concatenate([np.ravel(batch) for batch in batches]) if sizes else np.array([])
    if len(np.unique(rows)) < len(rows):
        raise NotYet(f"{name}: a row comes up twice in one epoch; each is used once.")
    if sorted(rows) != list(range(n)):
        raise NotYet(f"{name}: {len(rows)} of {n} rows are used; an epoch uses every row once.")
    if any(size != batch_size for size in sizes[:-1]) or sizes[-1] > batch_size:
        raise NotYet(f"{name} have sizes {sizes}: all but the last should be {batch_size}.")


def choice(answer, options, right, slips, name="your answer"):
    """NotYet unless ``answer`` is the option ``right``; ``slips`` has a message for each other.

    ``options`` is a string of letters, "abcd", or a list of words. Case and space do not matter.
    """
    answer = one_of(answer, options, name)
    if answer != right:
        raise NotYet(slips.get(answer, "that is not the one; read the question once more."))


def sealed_choice(question, answer, options, right, slips, name="your answer"):
    """As :func:`choice`, with ``right`` and the keys of ``slips`` sealed for ``question``."""
    _sealed(seal(question, one_of(answer, options, name)), right, slips, "that is not the one.")


def sealed_number(question, answer, right, slips=None, digits=DIGITS, name="your answer"):
    """NotYet unless the seal of ``answer``, a number to ``digits`` digits, is ``right``.

    ``slips`` maps the seals of well-known wrong numbers to their messages.
    """
    answer = number(answer, name)
    otherwise = f"{name} is {answer:g}, and that is not right yet."
    _sealed(seal(question, answer, digits), right, slips or {}, otherwise)


def _sealed(found, right, slips, otherwise):
    if found != right:
        raise NotYet(slips.get(found, otherwise))


def one_of(answer, options, name):
    """The answer in small letters, "b" for "B)" say; NotYet unless it is one of ``options``."""
    found = _plain(_lone(filled(answer, name)))
    if not isinstance(found, str) or found not in list(options):
        listed = ", ".join(f'"{option}"' for option in options)
        raise NotYet(f"{name} should be one of {listed}, and it is {_shown(answer)}.")
    return found


def some_of(answer, options, name):
    """The set of ``options``, letters or whole numbers, that were chosen: "a, c" or [1, 3], say.

    NotYet where something else is among them.
    """
    answer = np.ravel(answer) if isinstance(answer, np.ndarray) else filled(answer, name)
    many = answer if isinstance(answer, Collection) and not isinstance(answer, str) else [answer]
    found = [part for item in many for part in _parts(_lone(item), options)]
    for item in found:
        if isinstance(item, bool) or not isinstance(item, str | int) or item not in list(options):
            known = f"from {options[0]} to {options[-1]}"
            raise NotYet(
                f"{name} should hold only choices {known}, and {_shown(item)} is among them."
            )
    return set(found)


def _parts(item, options):
    """The choices in one item: three in "a, c and e" and in "ace", and itself in what has none."""
    number = int if not isinstance(options, str) else str
    if not isinstance(item, str):
        return [int(item) if number is int and _is_whole(item) else item]
    words = [word for word in re.findall(r"\w+", item.lower()) if word != "and"]
    for parts in (words, "".join(words)):
        if all(part in map(str, options) for part in parts):
            return [number(part) for part in parts]
    return [item]


def _is_whole(item):
    return isinstance(item, Real) and not isinstance(item, bool) and float(item).is_integer()


def _plain(answer):
    """A text in small letters, without space and signs around it."""
    return answer.strip(" \t\n\"'().:").lower() if isinstance(answer, str) else answer


def _shown(value):
    """``value`` in at most sixty characters, its numbers to six digits."""
    if isinstance(value, np.ndarray) and value.ndim:
        text = np.array2string(value, precision=6, threshold=8)
    elif callable(value):
        text = "a function"
    else:
        text = repr(value.item() if isinstance(value, np.ndarray) else value)
    if text.startswith("<"):
        text = f"an object of type {type(value).__name__}"
    text = re.sub(r"np\.\w+\(([^()]*)\)", r"\1", text)  # numpy's names of its numbers
    text = re.sub(r"\d+\.\d{6,}", lambda number: f"{float(number[0]):.6g}", text)
    return text if len(text) <= 60 else text[:57] + "..."


def own(function, library, refused, name):
    """NotYet when ``function`` stops at the arguments ``refused`` in the very words of ``library``.

    They are such as numpy takes and ``library`` does not: who says the same has called it.
    """
    if _refusal(function, refused) == (words := _refusal(library, refused)) and words:
        raise NotYet(f"{name} calls lu: write it with numpy only.")


def _refusal(function, arguments):
    """What an error says that ``function`` raises, or nothing."""
    try:
        function(*arguments)
    except Exception as error:
        return str(error)
    return ""
