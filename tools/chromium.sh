#!/bin/sh
# Prints the path of a Chrome or Chromium for the browser tests: by preference Chrome's headless shell, which has the
# same engine and no windows, so that a new page takes a quarter of the time. `chromium.sh whole` wants the browser that
# readers have: the shell draws letters a little differently.
# Everything said to a person goes to stderr. GOODPRACTICE_CHROMIUM=… chooses one.
set -eu

# Ubuntu's /usr/bin/chromium-browser is a stub that only tells to install a snap, hence the run.
runs() {
    [ -x "$1" ] && "$1" --version >/dev/null 2>&1
}

shells="chrome-headless-shell chromium-headless-shell"
if [ "${1:-}" = whole ]; then
    shells=""
fi

find_browser() {
    for name in $shells google-chrome google-chrome-stable chromium chromium-browser chrome; do
        if path=$(command -v "$name") && runs "$path"; then
            echo "$path"
            return 0
        fi
    done
    for app in "Google Chrome" Chromium; do
        path="/Applications/$app.app/Contents/MacOS/$app"
        if runs "$path"; then
            echo "$path"
            return 0
        fi
    done
    return 1
}

if [ -n "${GOODPRACTICE_CHROMIUM:-}" ]; then
    if runs "$GOODPRACTICE_CHROMIUM"; then
        echo "$GOODPRACTICE_CHROMIUM"
        exit 0
    fi
    echo "GOODPRACTICE_CHROMIUM names '$GOODPRACTICE_CHROMIUM', which does not start: correct or unset it." >&2
    exit 1
fi

if find_browser; then
    exit 0
fi

# Not on Ubuntu: its package of that name needs snap.
if [ "$(id -u)" = 0 ] && grep -qx 'ID=debian' /etc/os-release 2>/dev/null; then
    echo "The browser tests need Chrome or Chromium: installing Debian's package chromium." >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null
    apt-get install -y -qq --no-install-recommends chromium >/dev/null
    if find_browser; then
        exit 0
    fi
fi

echo "The browser tests need Chrome or Chromium: install one (on Debian: sudo apt install chromium), or set GOODPRACTICE_CHROMIUM to the path of one, and run make test again." >&2
exit 1
