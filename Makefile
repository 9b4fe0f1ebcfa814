# Works with GNU make 3.81 (the one of macOS) and newer. `make` alone lists the targets.

VENV   := .venv
BIN    := $(VENV)/bin
# Holds the folder that the environment was made for, and is touched at every installation.
STAMP  := $(VENV)/.installed
# Tests run in one process per core, file by file (tests/conftest.py says how).
PYTEST := $(BIN)/python -m pytest -n auto --maxprocesses 8 --dist loadscope
# What `make check` runs of them: nothing that needs a whole site or is slow by nature, and fewer examples of each property.
QUICK  := -m 'not site and not thorough' --hypothesis-profile=quick \
          tests/integration/test_one_edit_of_each.py tests/golden tests/unit tests/content

# A Python elsewhere is not the one of the environment, and without docstrings the commands have no help.
unexport PYTHONHOME PYTHONOPTIMIZE PYTHONSAFEPATH
# Compiled tests are kept: to compile them again takes each process of a test run a few seconds.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install site serve check test coverage accessibility audit scripts pictures bench lock generate clean \
        static lint types contracts content generated chromium pango paper

# An environment holds absolute paths, so it is stale in a folder that was moved or copied.
ifneq ($(shell cat $(STAMP) 2>/dev/null),$(CURDIR))
.PHONY: $(STAMP)
endif

help: ## list these targets
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

$(STAMP): requirements.lock pyproject.toml tools/install.sh tools/find-python.sh
	@sh tools/install.sh $(VENV)

install: $(STAMP) ## make .venv and install what the lock file names

site: install ## check everything and build the website into site/
	$(BIN)/goodpractice build

paper: install pango ## the same with the PDFs and e-books; installs the library Pango where it may
	$(BIN)/goodpractice build --paper

serve: install ## show the website at http://127.0.0.1:8000/ and follow every edit; PORT=8001 takes another port
	$(BIN)/goodpractice serve $(if $(PORT),--address 127.0.0.1:$(PORT))

# What needs no tests to run goes side by side; its few lines stand above those of the tests.
check: install ## what to run before every commit (less than a minute on two quiet cores)
	@$(MAKE) --no-print-directory --jobs 2 static
	$(PYTEST) $(QUICK)

# The browser is looked for before anything slow begins, so that its absence shows at once.
test: install chromium pango static ## everything `make check` does, and every test
	GOODPRACTICE_CHROMIUM="$$(sh tools/chromium.sh)" $(PYTEST)

audit: install scripts ## slower checks: the scripts, the lock file, the wheel on its own, valid HTML, every PDF and e-book, Lighthouse, pictures, Firefox, LibreOffice, hundreds of edits, faults and hostile files
	sh tools/audit-lock.sh $(VENV)
	sh tools/audit-wheel.sh $(VENV)
	sh tools/audit-html.sh $(VENV)
	rm -rf .cache/export && mkdir -p .cache && $(BIN)/goodpractice export .cache/export --format csv >/dev/null && $(BIN)/python tools/audit-csv.py .cache/export/data
	rm -rf .cache/export && $(BIN)/goodpractice export .cache/export --format jsonld >/dev/null && sh tools/audit-jsonld.sh .cache/export/data
	$(BIN)/python -m benchmarks.lighthouse "$$(sh tools/install-audit.sh)" "$$(sh tools/chromium.sh whole)"
	GOODPRACTICE_LOOKS=compare GOODPRACTICE_CHROMIUM="$$(sh tools/chromium.sh whole)" $(PYTEST) tests/looks
	GOODPRACTICE_FIREFOX="$$(command -v firefox-esr || command -v firefox)" $(PYTEST) tests/search/test_twenty_searches.py tests/browser -k firefox
	GOODPRACTICE_SOFFICE="$$(sh tools/soffice.sh)" $(PYTEST) tests/integration/test_office_files.py
	GOODPRACTICE_PAPERS=all $(PYTEST) tests/integration/test_papers.py
	sh tools/audit-epub.sh $(VENV)
	GOODPRACTICE_HISTORIES=10 $(PYTEST) tests/integration/test_build_incremental.py tests/fault
	$(BIN)/python -m tests.helpers.other_community -n auto tests/unit tests/golden tests/content
	$(BIN)/python -W ignore -m tests.fuzz --minutes 10

scripts: ## check the types and habits of the JavaScript; needs Node with npm
	sh tools/audit-scripts.sh

coverage: install ## count which lines the tests run, and write the figures to CONTRIBUTING.md
	rm -rf .cache/coverage
	mkdir -p .cache/coverage
	$(BIN)/coverage run $(subst $(BIN)/python ,,$(PYTEST)) $(QUICK)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage json --quiet -o .cache/coverage/rooms.json
	$(BIN)/python tools/coverage_rooms.py .cache/coverage/rooms.json

# Written anew whatever the tests find: what fails is told, too.
accessibility: install chromium ## run the accessibility tests and write docs/accessibility.md from what they find
	mkdir -p .cache
	GOODPRACTICE_CHROMIUM="$$(sh tools/chromium.sh)" $(PYTEST) --junit-xml=.cache/accessibility.xml \
	    tests/browser/test_accessibility.py tests/browser/test_keyboard.py || echo "Some tests failed: see the page."
	$(BIN)/python -m tests.helpers.browser.statement .cache/accessibility.xml

# Look at what changed before you commit it.
pictures: install ## record anew how every kind of page and component looks, for the picture tests
	@sh tools/chromium.sh whole >/dev/null
	GOODPRACTICE_LOOKS=renew GOODPRACTICE_CHROMIUM="$$(sh tools/chromium.sh whole)" $(PYTEST) tests/looks

# `make bench N=1000` takes five minutes, the whole of it a quarter of an hour. Nothing else should run meanwhile.
bench: install ## build 10,000 case studies with us and with others, and write benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks.run $(N)

# uv keeps the versions that are already in the file. `make lock UPGRADE=1` takes the newest.
lock: install ## renew requirements.lock from pyproject.toml
	sh tools/lock.sh $(VENV) requirements.lock $(if $(UPGRADE),--upgrade)

generate: install ## write every file that is made from the code: catalogues, schemas, reference pages, architecture
	$(BIN)/python tools/generate.py

clean: ## remove the website, the environment and every cache
	rm -rf site dist $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

static: lint types contracts content generated

lint: install
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: install
	$(BIN)/mypy

contracts: install
	$(BIN)/lint-imports --no-logo

content: install
	$(BIN)/goodpractice check

generated: install
	$(BIN)/python tools/generate.py --check

chromium:
	@sh tools/chromium.sh >/dev/null

pango: install
	@sh tools/pango.sh $(BIN)/python
