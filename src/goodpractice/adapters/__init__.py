"""MkDocs, as another way to build the same site. Only this package knows that it exists: leaving it means deleting this."""
