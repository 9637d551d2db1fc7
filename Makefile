# kehoach: every target says what it does. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
PY := $(VENV)/bin/python
INPUTS ?= data/raw
OUT ?= data/processed

.PHONY: help run test check bench bench-archive bench-engines faults fuzz setup setup-dev lint samples models confidence lock clean

help: ## List the targets / liệt kê lệnh
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: setup ## Set up, then read data/raw into data/processed/latest (INPUTS=… OUT=…)
	@echo "== Reading $(INPUTS) into $(OUT)/latest"
	$(VENV)/bin/kehoach run $(INPUTS) --out $(OUT)

test: setup-dev ## Set up, then lint, type-check and run all tests
	@$(MAKE) --no-print-directory lint
	@echo "== Tests"
	$(PY) -m pytest

lint: setup-dev ## Style, types, import layers
	@echo "== Style, types, layers"
	$(VENV)/bin/ruff check pipeline tests data
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

check: setup ## Are the tools, rules and models there?
	$(VENV)/bin/kehoach check

bench: setup-dev ## Speed and memory beside the naive way and the floor
	$(PY) -m tests.bench

bench-archive: setup-dev ## Ten thousand made-up documents: memory, cost a document, a night without news, one new document
	$(PY) -m tests.archive.bench --documents $(or $(DOCUMENTS),10000)

bench-engines: setup-dev ## Two workers beside one, a Ray cluster of two nodes beside two workers
	$(PY) -m tests.bench_engines

faults: setup-dev ## A thousand faults of disks, engines and people: nothing torn, lost or wrong (FAULTS=1000 SEED=1)
	$(PY) -m tests.faults --faults $(or $(FAULTS),1000) --seed $(or $(SEED),1)

fuzz: setup-dev ## Ten minutes of hostile bytes for every parser (FOR=600)
	$(PY) -m tests.fuzz --seconds $(or $(FOR),600)

samples: setup-dev ## Write data/raw and its gold again
	$(PY) -m tests.samples

models: setup-dev ## Build models/ again
	$(PY) -m pipeline.nlp.build models/plan
	$(PY) -m pipeline.ingest.language.build_words models/words
	$(PY) -m pipeline.ingest.language.build_syllables models/words models/syllables
	$(PY) -m pipeline.ingest.hand.build_digits models/digits

confidence: setup ## Fit models/confidence again (READ="GOLD DOCUMENTS ...", folders in pairs)
	$(PY) -m pipeline.evaluate.calibrate $(READ) --out models/confidence

setup: $(VENV)/.run-done ## Python environment and Debian packages for running
setup-dev: $(VENV)/.dev-done ## The same for tests, notebooks and the bench

$(VENV)/.run-done: requirements.lock pyproject.toml .ci/setup
	@bash .ci/setup requirements.lock
	@touch $@

$(VENV)/.dev-done: requirements-dev.lock pyproject.toml .ci/setup
	@bash .ci/setup requirements-dev.lock
	@touch $(VENV)/.run-done $@

lock: ## Pin all packages again, with hashes (needs uv); what runs has the versions that were tested
	uv pip compile pyproject.toml --all-extras --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-dev.lock
	uv pip compile pyproject.toml --extra build --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -c requirements-dev.lock -o requirements.lock

clean: ## Remove the environment and all that runs left in OUT: tables, ledger, reports, pages kept from OCR
	rm -rf $(VENV) $(addprefix $(OUT)/,latest builds cache ledger.sqlite* reports logs run.lock)
