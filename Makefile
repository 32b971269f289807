PYTHON ?= python3
VENV ?= .venv
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
PYTEST_ARGS ?=
BENCH_ARGS ?=

BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement

.DEFAULT_GOAL := help
.PHONY: help run demo test bench lint format migrate clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.run ## Serve on http://127.0.0.1:5000, preparing what is missing
	@exec $(BIN)/python app.py

demo: $(VENV)/.run ## Fill an empty registry with invented declarations
	@$(BIN)/flask --app app demo

test: $(VENV)/.dev ## Run every test, with a real PostgreSQL and a real browser
	@.ci/debian-packages
	@$(BIN)/python -m pytest --quiet -n $(JOBS) --dist load $(PYTEST_ARGS)

bench: $(VENV)/.dev ## Measure the pages beside a bare Flask route (BENCH_ARGS="--declarations 100000")
	@$(BIN)/python -m bench $(BENCH_ARGS)

lint: $(VENV)/.dev ## Check style, types and the directions of imports
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.dev ## Put the code into shape
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format .

migrate: $(VENV)/.run ## Bring the database to the newest schema
	@$(BIN)/flask --app app migrate

clean: ## Remove the virtual environment and all caches, never the data
	@rm -rf $(VENV) .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find registry tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed: make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	@echo "Installing requirements.txt into $(VENV) ..."
	@$(INSTALL) requirements.txt
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	@echo "Installing requirements-dev.txt into $(VENV) ..."
	@$(INSTALL) requirements-dev.txt
	@touch $(VENV)/.run $@
