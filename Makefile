# `make graph` builds the knowledge graph of the sample corpus, `make graph PAPERS="a.txt b.csv" OUT=folder` your own;
# `make test` sets up and passes the tests. Both set everything up on a fresh machine with Python 3.11 and make.

PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/bin
PAPERS ?=
OUT    ?= output

.PHONY: graph test browser lint types notebooks example docs clean help
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

clean: ## remove what was installed and built here
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache build dist
