"""What the page of each kind of record shows, as blocks. `kinds.blocks` tells how a view is written."""
