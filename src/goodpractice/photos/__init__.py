"""Photos: what a file holds, a clean copy, and the sizes that the site shows.

Everything that touches Pillow is imported where it is used, so that a project
without photos does not pay for it.
"""
