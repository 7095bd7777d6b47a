"""Regular talks with a supplier: when they are due, what was said, what was skipped."""
