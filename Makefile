# make report (PERIOD=2024-09) · make test · make test-deep · make lab · make serve · make clean
PERIOD ?= 2024-09
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock

# Each works on a share of the tests.
WORKERS := -n 2 --dist worksteal

export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: report test test-deep lab serve clean
.DEFAULT_GOAL := report

report: $(VENV)/.installed $(VENV)/.quarto
	@$(BIN)/rorikt demo --if-empty
	@$(BIN)/rorikt report $(PERIOD)

test: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/pytest $(WORKERS)

# Properties on more examples, the notebooks once more as an analyst runs them, and the numbers of more months.
test-deep: $(VENV)/.installed-test
	$(BIN)/pytest $(WORKERS) -m "hypothesis or deep" --hypothesis-profile deep

lab: $(VENV)/.installed-lab
	@$(BIN)/rorikt demo --if-empty
	@$(BIN)/rorikt clean --if-changed
	$(BIN)/jupyter lab --notebook-dir=notebooks

serve: $(VENV)/.installed
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory _site 8000

clean:
	rm -rf _build _site data/clean/*.parquet data/clean/quarantine data/clean/memory data/clean/fingerprint.txt

$(VENV)/.installed: pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=python3.12, for example")'
	@echo "Setting up $(VENV) (once) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) -e .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	@$(PIP) -e '.[test]'
	@touch $@

$(VENV)/.installed-lab: $(VENV)/.installed
	@$(PIP) -e '.[lab]'
	@touch $@

# Tried once: a network that blocks the download must not be asked again at every report.
$(VENV)/.quarto: $(VENV)/.installed
	@$(BIN)/python tools/install_quarto.py
	@touch $@
