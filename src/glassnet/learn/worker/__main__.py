"""Started by the marker as a script: ``python -I -S worker/__main__.py {"path": [...]}``."""

import importlib
import json
import os
import sys

if __name__ == "__main__":
    settings = json.loads(sys.argv[1])
    above = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
    sys.path[:] = [above, *settings["path"]]
    serving = importlib.import_module("worker.serving")
    sys.path.remove(above)
    serving.main(settings)
