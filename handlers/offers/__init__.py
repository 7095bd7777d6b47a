"""Offers, judged against what we could do without them."""
