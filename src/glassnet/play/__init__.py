"""The browser application: draw a digit, look into the network, step through it, train it.

A thin FastAPI server and plain ES modules (``static/``). Everything shown comes from the engine's
Trace, Evidence, History and Evaluation; the page itself computes nothing.
"""
