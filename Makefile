# make run     builds console and server, and starts it with the demonstration company
# make test    every test: Rust, the console, then the real binary with real clients
# make lint    format, clippy, licences, words, Python and JavaScript
# make bench   measures, and compares with what the machine allows
# make soak    the long forms of the failure tests
# make models  obtains data, trains what the program reads comments with, and judges it
# make pictures  the console's pictures in the documents, made anew
# make format  what `make lint` would ask for

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help

CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/vivencia
export CARGO_TARGET_DIR := $(or $(CARGO_TARGET_DIR),$(CACHE)/target)
DEMO_DIR ?= $(CACHE)/demo
LISTEN ?= 127.0.0.1:8080
PYTEST_WORKERS ?= $(shell nproc)

.PHONY: help
help:
	@sed -n 's/^# make /make /p' Makefile

.PHONY: console
console:
	@scripts/prepare.sh build
	scripts/console.sh

.PHONY: run
run: console
	cargo build --release --locked -p vivencia
	exec "$$CARGO_TARGET_DIR/release/vivencia" demo --data-dir "$(DEMO_DIR)" --listen "$(LISTEN)"

.PHONY: build
build: console
	cargo build --locked -p vivencia

.PHONY: test
test: test-rust test-console test-e2e

.PHONY: prepare-test
prepare-test:
	@scripts/prepare.sh test

.PHONY: test-rust
test-rust: prepare-test console
	if cargo nextest --version >/dev/null 2>&1; then
	  cargo nextest run --locked --workspace --no-fail-fast
	else
	  cargo test --locked --workspace --no-fail-fast
	fi

.PHONY: test-console
test-console: prepare-test console
	cd console && npm run --silent test

.PHONY: test-e2e
test-e2e: prepare-test build
	scripts/node_modules.sh e2e
	suite=$$(scripts/venv.sh e2e/requirements/suite.txt)
	export VIVENCIA_VENV_SEGMENT_2_3_4=$$(scripts/venv.sh e2e/requirements/segment-2.3.4.txt)
	export VIVENCIA_VENV_SEGMENT_2_4_0=$$(scripts/venv.sh e2e/requirements/segment-2.4.0.txt)
	cd e2e
	"$$suite/bin/python" -m pytest -n $(PYTEST_WORKERS) --dist worksteal $(PYTEST_ARGUMENTS)

.PHONY: pictures
pictures:
	VIVENCIA_PICTURES="$(CURDIR)/docs/pictures" $(MAKE) test-e2e PYTEST_ARGUMENTS="tests/test_pictures.py"

.PHONY: lint
lint: prepare-test console
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	if cargo deny --version >/dev/null 2>&1; then
	  cargo deny --locked check licenses bans sources
	fi
	python3 scripts/check_licences.py
	scripts/check_words.sh
	suite=$$(scripts/venv.sh e2e/requirements/suite.txt)
	"$$suite/bin/ruff" check --config e2e/pyproject.toml e2e scripts bench models
	"$$suite/bin/ruff" format --config e2e/pyproject.toml --check e2e scripts bench models
	scripts/node_modules.sh e2e
	(cd e2e && npx --no-install biome ci .)
	cd console && npm run --silent lint

.PHONY: format
format:
	cargo fmt --all
	suite=$$(scripts/venv.sh e2e/requirements/suite.txt)
	"$$suite/bin/ruff" check --config e2e/pyproject.toml --fix e2e scripts bench models
	"$$suite/bin/ruff" format --config e2e/pyproject.toml e2e scripts bench models
	scripts/node_modules.sh e2e
	scripts/node_modules.sh console
	(cd e2e && npx --no-install biome check --write .)
	cd console && npm run --silent format

.PHONY: soak
soak: prepare-test build
	VIVENCIA_POWER_LOSS_SEEDS=$${VIVENCIA_POWER_LOSS_SEEDS:-10000} cargo test --locked --release -p events --test it power_loss -- --nocapture
	suite=$$(scripts/venv.sh e2e/requirements/suite.txt)
	cd e2e
	VIVENCIA_KILLS=$${VIVENCIA_KILLS:-1000} "$$suite/bin/python" -m pytest -n 0 tests/test_ledger.py

.PHONY: models
models:
	python3 models/obtain.py "$(CACHE)/models"
	cargo build --locked -p models
	"$$CARGO_TARGET_DIR/debug/models" train "$(CACHE)/models" models/data crates/text/data/ngrams.model
	cargo build --locked -p models
	"$$CARGO_TARGET_DIR/debug/models" encoder "$(CACHE)/models" models/data crates/text/data/encoder.model
	cargo build --locked -p models
	"$$CARGO_TARGET_DIR/debug/models" places "$(CACHE)/models" models/data crates/text/data/places.model
	cargo build --locked -p models
	for part in sentiment places topics language tweets; do
	  "$$CARGO_TARGET_DIR/debug/models" judge "$$part" "$(CACHE)/models" models/data
	done
	cargo build --locked -p models
	"$$CARGO_TARGET_DIR/debug/models" figures .

.PHONY: bench
bench: console
	cargo build --release --locked -p vivencia -p load
	bench/run $(BENCH_ARGUMENTS)
