"""How fast the site builds, measured beside others."""
