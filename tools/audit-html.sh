#!/bin/sh
# Builds the site with the environment $1 and holds every page to the HTML standard, with html-validate.
set -eu

venv=$1
audit=$(sh tools/install-audit.sh)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$venv/bin/goodpractice" build --no-search --site-dir "$work/site" >/dev/null
cp tools/audit/html-validate.mjs "$audit/html-validate.mjs"
pages=$(find "$work/site" -name '*.html' | wc -l)
(cd "$audit" && node_modules/.bin/html-validate --config html-validate.mjs --max-warnings 0 "$work/site/**/*.html")
echo "$((pages)) pages are valid HTML."
