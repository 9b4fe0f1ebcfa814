"""Building what changed: scan, refresh, demand, stage, swap, keep, in one function for every build.

Knows no site generator, and of the things that a site is made of nothing but the protocol in `outputs/`.
"""
