"""Building fast: what changed since the last build, and only that.

Knows no site generator: the shell of a page (everything around its main
content) comes from an adapter, once for each shell key.
"""
