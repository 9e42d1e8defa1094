"""Runs in a sandbox: IPython's own shell, with nobody to show things to and nobody to ask."""

import asyncio
import contextlib
import os
import re
import subprocess
import sys
import tempfile

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.formatters import DisplayFormatter
from IPython.core.history import HistoryManager
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magics import execution
from IPython.utils.text import SList

MOST_WORDS = 500  # characters of an error's text
MOST_SAID = 20  # of one cell
USUAL = """
from matplotlib.figure import Figure


def draw(numbers):
    ax = Figure().subplots()
    ax.plot(numbers, label="numbers")
    ax.set(xlabel="x", title="y")
    return ax


draw([1, 2])
"""
MOST_OF_A_LINE = 60  # characters of a line that is named
INSTALLERS = ("pip", "conda", "mamba", "micromamba", "uv")  # there is no network
INSTALLS = re.compile(rf"\b({'|'.join(INSTALLERS)}|pip3|apt|apt-get)\b[^|;&]* install\b")
# Magics that run the learner's code: what that raises is no fault of the sandbox.
RUNNERS = ("time", "timeit", "prun")


class Unseen(DisplayFormatter):
    """Makes no text and no picture of anything."""

    def format(self, obj, include=None, exclude=None):
        """Nothing to show."""
        return {}, {}


class Hook(DisplayHook):
    """Keeps the value of a cell's last line, and prints nothing."""

    def write_output_prompt(self):
        """No ``Out[3]:``."""


class Compiler(CachingCompiler):
    """Compiles a cell, and whatever that runs as one, under the cell's name."""

    name = ""

    def get_code_name(self, raw_code, transformed_code, number):
        """The name of the file in errors."""
        return self.name


class Once(execution.Timer):
    """Times one run, and takes it for many: nobody reads the times."""

    seconds = None

    def timeit(self, number):
        """As long as ``number`` runs would take."""
        if self.seconds is None:
            self.seconds = super().timeit(1)
        return number * self.seconds

    def repeat(self, repeat, number):
        """As long as ``number`` runs would take, each time."""
        return [self.timeit(number)] * repeat


