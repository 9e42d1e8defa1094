"""The other rules, against closed forms, each other, and another library."""

import inspect
from functools import partial

import numpy as np
import pytest
from sklearn.neural_network._stochastic_optimizers import AdamOptimizer, SGDOptimizer

import lec_utils as lu

METHODS = [lu.momentum, lu.nesterov, lu.adagrad, lu.rmsprop, lu.adam]
HESSIAN = np.diag([1.0, 100.0])
steep = lambda w: HESSIAN @ w


def stepped_by(optimiser, gradient, w0, n, read=lambda w: w):
    """The guesses of one of scikit-learn's optimisers, which change parameters in place."""
    w, guesses = np.array(w0, dtype=float), []
    for _ in range(n):
        guesses.append(w.copy())
        optimiser.update_params([w], [gradient(w)])
    return np.array(guesses)


@pytest.mark.parametrize("method", METHODS)
def test_a_run_has_the_form_of_sgd(method):
    path, cost = method(steep, [1.0, -1.0], 0.01, 6)
    assert isinstance(path, lu.Path) and path.shape == (6, 2)
    assert cost.tolist() == [0, 1, 2, 3, 4, 5]
    in_one, cost = method(lu.df, 0.5, 0.01, 6)
    assert in_one.shape == (6,)


@pytest.mark.parametrize("method", METHODS)
def test_the_gradient_is_asked_once_an_update(method):
    asked = []
    method(lambda w: asked.append(w) or 2 * w, 1.0, 0.1, 8)
    assert len(asked) == 7


@pytest.mark.parametrize("method", [lu.momentum, lu.nesterov])
def test_without_memory_the_ball_is_gradient_descent(method):
    path, _ = method(steep, [1.0, -1.0], 0.015, 40, beta=0)
    assert np.array_equal(path, lu.gradient_descent(steep, [1.0, -1.0], 0.015, 40))


def test_momentum_on_a_parabola_is_the_power_of_its_matrix():
    curvature, alpha, beta = 3.0, 0.2, 0.6
    path, _ = lu.momentum(lambda w: curvature * w, 2.0, alpha, 30, beta=beta)
    # w_{k+1} = (1 + beta − alpha c) w_k − beta w_{k−1}, from w_{−1} = w_0
    update = np.array([[1 + beta - alpha * curvature, -beta], [1, 0]])
    expected = [(np.linalg.matrix_power(update, k) @ [2.0, 2.0])[0] for k in range(30)]
    assert np.allclose(path, expected, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("beta", [0.0, 0.3, 0.9])
def test_momentum_breaks_beyond_the_limit_that_grows_with_beta(beta):
    limit = 2 * (1 + beta) / 100
    end = lambda alpha: np.abs(lu.momentum(steep, [1.0, 1.0], alpha, 3000, beta=beta)[0][-1]).max()
    assert end(0.98 * limit) < 1e-6
    assert end(1.02 * limit) > 1e6


def test_polyaks_choice_shrinks_as_the_root_of_the_condition_number_says():
    root = np.sqrt(100)
    beta, alpha = ((root - 1) / (root + 1)) ** 2, 4 / (root + 1) ** 2
    path, _ = lu.momentum(steep, [1.0, 1.0], alpha, 200, beta=beta)
    long = np.linalg.norm(path, axis=1)
    # A double eigenvalue √beta: the distance is at most (a + b k) √beta^k.
    rate = (long[-1] / long[-101]) ** (1 / 100)
    assert np.sqrt(beta) < rate < np.sqrt(beta) * 1.02


@pytest.mark.parametrize("ahead", [False, True])
def test_the_ball_is_that_of_scikit_learn(ahead):
    w0, alpha, beta = [1.0, -1.0], 0.009, 0.9
    optimiser = SGDOptimizer([np.array(w0)], alpha, momentum=beta, nesterov=ahead)
    found = stepped_by(optimiser, steep, w0, 60)
    path, _ = (lu.nesterov if ahead else lu.momentum)(steep, w0, alpha, 60, beta=beta)
    if ahead:  # its parameters are the places where the slope is read, w + beta v
        path = path + beta * np.diff(path, axis=0, prepend=path[:1])
    assert np.allclose(path, found, rtol=0, atol=1e-10)


def test_adam_is_that_of_scikit_learn():
    tips = lu.load_tips()
    X, y = lu.with_intercept(tips["total_bill"]), tips["tip"]
    gradient = lambda theta: lu.mse_gradient(theta, X, y)
    # So small an epsilon that it does not matter where it stands.
    optimiser = AdamOptimizer([np.zeros(2)], 0.01, 0.9, 0.999, epsilon=1e-14)
    found = stepped_by(optimiser, gradient, [0.0, 0.0], 500)
    path, _ = lu.adam(gradient, [0.0, 0.0], 0.01, 500, epsilon=1e-14)
    assert np.allclose(path, found, rtol=0, atol=1e-10)


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e6])
def test_adams_first_step_is_alpha_whatever_the_gradient(size):
    path, _ = lu.adam(lambda w: size * np.array([3.0, -0.5]), [0.0, 0.0], 0.01, 2)
    assert np.allclose(path[1], [-0.01, 0.01], rtol=1e-4)


