# What a developer and a new user run. Everything is installed into .venv from hash-checked locks.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
PY := $(VENV)/bin/python
CODE := src tests benchmarks training docs

.PHONY: demo test soak lint bench docs format lock audit release gazetteer train sample clean

demo: $(VENV)/runtime.done  ## the packaged sample, from captures to chronicle
	$(VENV)/bin/dateline demo

test: $(VENV)/dev.done  ## the test suite
	$(PY) -m pytest

soak: $(VENV)/dev.done  ## the long tests
	$(PY) -m pytest -m soak

lint: $(VENV)/dev.done  ## style and types
	$(VENV)/bin/ruff check $(CODE)
	$(VENV)/bin/ruff format --check $(CODE)
	$(VENV)/bin/mypy

bench: $(VENV)/dev.done  ## every benchmark whose data is there (ONLY=times for one)
	$(PY) -m benchmarks $(ONLY)

docs: $(VENV)/dev.done  ## the generated pages: docs/cli.md, docs/schemas.json
	$(PY) -m docs.generate

format: $(VENV)/dev.done
	$(VENV)/bin/ruff check --fix $(CODE)
	$(VENV)/bin/ruff format $(CODE)

gazetteer: $(VENV)/training.done  ## rebuild src/dateline/data/gazetteer.sqlite
	$(PY) -m training.gazetteer

train: $(VENV)-train/done  ## remake what was learned: make train DATA=folder of the data sets; a stopped run goes on
	$(VENV)-train/bin/python -m training.cues $(DATA)/statements
	$(VENV)-train/bin/python -m training.words $(DATA)
	$(VENV)-train/bin/python -m training.relations $(DATA)/relations
	$(VENV)-train/bin/python -m training.event_words $(DATA)/ecbplus
	$(VENV)-train/bin/python -m training.scrapes
	$(VENV)-train/bin/python -m training.statements $(DATA) --out build/training
	$(VENV)-train/bin/python -m training.statements $(DATA) --out build/training-on --warm build/training/last.pt --rate 1.2e-4 --head-rate 5e-4

$(VENV)-train/done: requirements/training.lock requirements/torch.txt
	test -x $(VENV)-train/bin/python || $(PYTHON) -m venv $(VENV)-train
	$(VENV)-train/bin/python -m pip install --quiet --require-hashes -r requirements/training.lock
	$(VENV)-train/bin/python -m pip install --quiet -r requirements/torch.txt
	$(VENV)-train/bin/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

sample: $(VENV)/dev.done  ## rebuild the sample's compressed files
	$(PY) -m training.sample

$(VENV)/%.done: requirements/%.lock pyproject.toml
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$*.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

audit: $(VENV)-release/done  ## known vulnerabilities in what we ship; says what could not be looked up
	$(VENV)-release/bin/pip-audit --requirement requirements/runtime.lock --require-hashes --disable-pip --progress-spinner off

release: audit $(VENV)/dev.done  ## the wheel, tried in a clean environment, its bill of materials and its hashes, in dist/
	rm -rf dist build/release
	$(PY) -m hatchling build
	$(PYTHON) -m venv --without-pip build/release
	$(PY) -m pip --python build/release install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.lock
	$(PY) -m pip --python build/release install --quiet --disable-pip-version-check --no-deps dist/*.whl
	test $$(du -sm build/release | cut -f 1) -lt 600
	cd build/release && bin/dateline demo > demo.txt
	$(VENV)-release/bin/cyclonedx-py environment --pyproject pyproject.toml --output-file dist/dateline.cdx.json build/release/bin/python
	cd dist && sha256sum *.whl *.tar.gz *.json > SHA256SUMS

$(VENV)-release/done: requirements/release.lock
	test -x $(VENV)-release/bin/python || $(PYTHON) -m venv $(VENV)-release
	$(VENV)-release/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/release.lock
	touch $@

lock:  ## renew the locks from pyproject.toml (needs uv)
	for kind in runtime cluster dev training; do \
	  extras="--extra build"; \
	  case $$kind in cluster | dev) extras="$$extras --extra cluster";; esac; \
	  case $$kind in dev | training) extras="$$extras --extra dev";; esac; \
	  [ $$kind = training ] && extras="$$extras --extra training"; \
	  $(VENV)/bin/uv pip compile pyproject.toml $$extras --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-annotate -o requirements/$$kind.lock; \
	done
	sed -n '/^release = \[/,/^\]/s/^    "\(.*\)",$$/\1/p' pyproject.toml | $(VENV)/bin/uv pip compile - --universal \
	  --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements/release.lock

clean:
	rm -rf $(VENV) $(VENV)-train $(VENV)-release build dist .mypy_cache .ruff_cache .pytest_cache
