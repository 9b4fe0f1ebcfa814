"""Files to take along, made from the same pages and tokens as the site: what is printed, and what is adapted."""
