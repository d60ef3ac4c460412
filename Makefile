# Every verb sets up what it needs in .venv; the second run is quick.
.DEFAULT_GOAL := help
.PHONY: help dev demo test unit lint fmt types bench soak histories golden pictures schemas words lock wheel-check clean

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
READY_DEV := .venv/.ready-dev

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): setup.cfg pyproject.toml requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit("Loa needs Python 3.11 or later" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(READY_DEV): $(READY) requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

dev: $(READY_DEV) ## the environment for working on Loa
	@$(BIN)/pre-commit install >/dev/null 2>&1 || true

demo: $(READY) ## the bundled campaigns, end to end, in output/demo
	@$(BIN)/loa demo

test: lint types unit wheel-check ## everything: lint, types, tests, the wheel

unit: $(READY_DEV) ## the tests alone
	@sh tools/system-packages.sh
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(READY_DEV) ## style and common mistakes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

fmt: $(READY_DEV) ## put everything into the house's form
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

types: $(READY_DEV) ## types, strictly
	$(BIN)/mypy

bench: $(READY_DEV) ## how long things take
	$(BIN)/python -m benchmarks.start
	$(BIN)/python -m benchmarks.paper
	$(BIN)/python -m benchmarks.copies

soak: $(READY_DEV) ## the posting job against faults and kill -9: POSTS=1000, SEED=…
	@$(BIN)/python -m tools.soak --posts $(or $(POSTS),1000) $(if $(SEED),--seed $(SEED))

histories: $(READY_DEV) ## 5,000 made-up histories of the posting job, new ones each time
	HYPOTHESIS_PROFILE=histories $(BIN)/python -m pytest -n auto tests/delivery/test_histories.py

golden: $(READY_DEV) ## renew the golden files; look at them before you commit
	$(BIN)/python -m pytest tests/notices/test_golden.py --update-golden

pictures: $(READY) ## renew the pictures of the README
	$(BIN)/python -m tools.readme_pictures

schemas: $(READY) ## renew the JSON Schemas
	$(BIN)/loa --workspace . schema

words: $(READY_DEV) ## compile what click says in Vietnamese
	$(BIN)/python tools/compile_words.py

lock: $(READY_DEV) ## pin the newest versions that fit setup.cfg
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --no-header --annotation-style=line --upgrade --output-file=requirements.txt setup.cfg
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --no-header --annotation-style=line --upgrade --extra dev --constraint requirements.txt --output-file=requirements-dev.txt setup.cfg

wheel-check: $(READY_DEV) ## build the wheel from a clean copy, install it elsewhere, run its demo
	$(BIN)/python tools/wheel_check.py

clean: ## forget the environment and everything made
	rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis output/demo
