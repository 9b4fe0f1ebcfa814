#!/bin/sh
# Prints the path of LibreOffice, which make audit opens our Word and OpenDocument files with; pdftoppm of poppler draws
# what it shows.
# Everything said to a person goes to stderr. GOODPRACTICE_SOFFICE=… chooses one.
set -eu

find_office() {
    for path in "${GOODPRACTICE_SOFFICE:-soffice}" libreoffice /Applications/LibreOffice.app/Contents/MacOS/soffice; do
        if command -v "$path"; then
            return 0
        fi
    done
    return 1
}

if command -v pdftoppm >/dev/null && find_office; then
    exit 0
fi

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "The audit needs LibreOffice: installing the packages libreoffice-writer-nogui and poppler-utils." >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null
    apt-get install -y -qq --no-install-recommends libreoffice-writer-nogui poppler-utils >/dev/null
    if find_office; then
        exit 0
    fi
fi

echo "The audit needs LibreOffice and pdftoppm: install them (on Debian: sudo apt install libreoffice-writer-nogui poppler-utils), or set GOODPRACTICE_SOFFICE to its path, and run make audit again." >&2
exit 1
