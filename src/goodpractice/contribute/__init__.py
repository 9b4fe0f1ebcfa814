"""What comes in, made into checked files of the project."""
