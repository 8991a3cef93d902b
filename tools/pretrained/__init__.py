"""How the model that ships is made: ``python -m tools.pretrained.make`` (``make pretrained``)."""
