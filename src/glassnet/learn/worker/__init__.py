"""The process in which a learner's file runs: it knows neither references nor twins.

It is started as a script and imports NumPy and the standard library alone; the marker, in the parent
process, imports ``wire`` (how both talk) and ``calls`` (to run a twin, or a notebook's function, in the
same way). There it is a package by itself, out of sight of ``glassnet``; so one import is relative.
"""
