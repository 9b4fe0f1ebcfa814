"""Good Practice: the knowledge base that a community of practice writes together."""

__version__ = "0.1.0"
