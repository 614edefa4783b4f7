# Two commands do everything: `make run` opens the desk, `make test` tests it. Both prepare the tree first.
# `make test ARGS=tests/contract` narrows a target; `make PYTHON=/path/to/python3.11 …` picks an interpreter.

PYTHON ?= python3
PY := .venv/bin/python
APP := .venv/bin/dispatch-app
WHOLE := dispatch_app/contract/*,dispatch_app/operations/*

# A bare machine has no locale at all; names and messages are Chinese.
export LANG ?= C.UTF-8
# Without compiled files every start compiles the program anew, and every test run all tests.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run test check static style types imports covered coverage \
        bench long-day drill screenshots print-test notices lock

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

setup:  ## prepare .venv, the locked dependencies and the system libraries
	@$(PYTHON) setup/prepare.py

run: setup  ## open the desk; without a display, run the drill day and leave pictures and papers in out/
	@$(APP) run $(ARGS)

test: setup  ## all tests
	@$(PY) -m pytest $(ARGS)

check: static covered coverage  ## style, types, law of imports, tests, coverage

static: style types imports

style: setup
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: setup
	$(PY) -m mypy --strict

imports: setup
	$(PY) -c 'from importlinter.cli import lint_imports_command as lint; lint()'

covered: setup
	$(PY) -m pytest --cov --cov-report= $(ARGS)

# The contract and the operations to the last branch; everything else to nine tenths.
coverage: setup
	$(PY) -m coverage report --skip-covered --show-missing --include='$(WHOLE)' --fail-under=100
	$(PY) -m coverage report --skip-covered --show-missing --omit='$(WHOLE)' --fail-under=90

bench: setup  ## speed beside its floor, in the same run
	@$(PY) -m benchmarks $(ARGS)

long-day: setup  ## eight hours of real calls at sixty times the speed; CALLS=FILE names the log
	@$(PY) -m benchmarks.long_day --calls "$(CALLS)" $(ARGS)

drill: setup  ## the drill day on a scratch database
	@$(APP) drill $(ARGS)

screenshots: setup  ## pictures of the screens and of the printed pages
	@$(APP) screenshots --out docs/manual $(ARGS)

print-test: setup  ## print through a CUPS-PDF queue and compare the page
	@answer=$$(setup/cups_pdf_queue.sh) && eval "$$answer" && $(APP) print-test --queue "$$queue" --folder "$$folder" $(ARGS)

notices: setup  ## renew THIRD_PARTY_NOTICES.md from the installed packages
	@$(PY) setup/third_party_notices.py

lock:  ## renew requirements/lock.txt (UPGRADE=1 takes newer versions)
	@PYTHON=$(PYTHON) setup/lock.sh
