"""Site generators. Only this package knows that MkDocs exists; leaving MkDocs means deleting one module."""
