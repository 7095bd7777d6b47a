"""Alternatives to the deal, and the best of them."""
