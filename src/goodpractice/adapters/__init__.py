"""MkDocs, as another way to build the same site. Nothing else knows that it exists: leaving it means deleting this."""
