#!/bin/sh
# Builds the wheel, installs it into an empty environment elsewhere, with the locked versions of
# what it says it needs and nothing more, and lets it check and build a copy of this repository.
# Finds a template that the wheel forgot, or a dependency that only the tests declare.
set -eu

venv=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# pip takes hashes in a constraints file as an order to hash everything, this wheel included.
sed -n 's/^\([A-Za-z0-9._-]*==[^\\]*[^\\ ]\) *\\*$/\1/p' requirements.lock > "$work/constraints.txt"

"$venv/bin/python" -m pip wheel --quiet --no-input --no-deps --no-build-isolation --wheel-dir "$work" .
"$venv/bin/python" -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --no-input -c "$work/constraints.txt" "$work"/*.whl

# The files git knows, as they are now; no src/, so that only the wheel can answer.
mkdir "$work/project"
git ls-files --cached --others --exclude-standard -- . ':!src' ':!tests' | while IFS= read -r file; do
    if [ -f "$file" ]; then
        mkdir -p "$work/project/$(dirname "$file")"
        cp "$file" "$work/project/$file"
    fi
done

cd "$work"
"$work/env/bin/goodpractice" check -C "$work/project"
"$work/env/bin/goodpractice" build -C "$work/project" --site-dir "$work/site"
test -s "$work/site/index.html"
echo "The wheel builds the website on its own."
