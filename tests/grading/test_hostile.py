"""Submissions that break, hang or cheat: each costs itself, earns nothing, and stops nobody."""

import socket
from pathlib import Path

import pytest
from hostile.small import (
    ANSWER,
    DESCEND,
    DOUBLE,
    LIMITS,
    SECRET,
    WRONG,
    scores,
    words,
)

ENDED = "ended its own process"
SLOW = "it took longer than"
ODD = "sent "  # something unreadable, more than it was asked for, …


@pytest.fixture(autouse=True)
def nobody_after(sandbox):
    """After each of them an honest notebook still earns full marks."""
    yield
    assert scores(sandbox.grade(DOUBLE, DESCEND, ANSWER)) == (2, 2, 2)


def whole(body):
    """A function for question 2 with this body."""
    lines = ["    " + line for line in body.strip("\n").split("\n")]
    return "\n".join(["def descend(df, w0, alpha, n):", *lines])


OUT = """
import os, socket, struct, json
def tell(*messages, raw=None):
    data = raw or b"".join(
        struct.pack(">I", len(m)) + m for m in (json.dumps(list(x)).encode() for x in messages))
    for number in range(256):
        try:
            os.write(number, data)
        except OSError:
            pass
"""

# Question 2 breaks in the notebook or in its test; questions 1 and 3 are answered.
# Each has a name, the cell, the points of question 2, and what is said of it.
BREAKS = [
    ("an endless loop in a cell", "while True: pass", 0, f"cell 2: {SLOW}"),
    ("an endless loop in a function", whole("while True: pass"), 0, SLOW),
    ("a crash in a cell", "import ctypes; ctypes.string_at(0)", 0, f"cell 2: the notebook {ENDED}"),
    ("a crash in a function", whole("import ctypes; ctypes.string_at(0)"), 0, ENDED),
    ("os._exit", "import os; os._exit(0)", 0, f"cell 2: the notebook {ENDED}"),
    ("os._exit in a function", whole("import os; os._exit(1)"), 0, ENDED),
    ("sys.exit", "import sys; sys.exit(3)", 0, "cell 2: SystemExit: 3"),
    ("SystemExit in a function", whole("raise SystemExit('bye')"), 0, "SystemExit: bye"),
    ("KeyboardInterrupt", "raise KeyboardInterrupt", 0, "cell 2: KeyboardInterrupt"),
    ("abort", "import os; os.abort()", 0, f"cell 2: the notebook {ENDED}"),
    ("input", "name = input('your name')", 0, "cell 2: EOFError"),
    ("shell and magics", f"!rm -rf /\n%matplotlib inline\nfiles = !ls\n{DESCEND}", 2, ""),
    ("a bash cell", "%%bash\necho hello", 0, "descend is not there"),
    ("a time cell", f"%%time\n{DESCEND}", 2, ""),
    ("a missing package", "import torch_that_is_not_there", 0, "cell 2: ModuleNotFoundError"),
    ("half a line", "def descend(df, w0", 0, "cell 2: SyntaxError"),
    ("a NUL in the code", "a = 1\0", 0, "cell 2: "),
    ("a huge array", "import numpy as np; x = np.ones(20 << 27)", 0, "cell 2: "),
    ("a huge list", "x = []\nwhile True: x.append('x' * 10**6)", 0, "cell 2: "),
    ("a long print", f"for _ in range(100): print('x' * 10**6)\n{DESCEND}", 2, ""),
    ("recursion", "def f(): f()\nf()", 0, "cell 2: RecursionError"),
    ("recursion in a function", whole("return descend(df, w0, alpha, n)"), 0, "RecursionError"),
    (
        "no recursion limit",
        "import sys; sys.setrecursionlimit(10**9)\ndef f(x): return f([x])\nf(0)",
        0,
        f"cell 2: {SLOW}",
    ),
    ("a sleeper", "import time; time.sleep(1000)", 0, SLOW),
    ("a sleeper in a function", whole("import time; time.sleep(1000)"), 0, SLOW),
    (
        "deaf to signals",
        "import signal\nfor s in range(1, 65):\n"
        "    try: signal.signal(s, signal.SIG_IGN)\n    except Exception: pass\nwhile True: pass",
        0,
        SLOW,
    ),
    ("an alarm", "import signal; signal.alarm(1)\nwhile True: pass", 0, f"cell 2: {SLOW}"),
    (
        "catching everything",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        0,
        SLOW,
    ),
    ("a bomb at exit", f"import atexit, os; atexit.register(os._exit, 7)\n{DESCEND}", 2, ""),
    (
        "a thread that ends all",
        "import threading, os, time\n"
        "threading.Timer(0.05, os._exit, (0,)).start()\ntime.sleep(1000)",
        0,
        ENDED,
    ),
    (
        "a thread bomb",
        "import threading, time\n"
        "while True: threading.Thread(target=time.sleep, args=(99,)).start()",
        0,
        "cell 2: ",
    ),
    ("every descriptor closed", "import os; os.closerange(0, 256)", 0, ENDED),
    (
        "a deaf socket",
        "import gc, socket\nfor x in gc.get_objects():\n"
        "    if isinstance(x, socket.socket): x.shutdown(2)",
        0,
        "",
    ),
    ("half a message", OUT + "tell(raw=b'\\0\\0\\1\\0half')", 0, f"cell 2: {SLOW}"),
    ("garbage", OUT + "tell(raw=b'garbage' * 99)", 0, "cell 2: "),
    ("four gigabytes", OUT + "tell(raw=b'\\xff\\xff\\xff\\xff')", 0, "message that is too long"),
    ("a deep message", OUT + "tell(raw=b'\\0\\1\\0\\0' + b'[' * 65536)", 0, "cell 2: "),
    ("a message that is no list", OUT + "tell(raw=b'\\0\\0\\0\\1' + b'7')", 0, "cell 2: "),
    ("a flood", OUT + "while True: tell(('ran', 'cell 9', None))", 0, "cell 2: "),
    ("a forged end of a cell", OUT + "tell(('ran', 'cell 2', None))", 0, "more than it was asked"),
    (
        "forged ends of all cells",
        OUT + "tell(*[('ran', f'cell {i}', None) for i in range(1, 9)])",
        0,
        "cell 2: ",
    ),
    ("forged pong", OUT + "tell(('ran', 'cell 2', None), ('pong', '0' * 16))", 0, "cell 2: "),
    ("a forged value", OUT + whole("tell(('value', ['int', '5'], []))"), 0, "more than it was"),
    ("two forged values", OUT + whole("tell(*[('value', ['str', 'b'], [])] * 20)"), 0, ""),
    (
        "a function never handed over",
        OUT + whole("tell(('ask', 99, ['list', []], ['dict', []]))"),
        0,
        "a function that it was not handed",
    ),
    (
        "a function with an odd number",
        OUT + whole("tell(('ask', [], ['list', []], ['dict', []]))"),
        0,
        "a function that it was not handed",
    ),
    ("a call of nothing at all", OUT + whole("tell(('ask', 0, ['int', 'x'], None))"), 0, ODD),
    ("asked without end", whole("while True: df(w0)"), 0, "still goes on"),
    (
        "asked without end, unheard",
        whole("while True:\n    try: df(w0)\n    except BaseException: pass"),
        0,
        SLOW,
    ),
    (
        "asked too often, and hidden",
        whole("""
try:
    for _ in range(10**4): df(w0)
except BaseException: pass
g = [w0]
while len(g) < n: g.append(g[-1] - alpha * (2 * g[-1]))
return g"""),
        0,
        "still goes on",
    ),
    ("asked with nonsense", whole("return df('a', 2, key=[])"), 0, "TypeError"),
    ("asked with itself", whole("return df(descend)"), 0, "TypeError"),
    ("a function that calls back", whole("return [df, descend, df]"), 0, ""),
    ("a list in itself", whole("a = []\na.append(a)\nreturn a"), 0, ""),
    ("a deep list", whole("a = []\nfor _ in range(900): a = [a]\nreturn a"), 0, ""),
    ("a generator without end", whole("while True: yield w0"), 0, ""),
    ("a list of generators", whole("return [(1 for _ in iter(int, 1))] * n"), 0, ""),
    (
        "odd keys",
        whole("return {(1, (2, (3, 4))): 1, None: 2, object(): 3, 1.5: [], b'': 0}"),
        0,
        "",
    ),
    ("colliding keys", whole("return {i * (2**61 - 1): 0 for i in range(9000)}"), 0, ""),
    ("a huge number", whole("return [10**9999] * n"), 0, ""),
    ("big numbers", whole("return [10**3000] * n"), 0, ""),
    ("a lambda", "descend = lambda *a: (lambda *b: b)", 0, "should hold numbers only"),
    ("a class", "class descend:\n    def __init__(self, *a): pass", 0, "numbers only"),
    ("bytes", whole("return b'1' * n"), 0, "numbers only"),
    ("complex numbers", whole("return [1j] * n"), 0, "numbers only"),
    (
        "an array of nothing, very long",
        whole("import numpy as np\nreturn np.zeros((10**15, 0))"),
        0,
        "",
    ),
    ("a broadcast array", whole("import numpy as np\nreturn np.broadcast_to(0.0, 10**12)"), 0, ""),
    (
        "an endless table",
        whole(
            "import pandas as pd\nreturn pd.DataFrame({i: 0 for i in range(99)},"
            " index=range(10**5))"
        ),
        0,
        "",
    ),
    (
        "a forged table",
        OUT
        + whole(
            "s = ['list', [['plain', None]] * 50000]\ntell(('value', ['DataFrame', [s, s, s]]))"
        ),
        0,
        ODD,
    ),
    ("too long a value", whole("return ['x' * 10**8]"), 0, "more than 16 MB"),
    ("half a character", whole("raise ValueError('\\ud800 \\x1b[31m')"), 0, "ValueError: \ufffd"),
    ("an error that shouts", whole("raise ValueError('x' * 10**7)"), 0, "ValueError: xxx"),
    (
        "an error without words",
        "class E(Exception):\n    def __str__(self): raise E()\nraise E()",
        0,
        "",
    ),
    (
        "a forged long error",
        OUT + whole("tell(('error', 'E' * 10**6, 'x' * 10**6))"),
        0,
        "more than it was",
    ),
    ("json patched", "import json\njson.dumps = json.loads = lambda *a, **k: ['value']", 0, ""),
    ("struct patched", "import struct\nstruct.pack = struct.unpack = lambda *a: (0,)", 0, ""),
    (
        "redefined tools",
        "def display(*a): 1 / 0\nprint = open = get_ipython = display\n" + DESCEND,
        2,
        "",
    ),
    ("names deleted", DESCEND + "\ndel descend", 0, "descend is not there"),
    ("a test's name", DESCEND + "\ndef test_others(descend): pass\ntest_case = env = None", 2, ""),
    (
        "an honest plot",
        "import matplotlib.pyplot as plt; plt.plot([1]); plt.show()\n" + DESCEND,
        2,
        "",
    ),
]


