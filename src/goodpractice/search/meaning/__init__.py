"""Meaning: numbers for words, by which a question finds a section that says the same in other words.

Each of 21,721 English words has 128 whole numbers (static word vectors after Model2Vec, Tulkens and van Dongen 2024;
`tools/make-word-vectors.py` made them, NOTICE names the model and its licence). A section has the weighted sum of its
words, a question of its own. A website is built without any model, and without floating-point numbers: the same text
gives the same bytes on every machine.
"""

from goodpractice.search.meaning.sections import SectionVector, measure_section
from goodpractice.search.meaning.table import DIMENSIONS, SHARDS, WordTable, load_table

__all__ = ["DIMENSIONS", "SHARDS", "SectionVector", "WordTable", "load_table", "measure_section"]
