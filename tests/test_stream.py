"""Rows in a file: written, read a piece at a time, and never all in memory."""

import tracemalloc

import numpy as np
import pytest

import lec_utils as lu


def pieces(rows, columns=2, piece=1000):
    """Pairs (X, y), made as they are asked for, with y = 1 + 2 + … times the columns."""
    rng = np.random.default_rng(0)
    for first in range(0, rows, piece):
        X = rng.normal(size=(min(piece, rows - first), columns))
        yield X, X @ np.arange(1.0, columns + 1)


def whole(batches):
    """All the batches as one X and one y."""
    X, y = zip(*batches, strict=True)
    return np.concatenate(X), np.concatenate(y)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rows.bin"


@pytest.mark.parametrize("columns", [1, 2, 5])
@pytest.mark.parametrize("batch_size", [1, 7, 10, 25, 100])
def test_what_was_written_is_read_in_its_order_a_batch_at_a_time(path, columns, batch_size):
    assert lu.write_rows(path, pieces(25, columns, piece=10)) == 25
    batches = list(lu.read_batches(path, columns, batch_size))
    X, y = whole(pieces(25, columns, piece=10))
    np.testing.assert_array_equal(whole(batches)[0], X)
    np.testing.assert_array_equal(whole(batches)[1], y)
    sizes = [len(y) for _, y in batches]
    assert sizes == [batch_size] * (25 // batch_size) + [25 % batch_size] * (25 % batch_size > 0)
    assert {X.shape[1:] for X, _ in batches} == {(columns,)}


def test_whole_numbers_are_written_as_floats_and_the_file_holds_nothing_else(path):
    lu.write_rows(path, [([[1, 2], [3, 4]], [5, 6])])
    assert np.fromfile(path).tolist() == [1, 2, 5, 3, 4, 6]


def test_a_new_file_takes_the_place_of_an_old_one(path):
    lu.write_rows(path, pieces(30))
    assert lu.write_rows(str(path), pieces(10)) == 10
    assert len(whole(lu.read_batches(str(path), 2, 4))[1]) == 10


def test_a_batch_can_be_changed_without_changing_the_file(path):
    lu.write_rows(path, pieces(10))
    before = path.read_bytes()
    for X, y in lu.read_batches(path, 2, 5):
        X *= 0
        y *= 0
    assert path.read_bytes() == before


def test_a_streamed_run_is_the_run_on_the_rows_in_memory(path):
    lu.write_rows(path, pieces(1050))
    X, y = whole(pieces(1050))
    cuts = range(100, 1050, 100)
    in_memory = zip(np.split(X, cuts), np.split(y, cuts), strict=True)
    expected = lu.descend_batches(lu.mse_gradient, [0.0, 0.0], 0.1, in_memory)
    streamed = lu.descend_batches(lu.mse_gradient, [0.0, 0.0], 0.1, lu.read_batches(path, 2, 100))
    for ours, theirs in zip(streamed, expected, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-12)
    assert streamed[1][-1] == 1050
    np.testing.assert_allclose(streamed[0][-1], [1, 2], atol=0.2)


def test_one_batch_of_all_rows_is_a_step_of_gradient_descent(path):
    lu.write_rows(path, pieces(50))
    X, y = whole(pieces(50))
    streamed, _ = lu.descend_batches(lu.mse_gradient, [0.0, 0.0], 0.1, lu.read_batches(path, 2, 50))
    batch = lu.gradient_descent(lambda theta: lu.mse_gradient(theta, X, y), [0.0, 0.0], 0.1, 2)
    np.testing.assert_allclose(streamed, batch)


def peak_of_a_streamed_run(path, rows):
    """In bytes, numpy's included; the pages of a mapped file are the system's, and not counted."""
    lu.write_rows(path, pieces(rows))
    tracemalloc.start()
    try:
        _, cost = lu.descend_batches(
            lu.mse_gradient, [0.0, 0.0], 0.1, lu.read_batches(path, 2, 4000)
        )
        return cost[-1], tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_the_memory_of_a_streamed_run_stays_flat_while_the_file_grows_tenfold(path):
    peak_of_a_streamed_run(path, 4000)  # what only a first run allocates
    (few, small), (many, large) = (peak_of_a_streamed_run(path, n) for n in (20_000, 200_000))
    assert (few, many) == (20_000, 200_000)
    assert large < 1.5 * small
    assert large < path.stat().st_size / 10


def test_the_memory_of_writing_stays_flat_too(path):
    peaks = []
    for rows in (2_000, 20_000, 200_000):
        tracemalloc.start()
        lu.write_rows(path, pieces(rows))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < 1.5 * peaks[1]


# Files and rows that cannot be meant


def cut(path):
    path.write_bytes(path.read_bytes()[:-8])


def torn(path):
    path.write_bytes(path.read_bytes()[:-3])


def emptied(path):
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [cut, torn, emptied])
def test_a_file_that_was_cut_off_is_refused_in_words(path, damage):
    lu.write_rows(path, pieces(10))
    damage(path)
    with pytest.raises(ValueError, match="does not hold whole rows of 3 numbers.*cut off"):
        next(lu.read_batches(path, 2, 5))


