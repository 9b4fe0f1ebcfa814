"""Folders of the built site. They are named here so that a build without changes need not import search and photos."""

ASSETS = "assets"
SEARCH_FOLDER = "assets/search"
PHOTO_FOLDER = "assets/photos"
#: What browsers need to know to keep all of the site.
EDITION_FOLDER = "assets/offline"
#: Keeps and shows copies. Its place decides of which pages it may: of all that lie beside and below it.
WORKER = "service-worker.js"
#: The list of all pages, which every site has, whoever built it.
SITEMAP = "sitemap.xml"
