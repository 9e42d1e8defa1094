"""What Jupyter runs, the grader runs: magics, commands, `await`, and what a shell keeps."""

import csv
import json

import nbformat
import pytest
from hostile.small import ANSWER, DESCEND, DOUBLE, scores, words
from nbclient import NotebookClient

from grading.grades import write_grades
from grading.process import IDLE
from grading.record import graded
from grading.submission import read_submission

# Ways to write an answer. The last cell of each leaves it in `got`, or Jupyter does not.
WAYS = {
    "time": ["%%time\ngot = 1"],
    "time, after blank lines": ["\n\n%%time \n\ngot = 1\n"],
    "time, under a comment": ["# a comment\n%%time\ngot = 1"],
    "time, of a function": [
        "%%time\ndef f(n):\n    return n if n < 2 else f(n - 1) + f(n - 2)",
        "got = f(9)",
    ],
    "time, and an error": ["%%time\ngot = 1\n1 / 0\ngot = 2"],
    "time, and a wrong line": ["%%time\ngot = = 1"],
    "time, and await": ["%%time\nimport asyncio\nawait asyncio.sleep(0)\ngot = 1"],
    "time, and a value": ["%%time\nx = 3\nx + 1", "got = _"],
    "time, and words behind": ["%%time got = 1\nx = 1"],
    "time in a line": ["%time got = 3"],
    "time in a line, with a value": ["got = %time 5 + 5"],
    "time in a line, twice": ["%time got = 1; x = 1\n%time got = got + x  # why"],
    "time in a line, and an error": ["%time 1 / 0\ngot = 1"],
    "time in a loop": ["for i in range(3):\n    %time got = i"],
    "time in a function": ["def f():\n    x = 4\n    %time y = x + 1\n    return x", "got = f()"],
    "capture": ["%%capture out\nprint('said')\ngot = 1", "got = got, out.stdout"],
    "capture, and an error": ["%%capture\ngot = 1\n1 / 0\ngot = 2"],
    "capture, and await": ["%%capture\nimport asyncio\nawait asyncio.sleep(0)\ngot = 1"],
    "capture over time": ["%%capture\n%%time\ngot = 5"],
    "time over capture": ["%%time\n%%capture\ngot = 5"],
    "capture over time in a line": ["%%capture\n%time got = 5"],
    "timeit": ["%%timeit -n1 -r1\ngot = 1"],
    "timeit, its result": [
        "r = %timeit -n1 -r2 -o -q 5\ngot = type(r).__name__, r.repeat, r.loops"
    ],
    "timeit, and an error": ["%timeit -n1 -r1 nonsense\ngot = 1"],
    "prun": ["%%prun -q\ngot = 5"],
    "prun in a line": ["%prun -q got = sum([1, 2])"],
    "a file, imported": ["%%writefile made.py\nmade = 7", "from made import made as got"],
    "a file, lengthened": [
        "%%writefile longer.py\na = 1\n",
        "%%writefile -a longer.py\nb = 2\n",
        "import longer\ngot = longer.a + longer.b",
    ],
    "a file, changed": [
        "%%writefile new.py\nv = 1\n",
        "import new, importlib",
        "%%writefile new.py\nv = 2222\n",
        "importlib.reload(new)\ngot = new.v",
    ],
    "a file with a name of ours": [
        "%%writefile kernel.py\nv = 1\n",
        "%%writefile shell.py\nv = 2\n",
        "import kernel, shell\ngot = kernel.v, shell.v",
    ],
    "a file in a new folder": [
        "%mkdir inside",
        "%%writefile inside/deep.py\nv = 3\n",
        "from inside.deep import v as got",
    ],
    "a file, run": [
        "%%writefile script.py\nimport sys\ngot = sys.argv[1:]\n",
        "%run script.py a b",
    ],
    "a file, run, and an error": [
        "%%writefile bad.py\ngot = 5\n1 / 0\n",
        "%run bad.py\ngot = got + 1",
    ],
    "autoreload": ["%load_ext autoreload\n%autoreload 2\ngot = 1", "%autoreload 0"],
    "the environment": ["value = 'set'", "%env ONE=$value", "import os\ngot = os.environ['ONE']"],
    "matplotlib": ["%matplotlib inline\n%config InlineBackend.figure_format = 'retina'\ngot = 1"],
    "pylab": ["%pylab inline\ngot = float(pi)"],
    "figures end with their cell": [
        "import matplotlib.pyplot as plt\nplt.plot([1])",
        "got = len(plt.get_fignums())",
    ],
    "await": [
        "import asyncio\nasync def f(x):\n    await asyncio.sleep(0)\n    return x",
        "got = await asyncio.gather(f(1), f(2))",
    ],
    "await in a block": ["if True:\n    got = await f(3)"],
    "async for": ["async def each():\n    yield 5", "async for got in each():\n    pass"],
    "a task, later": ["task = asyncio.create_task(f(4))", "got = await task"],
    "a loop of one's own": ["got = asyncio.run(f(1))"],
    "await where it may not be": ["def g():\n    return await f(1)\ngot = 1"],
    "get_ipython": [
        "from IPython import get_ipython\nget_ipython().run_line_magic('time', 'got = 1')"
    ],
    "whether it is Jupyter": ["got = type(get_ipython()).__name__"],
    "who it is": ["import getpass\ngot = bool(getpass.getuser())"],
    "get_ipython, a cell": ["get_ipython().run_cell('got = 1')"],
    "get_ipython, names": ["get_ipython().user_ns['got'] = 1"],
    "getsource": ["import inspect\ndef g(x):\n    return x + 1", "got = inspect.getsource(g)"],
    "getsource under time": ["%%time\ndef h(x):\n    return x\ngot = inspect.getsource(h)"],
    "getsource under capture": ["%%capture\ndef h(x):\n    return x\ngot = inspect.getsource(h)"],
    "_": ["11", "12", "13", "got = _, __, ___"],
    "_, and silence": ["21", "22;", "None", "print(1)", "got = _"],
    "In and Out": ["31", "got = In[-2], Out[len(In) - 2]"],
    "the number of a cell": ["", "# only a comment", "got = len(In)"],
    "the last value of more": [
        "%config InteractiveShell.ast_node_interactivity = 'all'",
        "1\n2",
        "got = _, __",
        "%config InteractiveShell.ast_node_interactivity = 'last_expr'",
    ],
    "display": ["from IPython.display import clear_output\nclear_output()\ndisplay(5)\ngot = 1"],
    "help": ["len?\ngot = 1\n?len\nlen??"],
    "help on nothing": ["nonsense?\ngot = 1"],
    "a command": ["!echo 5 > five.txt\ngot = open('five.txt').read()"],
    "a command's words": ["name = 'me'", "got = !echo {name} $name"],
    "a command that fails": ["!exit 3", "got = _exit_code"],
    "a command of Python": ["got = !python -c 'print(1 + 1)'"],
    "a command without its sign": ["pwd", "got = type(_).__name__"],
    "bash": ["%%bash -s abc\necho $1 > bash.txt", "got = open('bash.txt').read()"],
    "bash's words": ["%%bash --out got\necho said"],
    "html": ["%%html\n<b>bold</b>", "got = 1"],
    "a folder": ["cd /tmp", "import os\ngot = os.getcwd()", "%cd -"],
    "a magic of one's own": [
        "from IPython.core.magic import *",
        "@register_cell_magic\ndef only_if(line, cell):\n"
        "    if eval(line):\n        get_ipython().ex(cell)",
        "%%only_if True\ngot = 1",
    ],
    "a magic of one's own, and an error": [
        "@register_line_magic\ndef boom(line):\n    raise ValueError(line)",
        "%boom x\ngot = 1",
    ],
    "a system's file": [
        "got = 0\ntry:\n    open('/etc/nothing')\nexcept FileNotFoundError:\n    got = 1"
    ],
    "kept": ["kept = 5\n%store kept", "del kept", "%store -r kept", "got = kept"],
    "prompts": [">>> def p():\n...     return 4\n>>> got = p()"],
    "a cell set in": ["    got = 5\n    x = 1"],
    "line ends of Windows": ["%%time\r\nif True:\r\n    got = 1\r\n"],
    "an error in the middle": ["got = 1\nraise ValueError('x')\ngot = 2"],
    "an error found late": ["got = 1\nreturn 5"],
    "a wrong line": ["got = 1\nx = = 2"],
    "an end": ["got = 1\nimport sys\nsys.exit(3)"],
    "a widget": [
        "import ipywidgets\nseen = []\nipywidgets.interact(lambda x: seen.append(x), x=(0, 9))",
        "got = seen",
    ],
    "pickled": ["import pickle\ndef p():\n    return 3\ngot = pickle.loads(pickle.dumps(p))()"],
    "a check before it": [
        "grader = type('', (), {'check': print})()",
        "grader.check('q1'); got = 2.4",
    ],
}
NOTE = "told.append(repr(globals().pop('got', 'nothing')))"