def test_a_wrong_number_of_columns_is_refused_in_words(path):
    lu.write_rows(path, pieces(10))
    with pytest.raises(ValueError, match="whole rows of 4 numbers: is `columns` right"):
        next(lu.read_batches(path, 3, 5))


def test_a_file_that_is_not_there_is_named(path):
    with pytest.raises(FileNotFoundError, match="rows.bin"):
        next(lu.read_batches(path, 2, 5))


@pytest.mark.parametrize("batch_size, error", [(0, ValueError), (2.5, TypeError)])
def test_a_batch_size_that_cannot_be_meant_is_refused_in_words(path, batch_size, error):
    lu.write_rows(path, pieces(10))
    with pytest.raises(error, match="batch_size must be"):
        next(lu.read_batches(path, 2, batch_size))


@pytest.mark.parametrize("later", [(np.ones((2, 3)), np.ones(2)), (np.ones(2), np.ones(2))])
def test_pieces_of_different_widths_are_refused_in_words(path, later):
    with pytest.raises(ValueError, match="first piece has 3 columns with y, .* after 1 rows has"):
        lu.write_rows(path, [(np.ones((1, 2)), np.ones(1)), later])


def test_one_column_is_read_back_as_one_column_however_it_was_given(path):
    lu.write_rows(path, [(np.array([1.0, 2.0]), np.array([3.0, 4.0])), ([[5.0]], [6.0])])
    X, y = whole(lu.read_batches(path, 1, 2))
    assert (X.tolist(), y.tolist()) == ([[1], [2], [5]], [3, 4, 6])


def test_rows_without_their_own_y_are_refused_in_words(path):
    with pytest.raises(ValueError, match=r"X and y do not match: shapes \(3, 2\) and \(2,\)"):
        lu.write_rows(path, [(np.ones((3, 2)), np.ones(2))])


def test_a_file_that_was_refused_half_way_is_not_left_behind(tmp_path):
    pieces = [(np.ones((2, 2)), np.ones(2)), (np.ones((2, 3)), np.ones(2))]
    with pytest.raises(ValueError, match="rows of a file are alike"):
        lu.write_rows(tmp_path / "rows", pieces)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("columns, size, name", [(-1, 2, "columns"), (1, 0, "batch_size")])
def test_columns_and_batches_are_counted(tmp_path, columns, size, name):
    lu.write_rows(tmp_path / "rows", [([1.0, 2.0], [3.0, 4.0])])
    with pytest.raises(ValueError, match=f"{name} must be at least 1"):
        next(lu.read_batches(tmp_path / "rows", columns, size))


def test_data_are_asked_for_by_name_and_drawn_by_a_generator():
    with pytest.raises(ValueError, match=r"no data called \['tips'\]: choose one of"):
        lu.choose_data(["tips"])
    with pytest.raises(TypeError, match="rng must be a generator"):
        lu.salary_data(3, 0)
