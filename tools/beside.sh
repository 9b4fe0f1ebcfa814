#!/bin/sh
# beside.sh COMMAND WORD…: run a command beside another one, given by its words, and show what it said below that one's.
# Fails where one of them does, and ends both when it is interrupted.
set -u
said=$(mktemp)
sh -c "$1" >"$said" 2>&1 &
beside=$!
shift
trap 'kill "$beside" 2>/dev/null; rm -f "$said"; exit 130' INT TERM
echo "$@"
"$@"
first=$?
wait "$beside"
second=$?
cat "$said"
rm -f "$said"
[ "$first" -eq 0 ] || exit "$first"
exit "$second"
