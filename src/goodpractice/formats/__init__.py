"""What the site says in formats that other programs read: data, citations, Markdown. Pure functions of records."""
