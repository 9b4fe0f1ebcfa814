"""Folders of the built site. They are named here so that a build without changes need not import search and photos."""

ASSETS = "assets"
SEARCH_FOLDER = "assets/search"
PHOTO_FOLDER = "assets/photos"
#: The list of all pages, which every site has, whoever built it.
SITEMAP = "sitemap.xml"
