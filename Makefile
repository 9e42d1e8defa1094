# `make lab` opens copies of the notebooks, `make test` runs everything, `make help` lists the rest.
# Only Python 3.11 or newer and make are needed; .venv and all that belongs to it stay in here.

PYTHON ?=
LAB_FLAGS ?=
PYTEST_FLAGS ?=
AUDIENCE ?=

BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
CHECKED := $(wildcard lec_utils grading tests tools bench docs notebooks solutions)

# What a shell says for other projects must not reach the Python in .venv: other modules on its
# path, no assertions, another JupyterLab, figures in another form.
unexport $(filter-out PYTHONUTF8 PYTHONIOENCODING,$(filter PYTHON% JUPYTER% MPL%,$(.VARIABLES)))
# Jupyter, IPython and matplotlib keep their files in .venv, none in the home folder.
export JUPYTER_CONFIG_DIR := $(CURDIR)/.venv/home/jupyter-config
export JUPYTER_DATA_DIR := $(CURDIR)/.venv/home/jupyter-data
export JUPYTER_RUNTIME_DIR := $(CURDIR)/.venv/home/jupyter-runtime
export IPYTHONDIR := $(CURDIR)/.venv/home/ipython
export MPLCONFIGDIR := $(CURDIR)/.venv/home/matplotlib

# Runs tools/setup.py with the first Python that is new enough. Each is tried by running it:
# a pyenv shim is on the PATH even where there is nothing behind it. Where all are too old, the
# last that ran tells so itself.
define SET_UP
@old=; \
for python in $(if $(PYTHON),'$(PYTHON)') $(BIN)/python python3 python3.15 python3.14 \
		python3.13 python3.12 python3.11 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
		&& exec "$$python" tools/setup.py $(1); \
	"$$python" -c '' >/dev/null 2>&1 && old=$${old:-$$python}; \
done; \
if [ -n "$$old" ]; then "$$old" tools/setup.py $(1); else \
	echo 'No Python was found. Install Python 3.11 or newer: see README.md.'; fi; exit 1
endef

.DEFAULT_GOAL := help
.PHONY: help lab edit test test-all lint notebooks course assignments check-room present slides \
	sheets site quizzes paper release hub-links figures scripts bench pins clean set-up-lab set-up-test

help:  ## list what make can do here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-12s%s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo 'make lab LAB_FLAGS="--no-browser --port=9999" passes flags on to JupyterLab,'
	@echo 'make test PYTEST_FLAGS="-k tips" passes flags on to pytest,'
	@echo 'PYTHON=/path/to/python says which Python to use.'

set-up-lab:
	$(call SET_UP,lab)

set-up-test:
	$(call SET_UP,test)

# Opens the first lesson of a folder. Lessons, and so their copies, are trusted, in .venv's own list
# of signatures: figures move at once. Root (in a container, say) must be allowed by name.
define OPEN
@set -- notebooks/*.ipynb; if [ -e "$$1" ]; then $(BIN)/jupyter trust "$$@" >/dev/null; fi
@echo 'Opening JupyterLab. Ctrl-C in this window stops it.'
@$(BIN)/jupyter lab $$($(BIN)/python -m tools.quiet_lab) --ServerApp.root_dir=. \
	--LabApp.default_url=/lab/tree/$(1)/$$($(BIN)/python -m tools.course) \
	$$([ "$$(id -u)" != 0 ] || echo --allow-root) $(LAB_FLAGS)
endef

lab: set-up-lab  ## open your copies of the notebooks, in the folder mine, in JupyterLab
	@$(BIN)/python -m tools.copies
	$(call OPEN,mine)

edit: set-up-lab  ## open the notebooks of the course themselves, to change them
	$(call OPEN,notebooks)

# Files go to the processes in their order, slow browser tests first and many small notebooks last;
# tests/conftest.py says which go together. A kernel has minutes to start, on a busy machine.
test: lint  ## check the style, run every test and every notebook
	@PYTHONPATH=. $(BIN)/python tests/programs.py
	$(BIN)/python -m pytest --nbval --nbval-kernel-startup-timeout=300 --numprocesses=auto \
		--dist=loadscope --no-loadscope-reorder $(PYTEST_FLAGS)

test-all:  ## the same, and what takes long: fifty draws of each practice notebook, other courses
	$(MAKE) test PYTEST_FLAGS="--rare --seeds=50 $(PYTEST_FLAGS)"

lint: set-up-test  ## check the style only
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/ruff format --check $(CHECKED)

notebooks: set-up-test  ## run every notebook and store its outputs, after a change of lec_utils
	$(BIN)/python -m tools.run_notebooks

course: set-up-test  ## write the table of lessons from course.toml, and say what else to do
	@$(BIN)/python -m tools.check_course

assignments: set-up-test  ## derive the practice notebooks from their masters in solutions/
	$(BIN)/python -W ignore -m $(if $(VARIANTS),tools.variants $(SEED) '$(VARIANTS)', \
		tools.assignments $(if $(SEED),--seed '$(SEED)'))

check-room: set-up-test  ## in the lecture hall: go through every demo, offline, and say ready
	@$(BIN)/python -m tools.check_room

present: set-up-test  ## a lesson as live slides: make present N=2
	@$(BIN)/python -m tools.present $(N) $(LAB_FLAGS)

slides: set-up-test  ## slides that open from a folder, in build/slides (AUDIENCE=teachers: with notes)
	@$(BIN)/python -m tools.slides $(AUDIENCE:%=--audience=%)

sheets: set-up-test  ## a run sheet for each lesson, one page to print, in build/sheets
	@$(BIN)/python -m tools.sheets

site: set-up-test  ## the course site, in build/site (AUDIENCE=teachers: with notes and plans)
	@$(BIN)/python -m tools.build_site $(AUDIENCE:%=--audience=%)

quizzes: set-up-test  ## quizzes for Canvas, Moodle and others, with the answers, in build/quizzes
	@$(BIN)/python -W ignore -m tools.quizzes $(if $(SEED),--seed '$(SEED)')

paper: set-up-test  ## cheat sheet, tickets, worksheets and lessons to print, in build/paper
	@$(BIN)/python -m tools.paper $(if $(PAPER),--size '$(PAPER)')

release: set-up-test  ## both bundles, in dist (AUDIENCE=students, or =teachers: that one)
	@$(BIN)/python -m tools.release $(AUDIENCE:%=--audience=%)

hub-links: set-up-test  ## links to the lessons on a JupyterHub: make hub-links HUB=https://… CLASS=https://…
	@$(BIN)/python -m tools.hub_links '$(HUB)' '$(CLASS)'

figures: set-up-test  ## sheets of every figure to look at, in build/figures
	@$(BIN)/python -m tools.figure_sheet

# esbuild runs with what `uv` fetches for it, and belongs to nothing else here.
scripts: set-up-test  ## the figures' JavaScript in few bytes, after a change of lec_utils/js (network)
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m tools.scripts

bench: set-up-test  ## measure what the README claims
	PYTHONPATH=tests $(BIN)/python -m bench

# `uv` is in .venv wherever it was not on the PATH, unless it could not be had at all.
pins: set-up-test  ## write requirements.txt anew from pyproject.toml (needs the network)
	@PATH="$(CURDIR)/$(BIN):$$PATH" uv pip compile --quiet --upgrade --universal \
		--python-version 3.11 --fork-strategy fewest --all-extras \
		--no-emit-index-url --no-emit-find-links --custom-compile-command 'make pins' \
		--output-file requirements.txt pyproject.toml
	@echo 'requirements.txt is written. Now run: make test'

clean:  ## remove .venv and every cache
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis test-results build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