def test_epsilon_is_added_to_the_root():
    g, alpha, epsilon = 0.25, 0.1, 0.5
    for method, size in ((lu.adam, g), (lu.adagrad, g), (lu.rmsprop, g * np.sqrt(0.1))):
        path, _ = method(lambda w: np.float64(g), 0.0, alpha, 2, epsilon=epsilon)
        assert path[1] == pytest.approx(-alpha * g / (size + epsilon), rel=1e-12)


def test_adagrad_on_a_constant_slope_takes_steps_like_one_over_the_root():
    path, _ = lu.adagrad(lambda w: np.float64(5.0), 0.0, 0.1, 50)
    assert np.allclose(np.diff(path), -0.1 / np.sqrt(np.arange(1, 50)), rtol=1e-6)


def test_rmsprop_on_a_constant_slope_forgets_its_start():
    path, _ = lu.rmsprop(lambda w: np.float64(5.0), 0.0, 0.1, 200, beta=0.9)
    sums = 1 - 0.9 ** np.arange(1, 200)  # of a geometric series
    assert np.allclose(np.diff(path), -0.1 / np.sqrt(sums), rtol=1e-6)


@pytest.mark.parametrize("method", [lu.adagrad, lu.rmsprop, lu.adam])
def test_each_number_has_a_step_of_its_own(method):
    """Another unit for one parameter changes its slope, and not its steps: so they do not turn."""
    slope = lambda units: lambda w: np.array([2.0, 6.0]) * units
    one, _ = method(slope([1, 1]), [0.0, 0.0], 0.1, 20, epsilon=1e-14)
    other, _ = method(slope([1, 1000]), [0.0, 0.0], 0.1, 20, epsilon=1e-14)
    assert np.allclose(one, other)


@pytest.mark.parametrize("method", METHODS)
def test_alpha_may_change_from_update_to_update(method):
    constant, _ = method(steep, [1.0, -1.0], 0.005, 20)
    asked = []
    path, _ = method(steep, [1.0, -1.0], lambda t: asked.append(t) or 0.005, 20)
    assert np.array_equal(path, constant) and asked == [*range(19)]


@pytest.mark.parametrize("method", METHODS)
def test_bad_input_is_answered_as_by_gradient_descent(method):
    for given, kind in (
        ((lu.f, 0.5, 0.01, 5), ValueError),
        ((3, 0.5, 0.01, 5), TypeError),
        ((lu.df, "0.5", 0.01, 5), TypeError),
        ((lu.df, 0.5, -0.01, 5), ValueError),
        ((lu.df, 0.5, 0.01, 2.5), TypeError),
        ((lambda w: None, 0.5, 0.01, 5), TypeError),
    ):
        with pytest.raises(kind) as told:
            method(*given)
        with pytest.raises(kind) as expected:
            lu.gradient_descent(*given)
        assert str(told.value) == str(expected.value)


