# make help: what there is. Everything happens inside .venv; remove that folder to start afresh.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
FLOORS := src/glassnet/maths/*,src/glassnet/nn/*,src/glassnet/optim/*

.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench gallery screenshots docs-cli pretrained clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.for-use  ## install, then train on the bundled digits (offline, seconds)
	$(BIN)/glassnet train

test: lint  ## linters, types, import contracts, then the whole test suite with its coverage gates
	$(BIN)/python -m pytest --numprocesses=2 --dist=loadfile --cov --cov-report=
	@$(BIN)/coverage report --include='$(FLOORS)' --fail-under=99 > $(VENV)/.floors.txt \
		|| { cat $(VENV)/.floors.txt; exit 1; }

lint: $(VENV)/.for-tests  ## style, format, types, imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.for-tests  ## put the source in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.for-bench  ## side by side with PyTorch, scikit-learn and the bare products (minutes)
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.estimators

gallery: $(VENV)/.for-all  ## train the recipes and make docs/gallery.md with its pictures anew (needs MNIST)
	$(BIN)/python examples/gallery.py

screenshots: $(VENV)/.for-tests  ## make the pictures of README and docs/play.md anew (needs Chromium, MNIST)
	$(BIN)/python -m examples.first_look
	$(BIN)/python -m examples.screenshots

docs-cli: $(VENV)/.for-tests  ## make docs/command-line.md anew, from what the commands say of themselves
	$(BIN)/python -m tools.command_line || true

pretrained: $(VENV)/.for-all  ## train the model that ships with the package (needs MNIST; ten minutes)
	$(BIN)/python -m tools.pretrained.make

clean:  ## remove .venv and every cache
	rm -rf $(VENV) build dist htmlcov .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp for each set of packages: installed again only when what it was made from changes.
# Where Python lacks ensurepip (Debian's without python3-venv), pip comes from outside.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Glassnet needs Python 3.11 or newer: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv $(VENV) > $(VENV).log 2>&1 || { $(PYTHON) -m venv --clear --without-pip $(VENV) \
		&& $(PYTHON) -m pip --python $@ install --quiet pip; } || { cat $(VENV).log; exit 1; }
	@rm -f $(VENV).log

$(VENV)/.for-use: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable .
	@touch $@

$(VENV)/.for-all: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable '.[all]'
	@touch $@

$(VENV)/.for-tests: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable '.[test]'
	@touch $@

$(VENV)/.for-bench: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable '.[bench]'
	@touch $@
