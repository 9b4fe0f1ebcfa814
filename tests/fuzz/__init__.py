"""A fuzzer over everything that a stranger can send, with a budget as its judge.

`python -m tests.fuzz --minutes 60` for an hour; `tests/fuzz/test_fuzz.py` for a minute, with fixed seeds.
"""
