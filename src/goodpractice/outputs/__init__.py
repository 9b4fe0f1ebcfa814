"""What a site is made of: one module for each output, and the registry, which is the only list of them."""
