#!/bin/sh
# Makes the virtual environment $1 and installs the locked dependencies and this project.
set -eu

# What a person has set for their own pip and Python must not lead what is installed here to another place.
unset PIP_USER PIP_PREFIX PIP_TARGET PIP_ROOT PIP_REQUIREMENT PIP_CONSTRAINT PIP_DRY_RUN PIP_NO_DEPS PIP_REQUIRE_HASHES
unset PIP_EDITABLE PIP_UPGRADE PIP_IGNORE_INSTALLED PIP_PYTHON PIP_REPORT PIP_SRC
unset PYTHONHOME PYTHONPATH PYTHONUSERBASE PYTHONOPTIMIZE PYTHONSAFEPATH PYTHONWARNINGS

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
"$venv/bin/python" -m pip install --no-user --quiet --no-input --require-hashes -r requirements.lock
# The build backend is one of the locked packages, so nothing is fetched here.
"$venv/bin/python" -m pip install --no-user --quiet --no-input --no-deps --no-build-isolation -e .
# pip has noted the path of the project, which Python reads with the letters of the locale: they may not be those of the
# folder's name, and then no Python starts here any more. The way from where the note lies has plain letters only.
for site in "$venv"/lib/python3*/site-packages; do
    if [ "$venv" = .venv ] && [ -f "$site/_goodpractice.pth" ]; then
        echo ../../../../src > "$site/_goodpractice.pth"
    fi
done
# pip compiles what it installs, but not what stays where it is. Where Python must not write what it has compiled, as in
# many containers, every command would compile all of this anew.
"$venv/bin/python" -m compileall -q src

echo "$here" > "$stamp"
