# The whole interface of a developer: make chat | bot | test | test-all | steady | check | bench
# Every target sets up `.venv` by itself; a second call starts at once.
PYTHON ?= python3
VENV := .venv
READY := $(VENV)/.ready
DEV := $(VENV)/.ready-dev
BIN := $(VENV)/bin
# More than there are cores: many of the tests wait for processes they started. Each job collects the tests and reads
# the knowledge base for itself.
JOBS ?= 3
# Some set PYTHONDONTWRITEBYTECODE: without compiled files every process of the tests compiles all of them again.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/pytest --numprocesses $(JOBS) --dist worksteal

# How often `make steady` runs the quick tests, with two busy loops beside them.
RUNS ?= 20

.PHONY: chat bot test test-all steady check bench clean

chat: $(READY)
	@$(BIN)/career-advisor chat

bot: $(READY)
	@$(BIN)/career-advisor run

test: $(DEV)
	$(PYTEST) -m "not long"

test-all: $(DEV)
	$(PYTEST)

steady: $(DEV)
	@yes >/dev/null & one=$$!; yes >/dev/null & two=$$!; trap 'kill $$one $$two' EXIT INT TERM; \
	for run in $$(seq $(RUNS)); do \
		echo "== run $$run of $(RUNS)"; $(PYTEST) --quiet -m "not long" || exit 1; \
	done

check: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/career-advisor check || [ $$? -eq 3 ]
	-@$(BIN)/python scripts/learnt_models.py --check  # no error: what is stale is learnt at the first start

bench: $(DEV)
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

$(READY): pyproject.toml constraints.txt
	@echo "Setting up $(VENV) (once, a minute or two) …" >&2
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed: make PYTHON=python3.12 chat")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable . >&2 </dev/null
	@$(BIN)/python -m compileall -q bot  # some set PYTHONDONTWRITEBYTECODE: without it each start compiles all modules
	@$(BIN)/career-advisor ask hello >/dev/null </dev/null  # learns from the phrasings once; every later start is warm
	@touch $@

$(DEV): $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group dev >&2
	@touch $@

clean:
	rm -rf $(VENV) dist build
