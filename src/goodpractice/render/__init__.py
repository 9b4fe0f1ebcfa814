"""From records and Markdown to finished pages: macros, templates, styles."""

from goodpractice.render.macros import EDITORS_MACROS, VIEWS, bind_macros, macro_example, macro_signature
from goodpractice.render.page import Inputs, RenderedPage, list_anchors_of_text, render_page, rewriter
from goodpractice.render.stylesheet import build_stylesheets

__all__ = [
    "EDITORS_MACROS",
    "VIEWS",
    "Inputs",
    "RenderedPage",
    "bind_macros",
    "build_stylesheets",
    "list_anchors_of_text",
    "macro_example",
    "macro_signature",
    "render_page",
    "rewriter",
]
