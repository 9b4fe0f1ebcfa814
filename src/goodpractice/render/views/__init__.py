"""What pages show that belong to no kind, as blocks."""
