"""What a community sets in `mkdocs.yml`."""
