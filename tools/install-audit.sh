#!/bin/sh
# Installs the tools of make audit that need Node into .cache/audit, as tools/audit/package-lock.json names them,
# and prints that folder. Everything said to a person goes to stderr.
set -eu

folder=$(pwd)/.cache/audit

if ! command -v npm >/dev/null || ! node -e '
const [major, minor] = process.versions.node.split(".").map(Number);
process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' 2>/dev/null; then
    echo "make audit and make scripts need Node 20.19 or newer with npm: install it from https://nodejs.org/ and try again." >&2
    exit 1
fi

mkdir -p "$folder"
if ! cmp -s tools/audit/package-lock.json "$folder/package-lock.json" || [ ! -e "$folder/.installed" ]; then
    rm -f "$folder/.installed"
    cp tools/audit/package.json tools/audit/package-lock.json "$folder/"
    echo "Installing what tools/audit/package-lock.json names." >&2
    # Scripts of packages are not run: these tools need none.
    (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
    touch "$folder/.installed"
fi
echo "$folder"
