# Every step of development in one place.  `make` alone lists the targets.

# Tried in this order; PYTHON=/path/to/python goes first.
PYTHONS = $(PYTHON) python3.11 python3.12 python3.13 python3 python
# One more than a small machine has cores, because much of what tests do is waiting for something else.
WORKERS ?= 3
# A worker begins with a part of its own, so that what a folder's tests share is made once; who is done helps others.
TESTS := -m pytest -n $(WORKERS) --dist worksteal

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
RUNTIME := $(VENV)/.runtime
DEVELOPMENT := $(VENV)/.development
PLACE := $(VENV)/.place

# An environment holds absolute paths, so one that was moved or copied along with the checkout is made anew.
ifneq ($(shell cat $(PLACE) 2>/dev/null),$(CURDIR))
$(shell rm -f $(PLACE))
endif

.DEFAULT_GOAL := help
.PHONY: help setup run test chaos check fix migration migrate bench clean
.DELETE_ON_ERROR:

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: $(RUNTIME) ## Make the environment with what running takes

run: $(RUNTIME) ## Start Storywatch; without settings, on a pretend platform
	@exec $(BIN)/storywatch run

test: $(DEVELOPMENT) ## Run all tests; those that need a missing program are skipped with the reason
	@echo "tests"
	@$(BIN)/python $(TESTS) tests

chaos: $(DEVELOPMENT) ## Check 50,000 profiles while proxies die and come back, and the engine is killed
	@$(BIN)/python -m pytest --chaos-checks 50000 tests/chaos

check: $(DEVELOPMENT) ## Check format, style, types, import contracts and unit tests
	@echo "format"
	@$(BIN)/ruff format --check --quiet .
	@echo "style"
	@$(BIN)/ruff check --quiet .
	@echo "types"
	@$(BIN)/mypy --no-error-summary
	@echo "import contracts"
	@contracts=$$($(BIN)/lint-imports 2>&1) || { printf '%s\n' "$$contracts"; exit 1; }
	@test -n "$(ALL_TESTS_PASSED)" || { echo "unit tests" && $(BIN)/python $(TESTS) tests/unit; }

fix: $(DEVELOPMENT) ## Format the code and mend what can be mended by itself
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --fix --quiet .

migration: $(DEVELOPMENT) ## Write the next migration from the models: make migration NAME=what_it_does
	@case "$(NAME)" in ''|*[!a-z0-9_]*) \
		echo "NAME is missing or not plain; write make migration NAME=what_it_does in a-z, 0-9 and _" >&2; exit 2;; \
	esac
	@$(BIN)/aerich migrate --offline --name $(NAME)

migrate: $(RUNTIME) ## Bring the database up to this version; starting does it too
	@$(BIN)/storywatch migrate

bench: $(DEVELOPMENT) ## Measure and print a table of figures
	@$(BIN)/python -m benchmarks

clean: ## Remove the environment and all caches; the data directory stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(PLACE):
	@for python in $(PYTHONS); do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		echo "environment: $$("$$python" --version) in $(VENV)"; \
		rm -rf $(VENV); \
		"$$python" -m venv $(VENV) >/dev/null 2>&1 && printf '%s' "$(CURDIR)" >$@ && exit 0; \
		echo "$$python cannot make an environment; install its venv module (on Debian: apt install python3-venv)" >&2; \
		exit 1; \
	done; \
	echo "Storywatch needs Python 3.11 or newer and found none; install it, or name it: make PYTHON=/path/to/python" >&2; \
	exit 1

# The project itself is installed as the checkout: what is edited is what runs.
$(RUNTIME): requirements.lock pyproject.toml $(PLACE)
	@echo "packages that running takes"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(DEVELOPMENT): requirements-dev.lock $(RUNTIME)
	@echo "packages that development takes"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