@pytest.mark.parametrize(
    ("method", "name", "value"),
    [
        (lu.momentum, "beta", 1.1),
        (lu.nesterov, "beta", -0.1),
        (lu.rmsprop, "beta", 1.0),
        (lu.adam, "beta1", 1.0),
        (lu.adam, "beta2", 1.0),
        (lu.adam, "epsilon", 0.0),
        (lu.adagrad, "epsilon", -1.0),
    ],
)
def test_a_knob_out_of_reach_is_named(method, name, value):
    with pytest.raises(ValueError, match=f"^{name} "):
        method(lu.df, 0.5, 0.01, 5, **{name: value})


def hill(theta):
    return theta @ theta


def on_map(paths):
    return lu.draw_paths({"ball": paths}, lu.draw_contour(hill, (-2, 2), (-2, 2)))


TAKE_A_PATH = {
    "play": (partial(lu.play, lu.f), partial(lu.play, hill)),
    "diagnose": (lu.diagnose, lu.diagnose),
    "draw_path": (partial(lu.draw_path, lu.f),),
    "draw_paths": (None, on_map),
}


def test_all_that_take_a_path_are_known():
    of_a_file = {"write_rows", "read_batches"}
    assert of_a_file | TAKE_A_PATH.keys() == {
        name
        for name, function in vars(lu).items()
        if inspect.isfunction(function)
        and {"path", "paths"} & inspect.signature(function).parameters.keys()
    }


RUNS = {
    "momentum": lambda w0: lu.momentum(lambda w: 2 * w, w0, 0.1, 51),
    "two guesses": lambda w0: lu.adam(lambda w: 2 * w, w0, 0.1, 2),
    "sgd": lambda w0: lu.sgd(
        lambda w, X, y: 2 * w, w0, 0.1, 5, 2, np.random.default_rng(0),
        X=np.ones((4, *np.shape(w0))), y=np.ones(4),
    ),
}  # fmt: skip


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize(
    ("name", "d"), [(name, d) for name, of in TAKE_A_PATH.items() for d in range(len(of)) if of[d]]
)
def test_a_path_with_its_cost_is_refused_and_without_it_taken(name, d, run):
    take, pair = TAKE_A_PATH[name][d], RUNS[run]([1.0, [1.0, 0.5]][d])
    take(pair[0])
    with pytest.raises(ValueError, match="this is a pair, a path and its cost.*`path, cost = "):
        take(pair)


@pytest.mark.parametrize("part", [slice(None), 0])
def test_paths_without_names_are_refused(part):
    run = RUNS["momentum"]([1.0, 0.5])[part]
    with pytest.raises(
        ValueError, match=r"paths maps names to paths, \{name: path\}, got (tuple|Path)"
    ):
        lu.draw_paths(run, lu.draw_contour(hill, (-2, 2), (-2, 2)))


def test_two_guesses_in_a_tuple_are_a_path():
    path = lu.gradient_descent(steep, [1.0, -1.0], 0.01, 6)
    assert lu.diagnose(([4.0, 2.0], [2.0, 1.0])).word == lu.diagnose([*path[:2]]).word
    assert len(lu.play(hill, (path[0], path[1])).values({})["told0"]) == 2


def test_a_run_that_breaks_off_says_so():
    path, cost = lu.momentum(steep, [1.0, 1.0], 0.1, 5000)
    assert "overflowed" in path.note and len(path) == len(cost) < 5000


def test_lessards_strongly_convex_function_makes_the_heavy_ball_cycle():
    """Lessard, Recht and Packard, 2016, section 4.6: three places for ever."""
    slope = lambda x: 25 * x if x < 1 else (x + 24 if x < 2 else 25 * x - 24)
    path, _ = lu.momentum(slope, 3.3, 1 / 9, 301, beta=4 / 9)
    assert np.allclose(path[-3:], path[-6:-3], atol=1e-9) and np.ptp(path[-3:]) > 1
    assert lu.diagnose(path).word == "cycling"
    calm = lu.gradient_descent(slope, 3.3, 1 / 25, 301)
    assert abs(calm[-1]) < 1e-9
