#!/bin/sh
# Counts which lines the tests run with the environment $1, and writes the figures to docs/architecture.md: first those
# of `make check`, then all that need no browser. Figures move a little from run to run: workers are killed on purpose.
set -eu

venv=$1
data=.cache/coverage
run() {
    "$venv/bin/coverage" run -m pytest -q -n auto --maxprocesses 8 --dist loadscope "$@"
    "$venv/bin/coverage" combine --quiet --append
}

rm -rf "$data"
mkdir -p "$data"
quick=tests/integration/test_one_edit_of_each.py
run tests/unit tests/golden tests/content "$quick"
"$venv/bin/coverage" json --quiet -o "$data/check.json"
run tests/integration tests/fault tests/contributions tests/search/test_index.py --deselect "$quick"
"$venv/bin/coverage" json --quiet -o "$data/all.json"
"$venv/bin/python" tools/coverage_rooms.py "$data/check.json" "$data/all.json"
