"""Whether a plan is ready, and what in it contradicts itself."""
