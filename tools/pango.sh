#!/bin/sh
# Makes sure that PDFs can be made with the Python $1. WeasyPrint needs the library Pango, which is no Python package;
# with HarfBuzz's part for subsets it makes smaller fonts.
# Installs Debian's packages of it where it may; everything said to a person goes to stderr.
set -eu

packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

works() {
    "$1" -c 'import weasyprint' 2>/dev/null
}

if works "$1"; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "PDFs need the library Pango: installing $packages." >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null
    # shellcheck disable=SC2086 # several packages
    apt-get install -y -qq --no-install-recommends $packages >/dev/null
    if works "$1"; then
        exit 0
    fi
fi
echo "PDFs need the library Pango: install it (on Debian and Ubuntu: sudo apt install $packages; on macOS: brew install pango) and run this again. Everything but the PDFs works without it: make site." >&2
exit 1
