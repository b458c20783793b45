# `make graph` builds the knowledge graph of the sample corpus, `make graph PAPERS="a.txt b.csv" OUT=folder` your own;
# `make test` sets up and passes the tests. Both set everything up on a fresh machine with Python 3.11 and make.

PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/bin
PAPERS ?=
OUT    ?= output

.PHONY: graph test browser lint types example notebooks docs constraints clean help
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/run.stamp: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing into $(VENV) (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp
	@echo "installing what the tests need (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

graph: $(VENV)/run.stamp ## build tables, graph, RDF and pages: PAPERS="..." OUT=folder
	@$(BIN)/kg build $(PAPERS) --out $(OUT)

browser: ## install Chromium for the page tests, where apt-get and rights allow
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	  { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && echo "installing Chromium" && \
	    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } || \
	  echo "no Chromium and no right to install it: the page tests will say that they were skipped"

test: $(VENV)/dev.stamp browser lint types ## set up, lint, check types, run every test and the notebooks
	@$(BIN)/python -m pytest -q
	@$(BIN)/python -m pytest -q --nbmake --override-ini addopts= -W default notebooks

lint: $(VENV)/dev.stamp ## ruff, rules and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp ## mypy --strict
	@$(BIN)/mypy

example: $(VENV)/run.stamp ## build the example in output/ anew
	@$(BIN)/python output/regenerate.py

notebooks: $(VENV)/dev.stamp ## run the notebooks on the example and keep their outputs
	@$(BIN)/python notebooks/refresh.py

docs: $(VENV)/dev.stamp ## write docs/cli.md from --help
	@$(BIN)/python -m kg.cli.reference > docs/cli.md

constraints: ## pin what a fresh installation takes today
	@$(PYTHON) -m venv build/constraints && build/constraints/bin/pip install --quiet -e '.[dev]'
	@{ sed -n '1,/^$$/{/^#/p}' constraints.txt; build/constraints/bin/pip freeze --exclude-editable; } > build/constraints.txt
	@mv build/constraints.txt constraints.txt && rm -rf build/constraints

clean: ## remove what was installed and built here
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache build dist
