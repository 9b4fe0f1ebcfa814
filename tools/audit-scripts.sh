#!/bin/sh
# Checks the types of our scripts, which are written in JSDoc, with TypeScript, and their habits with ESLint.
set -eu

audit=$(sh tools/install-audit.sh)

"$audit/node_modules/.bin/tsc" --project tools/audit/tsconfig.json
"$audit/node_modules/.bin/tsc" --project tools/audit/worker.tsconfig.json
# Its import is looked for beside it.
cp tools/audit/eslint.config.mjs "$audit/"
"$audit/node_modules/.bin/eslint" --config "$audit/eslint.config.mjs" --max-warnings 0 src/goodpractice/scripts
echo "The types of the scripts hold."
