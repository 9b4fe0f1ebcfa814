"""Good Practice: a knowledge base for a community of practice to write together."""

import os

__version__ = "0.1.0"

# Plugins of pydantic that happen to be installed could change what the models accept; and looking for them reads the
# metadata of every package, which takes longer than reading a story.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
