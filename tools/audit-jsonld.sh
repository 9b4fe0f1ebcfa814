#!/bin/sh
# Expands the JSON-LD files of a folder (tools/audit/expand.mjs).
set -eu

audit=$(sh tools/install-audit.sh)

# Its import is looked for beside it.
cp tools/audit/expand.mjs "$audit/"
node "$audit/expand.mjs" "$1"
