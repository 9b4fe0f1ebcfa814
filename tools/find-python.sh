#!/bin/sh
# Prints the path of a Python that is new enough and can make a virtual environment.
# Everything said to a person goes to stderr. PYTHON=… chooses one.
set -eu

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'

python=
for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
    if path=$(command -v "$candidate") && "$path" -c "$new_enough" 2>/dev/null; then
        python=$path
        break
    fi
done
if [ -z "$python" ]; then
    if [ -n "${PYTHON:-}" ]; then
        echo "'$PYTHON' is not a Python 3.11 or newer: set PYTHON to one that is." >&2
    else
        echo "Good Practice needs Python 3.11 or newer: install it from https://www.python.org/downloads/ and run make again." >&2
    fi
    exit 1
fi

# Debian ships venv without ensurepip, in a package of its own.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    package="python$version-venv"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "$python cannot make virtual environments yet: installing Debian's package $package." >&2
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq >/dev/null
        apt-get install -y -qq --no-install-recommends "$package" >/dev/null
    fi
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "$python cannot make virtual environments: install the package that holds its venv module (on Debian and Ubuntu: sudo apt install $package) and run make again." >&2
        exit 1
    fi
fi

echo "$python"
