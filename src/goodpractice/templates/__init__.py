"""The theme `goodpractice`: templates, logo and font of the frame. MkDocs imports it to find them."""
