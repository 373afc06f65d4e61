# The whole developer manual: make run, make test, make check, make bench.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: run test check format bench bench-teasers screenshots constraints clean

run: .venv/.run  ## Set up, and build an issue from the sample articles.
	$(BIN)/digest build --since 2026-01-01

test: .venv/.dev node_modules/.done  ## Set up, and run every test.
	$(BIN)/python -m pytest --numprocesses auto

check: .venv/.dev  ## Format, lint, types, import floors.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.dev  ## Put the code into shape.
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench-teasers: .venv/.dev  ## Print how good the teasers are; reads the shared data.
	$(BIN)/python benchmarks/bench_teasers.py

bench: .venv/.dev  ## Print speed and memory; never part of the tests.
	$(BIN)/python benchmarks/bench_render.py
	$(BIN)/python benchmarks/bench_process.py
	$(BIN)/python benchmarks/bench_selection.py
	$(BIN)/python benchmarks/bench_stories.py

screenshots: .venv/.dev node_modules/.done  ## Draw every theme in every engine there is, and docs/themes.webp.
	DIGEST_SCREENSHOTS=build/screenshots $(BIN)/python -m pytest --numprocesses auto tests/test_screenshots.py
	$(BIN)/python tests/eyes/sheet.py build/screenshots docs/themes.webp

constraints: .venv/.dev  ## Pin what is installed now: packages and versions alone.
	$(BIN)/python -m pip list --exclude-editable --exclude setuptools --format freeze > constraints.txt

clean:  ## Remove what make made.
	rm -rf .venv node_modules build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

.venv/.base: constraints.txt
	$(PYTHON) -m venv .venv
	$(PIP) --upgrade pip
	touch $@

.venv/.run: .venv/.base pyproject.toml
	$(PIP) --editable .
	touch $@

.venv/.dev: .venv/.run
	$(PIP) --group dev
	touch $@

# Accessibility rules, client support and a second mail parser; without npm their tests skip.
node_modules/.done: package.json
	if command -v npm >/dev/null; then npm install --silent && touch $@; fi
