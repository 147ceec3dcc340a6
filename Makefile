# `make help` lists the targets. Everything installs what it needs into .venv and .cache.
PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -m pytest -n 4 --dist loadfile --no-loadscope-reorder # a file's tests share their sites; sites leave the processor idle
unexport PYTHONDONTWRITEBYTECODE # else each of the thousand processes compiles every module anew
FAST := tests/unit tests/contract tests/docs tests/security tests/test_architecture.py

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

demo: .venv/.ready ## bring samples/ into a throwaway WordPress and show what happens
	@$(PYTHON) -m tests.wordpress.install --embedded
	@$(PYTHON) -m tests.wordpress.demo

test: .venv/.ready ## every test, the ones against real WordPress included, most on one of two
	@$(PYTHON) -m tests.wordpress.install
	@$(PYTHON) -m tests.peers.install
	@$(PYTHON) -m tests.builds.tools
	@$(PYTHON) -m tests.browser.install
	WPMIGRATE_FLAVOURS=one $(PYTEST)

test-long: .venv/.ready ## every test with the full counts of sizes, examples and WordPresses
	@$(PYTHON) -m tests.wordpress.install
	@$(PYTHON) -m tests.peers.install
	@$(PYTHON) -m tests.builds.tools
	@$(PYTHON) -m tests.browser.install
	WPMIGRATE_LONG=1 $(PYTEST)

test-kills: .venv/.ready ## end imports, exports and undos at some 470 moments of their own
	@$(PYTHON) -m tests.wordpress.install
	WPMIGRATE_LONG=1 $(PYTEST) -m kills -rP

test-lowest: .venv/.ready ## the fast tests with the oldest libraries that pyproject.toml allows
	$(PYTHON) -m tests.builds.lowest tests/unit tests/contract tests/test_rewrite_cases.py tests/test_cluster.py

check: .venv/.ready lint ## linters and the fast tests, under a minute
	WPMIGRATE_EXAMPLES=check $(PYTHON) -m pytest -n 2 --dist worksteal $(FAST)

lint: .venv/.ready ## ruff and mypy
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

accept: .venv/.ready ## write the goldens again; look at the difference before you commit it
	$(PYTHON) -m pytest $(FAST) tests/test_cases.py tests/test_rewrite_cases.py --accept

bench: .venv/.ready ## measure beside bare loops, a plain script and other tools; writes bench/RESULTS.md
	@$(PYTHON) -m tests.wordpress.install
	$(PYTHON) -m bench.speed

bench-check: .venv/.ready ## count the instructions of small jobs; fails on 5 % more than the baseline
	$(PYTHON) -m bench.instructions

SECONDS := 60
fuzz: .venv/.ready ## fuzz readers and rules, SECONDS=60 for each
	$(PYTHON) -m tests.fuzz --seconds $(SECONDS)

clean: ## remove what the targets made
	rm -rf .venv .cache dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/.ready: pyproject.toml
	@python3 -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Installing python3 and python3-venv" \
	  && apt-get update -qq && apt-get install -qq -y python3 python3-venv >/dev/null; } \
	  || { echo "wpmigrate needs Python 3.11 or newer with venv; install it and call make again"; exit 1; }
	@echo "Installing wpmigrate and its development tools into .venv"
	@python3 -m venv .venv
	@.venv/bin/pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

.PHONY: help bench bench-check fuzz demo test test-long test-kills test-lowest check lint accept clean
