#!/bin/sh
# Fails when requirements.lock is not what `make lock` would write: pyproject.toml asks for
# something the lock file does not hold. Newer releases do not count, since uv keeps the
# versions it finds. Needs the registry.
set -eu

venv=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp requirements.lock "$work/requirements.lock"
sh tools/lock.sh "$venv" "$work/requirements.lock"
if ! diff -u requirements.lock "$work/requirements.lock"; then
    echo "requirements.lock is out of date: run make lock." >&2
    exit 1
fi
echo "requirements.lock is complete."
