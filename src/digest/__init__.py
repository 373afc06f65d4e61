"""Newsletters and digests from the articles you already publish."""

__version__ = "0.1.0"
