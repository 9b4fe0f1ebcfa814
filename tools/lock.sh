#!/bin/sh
# Writes the lock file $2 from pyproject.toml, with the uv of the environment $1.
# Exact versions and hashes for every platform and Python, and no address of any registry.
# UV_CUSTOM_COMPILE_COMMAND keeps the header of the file the same however it was made.
set -eu

venv=$1
output=$2
shift 2
UV_CUSTOM_COMPILE_COMMAND='make lock' "$venv/bin/uv" pip compile --quiet \
    --universal --python-version 3.11 \
    --generate-hashes --no-emit-index-url --no-emit-find-links \
    --extra dev "$@" pyproject.toml -o "$output"

if grep -n '://' "$output" >&2; then
    echo "$output names an address (above): a lock file must hold only versions and hashes." >&2
    exit 1
fi