def written():
    """The cells of all ways in a row, each with its own word of what it left."""
    yield "told = []"
    for cells in WAYS.values():
        yield from (*cells, NOTE)


@pytest.fixture(scope="module")
def in_jupyter(tmp_path_factory):
    """What each way leaves in a real kernel."""
    cells = [nbformat.v4.new_code_cell(cell) for cell in (*written(), "print(told)")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    place = {"metadata": {"path": str(tmp_path_factory.mktemp("jupyter"))}}
    NotebookClient(notebook, allow_errors=True, resources=place, kernel_name="python3").execute()
    told = eval(notebook.cells[-1].outputs[0].text)
    return dict(zip(WAYS, told, strict=True))


def test_each_way_leaves_what_it_leaves_in_jupyter(sandbox, in_jupyter):
    differ = f"was = {[*in_jupyter.values()]!r}\nnames = {[*in_jupyter]!r}\n" + (
        "differ = [each for each in zip(names, was, told, strict=True) if each[1] != each[2]]\n"
        "def double(x):\n    raise ValueError(differ[:3])"
    )
    told = sandbox.grade(*written(), differ)
    assert told.results["q1"][0].message.endswith("ValueError: []"), words(told, "q1")
    assert sum(left == repr("nothing") for left in in_jupyter.values()) < 16  # errors


# What is passed over, and what is said of it; the answer below it is an answer.
PASSED_OVER = {
    "%pip install torch": "%pip install torch is not run in grading",
    "!pip install -q torch": "!pip install -q torch is not run in grading",
    "x = !python -m pip install torch": "!python -m pip install torch is not run in grading",
    "%load_ext nobody_has_it": "%load_ext nobody_has_it is not run in grading",
    "%lprun -f double double(1)": "%lprun -f double double(1) is not run in grading",
    "%run helper.py": "%run helper.py is not run in grading (File `'helper.py'` not found.)",
    "!wget -q https://example.com/data.csv": "data.csv is not run in grading (it ends with 4)",
    "exit()": "exit is not run in grading",
    "%%debug": "%%debug is not run in grading",
    "breakpoint()": "breakpoint() is not run in grading",
    "%pip install " + "long" * 99: "longlo… is not run in grading",
    "for _ in range(9):\n    %pip list": "%pip list is not run in grading",
}
# What the rest of a cell cannot do without.
LOST = {
    "%%nobody_has_it": "%%nobody_has_it is not run in grading",
    "# a comment\n%%time": "UsageError: Line magic function `%%time` not found.",
    "import pdb; pdb.set_trace()": "BdbQuit: ",
    "%timeit nonsense": "NameError: name 'nonsense' is not defined",
    "%%bash\nexit 3 #": "CalledProcessError: ",
}


def test_what_cannot_run_is_named_and_the_rest_of_its_cell_runs(sandbox):
    cells = [f"{line}\nanswers = answers + 1" for line in PASSED_OVER]
    last = "def double(x):\n    return x * 2 if answers == " + f"{len(cells)} else 0"
    told = sandbox.grade("answers = 0", *cells, last, DESCEND, ANSWER)
    assert scores(told) == (2, 2, 2)
    assert len(told.notes) == len(cells)
    for n, (note, says) in enumerate(zip(told.notes, PASSED_OVER.values(), strict=True), start=2):
        assert note.startswith(f"cell {n}: ") and note.count("not run") == 1 and says in note


def test_what_cannot_be_done_without_is_named(sandbox):
    cells = [f"{line}\nanswer = 'c'" for line in LOST]
    told = sandbox.grade(DOUBLE, DESCEND, ANSWER, *cells)
    assert scores(told) == (2, 2, 2)
    for n, (note, says) in enumerate(zip(told.notes, LOST.values(), strict=True), start=4):
        assert note.startswith(f"cell {n}: {says}")


def test_the_table_names_what_was_not_run(sandbox, tmp_path):
    told = sandbox.grade(f"%pip install torch\n{DOUBLE}", DESCEND, ANSWER)
    record = {**graded("anna.ipynb", IDLE, told), "student": "anna", "late": False}
    write_grades([record], sandbox.archive, tmp_path / "grades.csv")
    with open(tmp_path / "grades.csv", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert row["total"] == "6"
    assert row["status"] == "cell 1: %pip install torch is not run in grading"


def test_a_measured_statement_runs_once_and_not_a_million_times(sandbox):
    counted = "runs = []\n%timeit runs.append(1)\n%timeit -n 10000 -r 9 runs.append(1)"
    double = "def double(x):\n    return x * len(runs)"
    assert scores(sandbox.grade(counted, double, DESCEND, ANSWER)) == (2, 2, 2)


def test_a_notebook_whose_folder_is_gone_goes_on(sandbox):
    gone = "import os, shutil\nshutil.rmtree(os.getcwd(), ignore_errors=True)\nos.rmdir('/tmp/x')"
    cells = "%mkdir /tmp/x\n%cd /tmp/x", gone, f"%%time\n{DOUBLE}", DESCEND, ANSWER
    assert scores(sandbox.grade(*cells)) == (2, 2, 2)


# -- what counts as code --


def read(folder, cells, metadata):
    path = folder / "handed-in.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4}))
    return read_submission(path)


def cell(source, kind="code", **more):
    return {"cell_type": kind, "source": source, **more}


def test_only_code_counts_as_code(tmp_path):
    much = "x" * 3_000_000
    cells = [
        cell("answer = 1", outputs=[{"data": {"image/png": much}}], metadata={"made": much}),
        cell(much, "raw"),
        cell(much, "markdown"),
    ]
    found = read(tmp_path, cells, {"widgets": {"state": much}, "otter": {"tests": {"q1": "…"}}})
    assert found.problem == "" and found.cells == (("cell 1", "answer = 1"),)
    assert json.loads(found.notebook)["metadata"] == {"otter": {"tests": {"q1": "…"}}}
    assert "MB of code" in read(tmp_path, [cell(much)], {}).problem
    assert "MB of code" in read(tmp_path, [cell("x")], {"otter": much}).problem


def test_cells_are_numbered_as_jupyter_numbers_them(tmp_path):
    sources = ["a = 1", "", " \n", "# words", 'practice.check("q1")', "b = 2"]
    found = read(tmp_path, [*map(cell, sources), cell("words", "markdown")], {})
    assert found.cells == (("cell 1", "a = 1"), ("cell 2", "# words"), ("cell 4", "b = 2"))
    assert read(tmp_path, [cell(""), cell(" ")], {}).problem == ""
    assert "no code cell" in read(tmp_path, [cell("b = 2", "raw")], {}).problem


@pytest.mark.parametrize(
    "source",
    [
        'grader.check("q1"); answer_1 = 2.4',
        'answer_1 = 2.4; grader.check("q1")',
        'grader.check("q1")\nanswer_1 = 2.4',
        "grader.check(answer_1 := '2.4')",
        "%%time\npractice.check()\nanswer_1 = 2.4",
        'from lec_utils import practice\n\npractice.check("q1"); answer_1 = 2.4',
    ],
)
def test_an_answer_beside_a_check_is_an_answer(tmp_path, source):
    assert read(tmp_path, [cell(source)], {}).cells == (("cell 1", source),)
