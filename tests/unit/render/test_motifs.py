"""Motifs of the themes: told apart by shape alone, and every one has its colour."""

from __future__ import annotations

import re

from goodpractice.content import Project
from goodpractice.render.motifs import COLOURS, TILES, draw_motif, theme_motif
from goodpractice.render.stylesheet import STYLESHEET, build_stylesheets


def test_shapes_differ() -> None:
    shapes = {re.sub(r"gp-motif--\d+", "", draw_motif(place)) for place in range(len(TILES))}
    assert len(shapes) == len(TILES) == 21


def test_every_motif_has_a_colour_in_every_scheme() -> None:
    css = build_stylesheets()[STYLESHEET]
    for number in range(1, COLOURS + 1):
        assert f".gp-motif--{number}{{color:var(--gp-theme-{number})}}" in css
        assert css.count(f"--gp-theme-{number}:") == 3


def test_themes_of_this_project_have_motifs_of_their_own(repository: Project) -> None:
    motifs = [theme_motif(repository.kb, theme) for theme in repository.kb.themes]
    assert len(set(motifs)) == min(len(motifs), len(TILES))
