"""Terms: what is negotiated, and what a value of each is worth."""
