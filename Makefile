# make report (PERIOD=2024-09) · make test · make test-deep · make lab · make serve · make clean
# The workbook in this folder, once it has exports of its own; until then the demo, in demo/.
OWN := $(shell find data/raw -type f ! -name '*.md' ! -name '.*' 2>/dev/null | head -n 1)
WORKBOOK ?= $(if $(OWN),.,demo)
# The newest month that has data, where none is given; of the demo, the one that its texts are written for.
PERIOD ?= $(if $(filter demo,$(WORKBOOK)),2024-09)
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock

# Each works on a share of the tests.
WORKERS := -n 2 --dist worksteal

export PATH := $(CURDIR)/$(BIN):$(PATH)
# Where what was compiled is not kept, each interpreter takes seconds more to start.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: report test test-deep lab serve clean
.DEFAULT_GOAL := report

report: $(VENV)/.installed $(VENV)/.quarto
	@$(if $(filter demo,$(WORKBOOK)),$(BIN)/rorikt demo --if-empty)
	@$(BIN)/rorikt --workbook "$(WORKBOOK)" report $(PERIOD)

test: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/pytest $(WORKERS)

# Properties on more examples, the notebooks once more as an analyst runs them, and the numbers of more months.
test-deep: $(VENV)/.installed-test
	$(BIN)/pytest $(WORKERS) -m "hypothesis or deep" --hypothesis-profile deep

lab: $(VENV)/.installed-lab
	@$(if $(filter demo,$(WORKBOOK)),$(BIN)/rorikt demo --if-empty)
	@$(BIN)/rorikt --workbook "$(WORKBOOK)" clean --if-changed
	@if git rev-parse --git-dir >/dev/null 2>&1; then $(BIN)/nbstripout --install --attributes .gitattributes && \
	  git config filter.nbstripout.extrakeys 'metadata.kernelspec metadata.language_info'; fi
	RORIKT_WORKBOOK="$$(cd "$(WORKBOOK)" && pwd)" $(BIN)/jupyter lab --notebook-dir=notebooks

serve: $(VENV)/.installed
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory "$(WORKBOOK)/_site" 8000

clean:
	rm -rf $(foreach book,. demo,$(addprefix $(book)/,_build _site data/clean/*.parquet data/clean/quarantine \
	  data/clean/files data/clean/fingerprint.txt data/memory))

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
