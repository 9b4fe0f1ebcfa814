"""Languages: messages, catalogues and the marks of print."""
