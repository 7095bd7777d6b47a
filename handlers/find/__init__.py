"""Searching what a member may read."""
