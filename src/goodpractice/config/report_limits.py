"""How much of what is wrong is looked for and told: apart from `limits`, whose models take long to import."""

from __future__ import annotations

#: Problems of one file that are kept and shown. Nobody mends more in one go, and every one costs a message and a guess
#: at what was meant.
PROBLEMS_IN_FILE = 100
#: Problems of all files together that one report shows, and their characters: together less than a megabyte, which a
#: browser opens, GitHub takes and `review` reads.
PROBLEMS = 1_000
REPORT_CHARACTERS = 400_000
#: Words with which mistyped words are compared in one run. A comparison takes up to twenty millionths of a second.
COMPARISONS = 100_000
