"""Checks that `make check` runs. Each is `python -m tools.NAME`, prints what is wrong and exits non-zero."""
