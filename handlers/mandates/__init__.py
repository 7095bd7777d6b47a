"""Mandates: who allowed which ceiling, and until when."""