class Shell(InteractiveShell):
    """Runs a notebook's cells as Jupyter does, but shows nothing and asks nobody."""

    compiler_class, displayhook_class = Compiler, Hook

    def __init__(self):
        self.said, self._loop = [], None
        super().__init__(ipython_dir="", colors="nocolor")
        self.db = {}  # where %store keeps things
        self.extension_manager.load_extension("storemagic")
        self.known = tuple(self.magics_manager.lsmagic()["line"])
        for name in self.known:
            self.find_line_magic(name)  # is imported here, once for all notebooks
        execution.Timer = Once
        sys.breakpointhook = lambda *args, **kwargs: self.pass_over("breakpoint()")
        if "matplotlib.pyplot" in sys.modules:
            self.enable_matplotlib()
        self._warm_up()

    def _warm_up(self):
        """Run often what runs in each cell: Python then makes it faster, once for all notebooks."""
        for _ in range(20):
            self.run("cell 1", USUAL)
        self.reset()

    def run(self, name, source):
        """Run a cell, "cell 3" say; in words what went wrong in it, or was not run, or None."""
        self.said, self.compile.name = [], name
        try:
            self._go_to(int(name.rpartition(" ")[2]))
            result = self.run_cell(source, store_history=True)
            if not result.success:  # mostly told already
                self.tell(result.error_before_exec or result.error_in_exec)
        except BaseException as error:  # whatever it is, it is the notebook's
            self.tell(error)
        return "; ".join(self.said) or None

    def _go_to(self, number):
        """Be at ``In[number]``, where the cells that only show something are empty."""
        self.execution_count = number
        for inputs in (self.history_manager.input_hist_parsed, self.history_manager.input_hist_raw):
            inputs += [""] * (number - len(inputs))
        with contextlib.suppress(OSError):  # the folder may be gone
            sys.path_importer_cache.pop(os.getcwd(), None)  # a file just written is found

    def should_run_async(self, raw_cell, **kwargs):
        """From the first cell that may need it on, all run in an event loop, as in Jupyter."""
        if self._loop is None:
            return "async" in raw_cell or "await" in raw_cell
        return not self._loop.is_running()

    def loop_runner(self, cell):
        """Run a cell in the event loop, which is made here: a fork would share it."""
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self._loop)
        return self._loop.run_until_complete(cell)

    # -- what is told --

    def tell(self, error):
        """Keep what an error says."""
        if not isinstance(error, GeneratorExit):  # something is thrown away, and nothing wrong
            self._say(": ".join(told(error)))

    def pass_over(self, what, why=""):
        """Keep that something was not run."""
        what = what.strip().partition("\n")[0]
        what = what if len(what) <= MOST_OF_A_LINE else f"{what[: MOST_OF_A_LINE - 1]}…"
        self._say(f"{what} is not run in grading" + (f" ({why})" if why else ""))

    def _say(self, words):
        if words not in self.said and len(self.said) < MOST_SAID:
            self.said.append(words)

    def showtraceback(self, exc_tuple=None, *args, **kwargs):
        """Tell an error in a line; what there is to show of it takes long."""
        if exc_tuple or sys.exc_info()[1]:  # %tb shows an old one
            self.tell(self._get_exc_info(exc_tuple)[1])

    def showsyntaxerror(self, *args, **kwargs):
        """Tell it as any error."""
        self.showtraceback()

    def _format_exception_for_storage(self, *args, **kwargs):
        return {}

    # -- magics and commands --

    def run_line_magic(self, magic_name, line, _stack_depth=1):
        """Run a magic; one that cannot be run here does not end the cell."""
        what = f"%{magic_name} {line}"
        if magic_name in INSTALLERS:
            return self.pass_over(what)
        try:
            return super().run_line_magic(magic_name, line, _stack_depth + 1)
        except Exception as error:
            if not self._is_ours(magic_name):
                raise
            return self.pass_over(what, told(error)[1])

    def _is_ours(self, name):
        """Whether it is for want of something here, if anything, that a line's magic fails."""
        if name in RUNNERS or name.startswith("%"):  # as in "%%time" below another line
            return False
        return name in self.known or self.find_line_magic(name) is None

    def run_cell_magic(self, magic_name, line, cell):
        """Run a cell's magic, or say that there is none of that name, or nobody to debug."""
        if magic_name == "debug":
            self.pass_over(f"%%debug {line}")
            return self.run_cell(cell)
        if self.find_cell_magic(magic_name) is None:
            return self.pass_over(f"%%{magic_name} {line}")
        return super().run_cell_magic(magic_name, line, cell)

    def system(self, cmd):
        """Run a command, and print what it prints."""
        cmd = self.var_expand(cmd, depth=1)
        if INSTALLS.search(cmd):
            return self.pass_over(f"!{cmd}")
        with tempfile.TemporaryFile() as out:  # a pipe would wait for what goes on behind
            options = {"stdin": subprocess.DEVNULL, "stdout": out, "stderr": out}
            code = subprocess.call(cmd, shell=True, **options)
            out.seek(0)
            print(out.read().decode(errors="replace"), end="")
        self.user_ns["_exit_code"] = code
        if code:
            self.pass_over(f"!{cmd}", f"it ends with {code}")

    def getoutput(self, cmd, split=True, depth=0):
        """What a command prints."""
        if INSTALLS.search(cmd):
            self.pass_over(f"!{cmd}")
            return SList() if split else ""
        return super().getoutput(cmd, split, depth + 1)

    def ask_exit(self):
        """Go on: Jupyter would end, and the next cell's answer is still an answer."""
        self.pass_over("exit")

    # -- nobody looks --

    def enable_matplotlib(self, gui=None):
        """Figures are closed at the end of a cell, whatever would show them."""
        return super().enable_matplotlib("inline")

    def enable_gui(self, gui=None):
        """There is no screen."""

    def set_next_input(self, s, replace=False):
        """There is no next input."""

    def init_hooks(self):
        """No pager and no editor."""
        super().init_hooks()
        for name in ("show_in_pager", "editor"):
            self.set_hook(name, lambda *args, **kwargs: None, 0)

    def init_display_formatter(self):
        """Nothing is shown."""
        self.display_formatter = Unseen(parent=self)
        self.configurables.append(self.display_formatter)

    def _tee(self, channel):
        return contextlib.nullcontext()

    def init_environment(self):
        """Commands of this Python's own folder are found first; none of them asks the network."""
        here = os.path.dirname(sys.executable)
        os.environ["PATH"] = os.pathsep.join([here, os.environ.get("PATH", os.defpath)])
        os.environ["PIP_NO_INDEX"] = "1"

    def init_profile_dir(self, profile_dir):
        """There are no settings."""

    def init_history(self):
        """What was run is kept in memory alone."""
        self.history_manager = HistoryManager(
            shell=self, parent=self, enabled=False, hist_file=":memory:"
        )
        self.configurables.append(self.history_manager)


Shell.__name__ = Shell.__qualname__ = "ZMQInteractiveShell"  # code asks whether it is in Jupyter


def told(error):
    """The kind and the words of an error."""
    try:
        words = str(error)[:MOST_WORDS]
    except BaseException:  # an error of its own
        words = ""
    return type(error).__name__[:60], words
