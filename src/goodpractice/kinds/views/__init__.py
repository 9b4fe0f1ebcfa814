"""What the views of several kinds share."""
