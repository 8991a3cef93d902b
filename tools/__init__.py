"""What makes files that ship with the package; not part of it."""