@pytest.mark.third
@pytest.mark.parametrize(
    ("cell", "earns", "says"), [b[1:] for b in BREAKS], ids=[b[0] for b in BREAKS]
)
def test_one_broken_question_costs_itself_only(sandbox, cell, earns, says):
    def fits(told):
        return scores(told) == (2, earns, 2) and says in words(told, "q2")

    if SLOW in says:
        told = sandbox.grade_hanging(DOUBLE, cell, ANSWER, fits=fits)
    else:
        told = sandbox.grade(DOUBLE, cell, ANSWER)
    assert scores(told) == (2, earns, 2)
    assert says in words(told, "q2")
    assert all(len(note) <= 1000 and note.isprintable() for note in told.notes)
    assert earns == 2 or any(o.message or told.notes for o in told.results["q2"])


BOMBS = [
    ("signal to itself", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", (2, 0, 2)),
    ("signal to the parent", "import os; os.kill(os.getppid(), 9)", (2, 0, 2)),
    ("kill everybody", "import os; os.kill(-1, 9)", (2, 0, 2)),
    ("kill the group", "import os; os.killpg(0, 9)", (2, 0, 2)),
    (
        "fork bomb",
        "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
        (2, 0, 2),
    ),
    ("forked copies", f"import os\nos.fork()\n{DESCEND}", (2, 2, 2)),
    ("a child that lives on", f"{DESCEND}\nimport os\nif os.fork(): os._exit(0)", (2, 0, 2)),
    (
        "memory of many",
        "import os\nfor _ in range(8): os.fork()\nx = []\nwhile True: x.append(bytearray(10**6))",
        (2, 0, 2),
    ),
    (
        "a daemon",
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(1000)",
        (2, 0, 2),
    ),
]


@pytest.mark.parametrize(("cell", "earns"), [b[1:] for b in BOMBS], ids=[b[0] for b in BOMBS])
def test_a_bomb_goes_off_in_its_own_sandbox(sandbox, cell, earns):
    told = sandbox.grade_hanging(DOUBLE, cell, ANSWER, fits=lambda told: scores(told) == earns)
    assert scores(told) == earns


def test_a_notebook_has_a_few_processes_and_no_more(sandbox):
    started = sandbox.report(
        """
import os, time
report = 0
try:
    while report < 200:
        if os.fork() == 0:
            time.sleep(30)
        report += 1
except OSError:
    pass
"""
    )
    assert 0 < int(started) < LIMITS.processes


# All answers are wrong, and something else was tried.
CHEATS = {
    "numpy says yes": "import numpy as np\n"
    "np.isclose = np.allclose = np.all = lambda *a, **k: True",
    "numpy from inside": "import numpy as np\nnp.asarray.__globals__ if hasattr(np.asarray, "
    "'__globals__') else None\nnp._core.numeric.allclose = lambda *a, **k: True",
    "builtins": "import builtins\nbuiltins.isinstance = builtins.callable = lambda *a: True\n"
    "builtins.len = lambda x: 4",
    "the judge": "from lec_utils.practice import judge\n"
    "for n in dir(judge):\n    if callable(getattr(judge, n)):\n"
    "        setattr(judge, n, lambda *a, **k: a[0] if a else None)",
    "the cases": "from lec_utils.practice import cases\ncases.run_case = lambda *a: (True, '')",
    "no judge at all": "import sys\nfor n in [n for n in sys.modules if n.startswith('lec_utils')]:"
    "\n    sys.modules[n] = None",
    "otter": "import sys, types\nm = types.ModuleType('otter')\n"
    "m.Notebook = m.grade = lambda *a: 1\nsys.modules['otter'] = m",
    "the sandbox's encoder": "import sys\nframe = sys._getframe()\nwhile frame:\n"
    "    if 'encode' in frame.f_globals:\n"
    "        frame.f_globals['encode'] = lambda value, keep, depth=30: ['plain', True]\n"
    "    frame = frame.f_back",
    "an assertion off": "import sys\nsys.flags = None\n__debug__ if True else 0\n"
    "AssertionError = Exception",
    "forged scores": OUT + "tell(('value', True), ('score', 6), ('passed', True))",
    "a file of results": "import os\nfor p in ('results.json', '/autograder/results/results.json',"
    " '/tmp/results.json'):\n    try: open(p, 'w').write('{\"tests\": [{\"score\": 6}]}')\n"
    "    except OSError: pass",
}


@pytest.mark.parametrize("cheat", CHEATS.values(), ids=CHEATS)
def test_what_is_patched_earns_nothing(sandbox, cheat):
    told = sandbox.grade(cheat, WRONG)
    assert scores(told) == (0, 0, 0)
    assert all(words(told, question) for question in told.results)


EQUAL = """
class Yes:
    def _yes(self, *a, **k): return True
    __eq__ = __ne__ = __lt__ = __gt__ = __le__ = __ge__ = __contains__ = __bool__ = _yes
    def __hash__(self): return 0
    def __len__(self): return n
    def __float__(self): return 4.0
    def __int__(self): return 4
    def __getattr__(self, name): return self
    def __call__(self, *a, **k): return self
    def __iter__(self): return iter([self] * 5)
    def strip(self): return self
    def lower(self): return self
"""
# What is returned or stored instead of an answer.
DISGUISES = {
    "equals everything": EQUAL + "x = Yes()",
    "claims to be a float": EQUAL + "Yes.__class__ = float\nx = Yes()",
    "claims to be a string": EQUAL + "Yes.__class__ = property(lambda s: str)\nx = Yes()",
    "claims to be an array": EQUAL + "import numpy as np\n"
    "Yes.__class__ = property(lambda s: np.ndarray)\nx = Yes()",
    "an odd float": "class F(float):\n    def __eq__(self, other): return True\n"
    "    __float__ = lambda s: 4.0\n    __hash__ = None\nx = F(5)",
    "an odd number": "class I(int):\n    def __repr__(self): return '4'\n"
    "    bit_length = lambda s: 1\n    __eq__ = lambda s, o: True\nx = I(5)",
    "an odd string": "class S(str):\n    def __eq__(self, o): return True\n"
    "    def __hash__(self): return 1\n    def __str__(self): return 'b'\n"
    "    strip = lower = lambda s: s\nx = S('c')",
    "an odd array": "import numpy as np\nclass A(np.ndarray):\n"
    "    def __array_function__(self, *a): return True\n"
    "    def __array_ufunc__(self, *a, **k): return True\n"
    "    __eq__ = lambda s, o: True\nx = np.zeros(5).view(A)",
    "an array of odd objects": EQUAL
    + "import numpy as np\nx = np.array([Yes()] * 5, dtype=object)",
    "not a number": "x = float('nan')",
    "many of them": "x = [float('nan')] * 5",
    "infinite": "x = float('inf')",
    "all options": "x = ['a', 'b', 'c', 'd']",
    "all letters": "x = 'abcd'",
    "a table of odd objects": EQUAL + "import pandas as pd\nx = pd.Series([Yes()] * 5)",
    "truth": "x = True",
    "nothing": "x = ()",
    "the type itself": "x = type",
    "an exception": "class NotYet(AssertionError): pass\nx = NotYet()",
}


@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
def test_a_value_in_disguise_earns_nothing(sandbox, disguise):
    uses = "n = 5\ndef double(a): return x\ndef descend(df, w0, alpha, n): return x\nanswer = x"
    told = sandbox.grade(disguise + "\n" + uses)
    assert scores(told) == (0, 0, 0)
    assert all(words(told, question) for question in told.results)


def test_functions_that_return_what_they_are_handed_earn_nothing(sandbox):
    told = sandbox.grade("double = descend = lambda *a: a[0]\nanswer = double")
    assert scores(told) == (0, 0, 0)


def test_cells_out_of_order_count_in_the_order_of_the_notebook(sandbox):
    told = sandbox.grade("answer = right", "right = 'b'", DOUBLE, DESCEND)
    assert scores(told) == (2, 2, 0)
    assert "cell 1: NameError" in words(told, "q3")


def test_a_later_cell_overwrites_an_answer(sandbox):
    assert scores(sandbox.grade(DOUBLE, DESCEND, ANSWER, "answer = 'c'")) == (2, 2, 0)
    assert scores(sandbox.grade(DOUBLE, DESCEND, "answer = 'c'", ANSWER)) == (2, 2, 2)


def test_endless_cells_and_endless_functions_leave_the_rest_graded(sandbox):
    endless = whole("while True: pass")
    cells = ["while True: pass"] * 4
    earns = (2, 0, 2)
    told = sandbox.grade_hanging(
        *(DOUBLE, *cells, endless, ANSWER), fits=lambda told: scores(told) == earns
    )
    assert scores(told) == earns
    assert [note.partition(":")[0] for note in told.notes] == [
        *("q2 (tests 1 and 2)", "cell 2", "cell 3", "cell 4", "cell 5")
    ]


def test_out_of_time_is_said_and_not_hidden(sandbox):
    told = sandbox.grade(*["while True: pass"] * 6, ANSWER, limits=LIMITS._replace(total_seconds=1))
    assert scores(told) == (0, 0, 0)
    assert "longer than 1 seconds in all" in words(told, "q3")


def test_an_error_of_a_handed_function_can_be_caught_as_in_python(sandbox):
    """Only a verdict of the judge stands; another error is the notebook's to handle."""
    careful = DESCEND.replace(
        "guesses = [w0]", "guesses = [w0]\n    try: df('a')\n    except TypeError: pass"
    )
    assert scores(sandbox.grade(DOUBLE, careful, ANSWER)) == (2, 2, 2)


# -- what can be seen and touched --

LOOK = """
import os
found, report = [], []
for top, folders, files in os.walk("/"):
    folders[:] = [f for f in folders if os.path.join(top, f) not in ("/usr", "/lib", "/proc/sys")
                  and f not in ("site-packages", "lib", "lib64", "bin")]
    for name in files:
        path = os.path.join(top, name)
        try:
            text = open(path, "rb").read(10**6) if os.path.isfile(path) else b""
            report += [path for word in WORDS if word in text]
        except OSError:
            pass
"""


def test_no_file_holds_tests_or_other_submissions(sandbox):
    (sandbox.folder / "other.ipynb").write_text("the-work-of-another")
    # The words are put together in the sandbox, so that the notebook's own file does not hold them.
    pieces = [SECRET, "the-work-of-another", "test_two", "root:x"]
    code = "WORDS = [bytes(w)[::-1] for w in " + str([list(p.encode()[::-1]) for p in pieces]) + "]"
    assert sandbox.report(code + LOOK) == "[]"


@pytest.mark.parametrize("kind", ["archive", "home", "password", "project"])
def test_the_graders_files_are_not_there(sandbox, kind):
    path = {
        "archive": sandbox.folder / "small.zip",
        "home": Path.home() / ".bashrc",
        "password": Path("/etc/passwd"),
        "project": Path(__file__),
    }[kind]
    code = f"import os\npath = {str(path)!r}\nreport = os.path.exists(path)"
    assert sandbox.report(code + "\nif report: report = open(path).read()") == "False"


def test_no_memory_holds_tests(sandbox):
    code = """
import gc, sys, inspect
report = []
seen = [f.f_locals for f in inspect.getouterframes(inspect.currentframe()) and
        [x.frame for x in inspect.stack()]] + gc.get_objects() + list(sys.modules.values())
key = "-".join(["tell", "tale", "of", "a", "hidden", "test"])
for thing in seen:
    if isinstance(thing, (dict, list, tuple)):
        values = thing.values() if isinstance(thing, dict) else thing
        report += [type(v).__name__ for v in list(values) if isinstance(v, str) and key in v
                   and v is not key]
"""
    assert sandbox.report(code) == "[]"


def test_proc_is_empty_and_the_environment_says_nothing(sandbox, monkeypatch):
    assert sandbox.report("import os; report = os.listdir('/proc')") == "[]"
    told = sandbox.report("import os; report = sorted(os.environ)")
    assert set(eval(told)) <= {
        "HOME", "LANG", "MPLBACKEND", "MPLCONFIGDIR", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS",
        "PATH", "PIP_NO_INDEX", "PWD", "PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED",
        "PYTHONMALLOC", "USER", "LOGNAME",
        "PYTHONWARNINGS", "LC_CTYPE", "KMP_DUPLICATE_LIB_OK", "KMP_INIT_AT_FORK",
        "JOBLIB_MULTIPROCESSING",
    }  # fmt: skip


WRITE = """
import os
report = []
for top, folders, files in os.walk("/"):
    folders[:] = [f for f in folders if top != "/" or f not in ("usr", "lib", "lib64", "bin")]
    try:
        open(os.path.join(top, "left-behind"), "w").write("x")
        report.append(top)
    except OSError:
        pass
"""


def test_only_own_folders_can_be_written_and_nothing_stays_there(sandbox):
    assert set(eval(sandbox.report(WRITE))) == {"/tmp", "/home/student", "/dev/shm", "/proc"}
    left = "import os\nreport = [t for t, _, f in os.walk('/') if 'left-behind' in f]"
    assert sandbox.report(left) == "[]"


@pytest.mark.parametrize("folder", ["/tmp", "/home/student", "/dev/shm", "/proc"])
def test_the_disk_cannot_be_filled(sandbox, folder):
    code = f"""
import os
report = 0
try:
    for i in range(200):
        with open(f"{folder}/{{i}}", "wb", buffering=0) as f:
            report += f.write(bytes(10**6))
except OSError: pass
"""
    assert int(sandbox.report(code)) <= 21 << 20


NETWORK = """
import socket
report = []
for family, address in [(socket.AF_INET, ("127.0.0.1", PORT)), (socket.AF_INET, ("1.1.1.1", 53)),
                        (socket.AF_INET6, ("::1", PORT)), (socket.AF_UNIX, "\\0hidden-service")]:
    try:
        s = socket.socket(family); s.settimeout(0.3); s.connect(address)
        report.append(address)
    except OSError: pass
"""


def test_there_is_no_network(sandbox):
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as local:
        local.bind("\0hidden-service")
        local.listen()
        assert sandbox.report(NETWORK.replace("PORT", str(server.getsockname()[1]))) == "[]"


RIGHTS = """
import ctypes, os
libc = ctypes.CDLL(None)
tries = {
    "user": lambda: libc.unshare(0x10000000),
    "mounts": lambda: libc.unshare(0x00020000),
    "mount": lambda: libc.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, None),
    "umount": lambda: libc.umount2(b"/proc", 2),
    "chroot": lambda: libc.chroot(b"/tmp"),
    "ptrace": lambda: libc.ptrace(16, 1, 0, 0),
    "hostname": lambda: libc.sethostname(b"x", 1),
    "root": lambda: libc.setuid(0),
    "priority": lambda: libc.setpriority(0, 0, -10),
    "device": lambda: libc.mknod(b"/tmp/disk", 0o60666, os.makedev(254, 0)),
}
report = [name for name, attempt in tries.items() if attempt() == 0]
"""


def test_no_right_can_be_had(sandbox):
    assert sandbox.report(RIGHTS) == "[]"


def test_no_limit_can_be_raised(sandbox):
    code = """
import resource
report = []
for name in ("CPU", "AS", "NPROC", "FSIZE", "NOFILE", "CORE"):
    number = getattr(resource, "RLIMIT_" + name)
    try:
        resource.setrlimit(number, (-1, -1)); report.append(name)
    except (ValueError, OSError): pass
"""
    assert sandbox.report(code) == "[]"


def test_the_sandbox_shows_nobody_but_its_own_processes(sandbox):
    code = "import os\nreport = [os.getpid(), os.getppid()]"
    assert sandbox.report(code) == "[1, 0]"


def test_sandboxes_know_nothing_of_each_other(sandbox):
    sandbox.grade(
        "import sys, builtins, numpy\nbuiltins.left = numpy.left = sys.left = 1\n"
        "numpy.pi = 3\nopen('/tmp/left', 'w').write('x')"
    )
    code = "import os, sys, builtins, numpy\n"
    code += "report = [hasattr(m, 'left') for m in (sys, builtins, numpy)]"
    assert sandbox.report(code + "\nreport += [numpy.pi > 3, os.path.exists('/tmp/left')]") == (
        "[False, False, False, True, False]"
    )
