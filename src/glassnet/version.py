"""The version, as files also record it."""

__version__ = "0.1.0"
