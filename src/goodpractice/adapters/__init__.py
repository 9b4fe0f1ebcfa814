"""Site generators. Only this package knows that MkDocs exists; leaving MkDocs means writing another driver."""
