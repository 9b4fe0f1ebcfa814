#!/bin/sh
# Makes the virtual environment $1 and installs the locked dependencies and this project.
set -eu

venv=$1
stamp=$venv/.installed
here=$(pwd)

# Start afresh when the environment was made for another folder or its Python has gone.
if [ -e "$stamp" ] && [ "$(cat "$stamp")" != "$here" ]; then
    rm -rf "$venv"
elif [ -e "$venv" ] && ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
    rm -rf "$venv"
fi
# An interrupted installation must not look finished.
rm -f "$stamp"

if [ ! -e "$venv" ]; then
    python=$(sh tools/find-python.sh)
    echo "Making $venv with $("$python" --version)."
    "$python" -m venv "$venv"
fi

echo "Installing what requirements.lock names into $venv. The first time, this takes a minute or two."
export PIP_DISABLE_PIP_VERSION_CHECK=1
"$venv/bin/python" -m pip install --quiet --no-input --require-hashes -r requirements.lock
# The build backend is one of the locked packages, so nothing is fetched here.
"$venv/bin/python" -m pip install --quiet --no-input --no-deps --no-build-isolation -e .
# pip compiles what it installs, but not what stays where it is. Where Python must not write what it has compiled, as in
# many containers, every command would compile all of this anew.
"$venv/bin/python" -m compileall -q src

echo "$here" > "$stamp"
