"""The version; what a file was written by says this too."""

__version__ = "0.1.0"
