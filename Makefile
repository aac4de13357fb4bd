# One command for everything (`make` lists them). A stamp file says what is already done, so that a second
# run starts at once; what takes more than a line is in tools/.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
SOURCES = $(shell find src -path '*/front/*' -type f) $(wildcard src/entregent/shell/*.t*) src/entregent/shell/build.py
CATALOGUES = $(shell find src -name '*.po')
export PYTHONUNBUFFERED = 1
export DJANGO_SETTINGS_MODULE ?= entregent.config.settings
.DEFAULT_GOAL := help
.PHONY: help run test test-all check bench wheel messages clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 12

run: build/.messages build/.assets ## the whole program on http://127.0.0.1:8000/ (PORT=8123 make run)
	@exec $(VENV)/bin/entregent run --demo

test: $(VENV)/.dev build/.messages build/.assets ## all tests, on SQLite and on PostgreSQL
	@$(PY) tools/test.py $(ARGS)

test-all: $(VENV)/.dev build/.messages build/.assets ## the same, and what is too long for every day
	@$(PY) tools/test.py --whole $(ARGS)

check: $(VENV)/.dev build/.messages build/.assets ## format, lint, floors, types, templates, messages: fast
	@PATH="$(CURDIR)/$(VENV)/bin:$$PATH" sh tools/check.sh

bench: $(VENV)/.dev build/.messages build/.assets ## the benchmarks, as a table with ratios
	@$(PY) -m bench $(ARGS)

wheel: build/.messages build/.assets ## dist/*.whl with built assets: its users need no Node
	@sh tools/wheel.sh

messages: $(VENV)/.dev ## take new texts from the sources into the catalogues
	@for room in src/entregent/*/; do \
	  if [ -d "$$room/locale" ]; then $(PY) tools/messages.py update "$$room" || exit 1; fi; done

clean: ## forget what was built and installed; var/ (your data) stays
	rm -rf $(VENV) node_modules build dist test-results .mypy_cache .ruff_cache .pytest_cache
	find src -name '*.mo' -delete

$(VENV)/.run: requirements.txt tools/uv.txt
	@sh tools/install.sh $(PYTHON) $(VENV) requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@sh tools/install.sh $(PYTHON) $(VENV) requirements-dev.txt
	@touch $@

node_modules/.done: package-lock.json .npmrc | $(VENV)/.run
	@sh tools/npm.sh $(VENV) ci
	@touch $@

build/.assets: node_modules/.done $(SOURCES)
	@$(PY) -m entregent.shell.build >/dev/null
	@mkdir -p build
	@touch $@

build/.messages: tools/messages.py $(CATALOGUES) | $(VENV)/.run
	@mkdir -p build
	@$(PY) tools/messages.py compile
	@touch $@
