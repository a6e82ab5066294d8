# Every command can be run again at any time without harm.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
LOCK := $(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11
export PYTHONUNBUFFERED := 1
# Where this is set, each of the many programs that the tests start would compile the whole source anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check bench messages lock stop clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/.run-stamp ## Start the demo: database, web server, worker and mail receiver (ARGS="--port 9000")
	@exec $(BIN)/python -m tools.run $(ARGS)

test: .venv/.dev-stamp ## Run the tests, browser tests included (ARGS="-k links" chooses)
	@$(BIN)/python -m tools.chromium
	@$(BIN)/python -m tools.messages compile
	@$(BIN)/python -m pytest --numprocesses auto --dist loadscope --ignore=tests/faults $(ARGS)

check: .venv/.dev-stamp ## Run everything that CI runs
	@$(BIN)/python -m tools.check

bench: .venv/.dev-stamp ## Measure every figure that the documentation claims
	@set -e; for name in ledger registration web imports pages notices routing; do $(BIN)/python -m bench.$$name; done

messages: .venv/.dev-stamp ## Collect the texts to translate, and compile the translations
	@$(BIN)/python -m tools.messages update

lock: .venv/.dev-stamp ## Write requirements/ anew from pyproject.toml (ARGS=--upgrade takes new versions)
	@$(LOCK) $(ARGS) pyproject.toml --group build -o requirements/run.txt
	@$(LOCK) $(ARGS) pyproject.toml --group build --group dev -c requirements/run.txt -o requirements/dev.txt

stop: ## Stop this checkout's databases; their data stay
	@for kind in "" --test; do $(PYTHON) tools/devdb.py stop $$kind; done

clean: stop ## Remove the virtual environment and all data, the demo's too
	@rm -rf .venv var build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=<path of one>"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "This Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/.run-stamp: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Installing what the program needs (half a minute the first time) ..."
	@$(PIP) install -q --require-hashes -r requirements/run.txt
	@$(PIP) install -q --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev-stamp: requirements/dev.txt pyproject.toml | $(BIN)/python
	@echo "Installing what development needs (a minute the first time) ..."
	@$(PIP) install -q --require-hashes -r requirements/dev.txt
	@$(PIP) install -q --no-deps --no-build-isolation -e .
	@touch $@ .venv/.run-stamp
