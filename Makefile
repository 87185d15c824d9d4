# make chat: the chat at http://127.0.0.1:7860 (PORT=… for another port). make test: the whole test suite.
# Each sets up what it needs first: .venv, the packages, the index. What is there already is not done again.

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)
DATA := $(or $(QA_DATA_DIR),$(QA_DATA),.data)
RUN := .venv/bin/python
PIP := $(RUN) -m pip install --disable-pip-version-check --progress-bar off -c constraints.txt
# What the index is built from; the folder of reports stands for the reports in it, whatever they are called.
SOURCES := $(shell find corpus -name '*.py' -o -name '*.toml' -o -path '*/model/*') corpus/reports

.PHONY: chat test lint check eval bench growth model index
.DEFAULT_GOAL := chat

chat: .venv/.installed
	@$(MAKE) --no-print-directory -s $(DATA)/.indexed || $(RUN) -m qa reports >/dev/null
	@exec $(RUN) app.py

test: .venv/.installed-dev
	$(RUN) -m pytest $(PYTEST_ARGUMENTS)

lint: .venv/.installed-dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy --strict corpus qa app.py

check: lint
	$(RUN) -m pytest -q -m "not slow"

eval: .venv/.installed $(DATA)/.indexed
	$(RUN) -m eval --gate
	$(RUN) -m eval.roundtrip
	$(RUN) -m eval.keyed --gate

bench: .venv/.installed $(DATA)/.indexed
	$(RUN) -m eval.bench

# Up to 5,000 reports: some twenty minutes and 8 GB of temporary disk; SIZES=1,100 for less.
growth: .venv/.installed
	$(RUN) -m eval.growth $(if $(SIZES),--sizes $(SIZES))

model: .venv/.installed-dev
	$(RUN) -m corpus.embedding.train

index: .venv/.installed
	$(RUN) -m qa index
	@touch $(DATA)/.indexed

# Stamps: written only when the step before has ended well, so a step that was cut off is done again.
.venv/.created:
	@test -n "$(PYTHON)" || { echo "决算问答需要 Python 3.11 或更新版本，请先安装。 / Juesuan needs Python 3.11 or newer; please install it." >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.installed: .venv/.created pyproject.toml constraints.txt
	@echo "正在安装依赖（首次需要几分钟）… / Installing packages (a few minutes the first time)…" >&2
	$(PIP) -e .
	@touch $@

.venv/.installed-dev: .venv/.installed
	$(PIP) -e '.[dev]'
	@touch $@

$(DATA)/.indexed: $(SOURCES) | .venv/.installed
	@echo "正在建立索引… / Building the index…" >&2
	$(RUN) -m qa index
	@touch $@
