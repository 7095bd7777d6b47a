"""Contracts: their terms, what follows from them, and what is done about it."""
