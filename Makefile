# Set-up goes to .venv and is repeated only when what is to be installed has changed.
# Another interpreter: make chat PYTHON=/path/to/python3.12      Arguments: make test ARGS="-k batna"

.DEFAULT_GOAL := help
.PHONY: help chat setup setup-dev test check fix bench soak lock migration e2e clean

PYTHON ?=
WORKERS ?= 2
ARGS ?=
NAME ?=
export PYTHON

help:
	@echo 'make chat    set up, then talk to Prep here (no account needed)'
	@echo 'make test    set up, then run every test, on SQLite and on PostgreSQL'
	@echo 'make check   lint, types, layers, migrations, sizes, lock files'
	@echo 'make fix     let ruff put right what it can'
	@echo 'make bench   measure'
	@echo 'make soak    ten thousand reminders, two processes, twenty kills, a Slack that misbehaves (ten minutes)'
	@echo 'make lock    compile requirements/ anew (needs the network; UPGRADE=1 takes newer versions)'
	@echo 'make migration NAME="add a column"   write the next migration'
	@echo 'make e2e     one story in a real client of Teams, in a headless browser (needs Node.js and Chromium)'
	@echo 'make setup   only set up'
	@echo 'make clean   remove .venv and caches'

setup:
	@sh tools/setup.sh run

setup-dev:
	@sh tools/setup.sh dev

chat: setup
	@.venv/bin/prepbot chat $(ARGS)

test: setup-dev
	@.venv/bin/python -m pytest -q -n $(WORKERS) $(ARGS)

check: setup-dev
	@.venv/bin/python -m tools.check

fix: setup-dev
	@.venv/bin/ruff check -q --fix .
	@.venv/bin/ruff format -q .

bench: setup-dev
	@.venv/bin/python -m bench $(ARGS)

soak: setup-dev
	@.venv/bin/python -m tests.soak $(ARGS)

migration: setup-dev
	@.venv/bin/python -m tools.migration $(NAME)

lock:
	@sh tools/lock.sh

e2e: setup
	@sh e2e/run.sh

clean:
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis e2e/node_modules e2e/out
