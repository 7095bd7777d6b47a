"""Who moved, how far, and for what in return."""
