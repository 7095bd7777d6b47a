"""Prep in many workspaces: installing, tokens, and a face for each installation."""
