"""Plans as a whole: listed, renamed, put away."""
