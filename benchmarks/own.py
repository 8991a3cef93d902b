"""People's own digits: Glassnet's reading beside seed 004's way, on the same pictures with the same model.

    python -m benchmarks.own FOLDER

The folder holds `labels.csv` (file, text, kind; an empty text is no digit) and `images/`. Seed 004 resizes
the whole picture to 28×28 and inverts it; here only where the picture is light, which is kinder.
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from PIL import Image

import glassnet as gn
from benchmarks.figures import record
from glassnet.preprocessing import open_grey


def seed_004(grey, model):
    """The whole picture brought to 28×28, light paper made dark."""
    small = np.asarray(Image.fromarray(grey).resize((28, 28), Image.Resampling.BILINEAR))
    small = 255 - small if small.mean() > 127 else small
    return str(model.predict(small[np.newaxis])[0])


def main(folder):
    model = gn.pretrained()
    rows = list(csv.DictReader((folder / "labels.csv").read_text(encoding="utf-8").splitlines()))
    ours, theirs, wrong = defaultdict(list), defaultdict(list), []
    for row in rows:
        grey = open_grey(folder / "images" / row["file"])
        found = gn.read(grey, model)
        said = found.text.replace("\n", "/").replace(" ", "")
        what = "one digit" if len(row["text"]) == 1 else "several" if row["text"] else "no digit"
        light = "dark on light" if found.sheet.dark else "light on dark"
        for group in (what, f"{what}, {row['kind']}", f"{what}, {light}"):
            ours[group].append(said == row["text"])
            if what == "one digit":
                theirs[group].append(seed_004(grey, model) == row["text"])
        if said != row["text"]:
            wrong.append((row["file"], row["text"] or "no digit", said or found.reason))
    print(f"{'':<28}{'pictures':>9}{'Glassnet':>10}{'seed 004':>10}")
    for group in sorted(ours):
        other = f"{100 * np.mean(theirs[group]):8.1f} %" if theirs[group] else f"{'–':>10}"
        print(f"{group:<28}{len(ours[group]):>9}{100 * np.mean(ours[group]):>8.1f} %{other}")
    record(
        folder.name,
        {
            name.replace(" ", "_"): 100 * float(np.mean(ours[name]))
            for name in ("one digit", "several", "no digit")
        }
        | {"seed_004": 100 * float(np.mean(theirs["one digit"])), "digits": len(ours["one digit"])},
        f"python -m benchmarks.own DATA/{folder.name}",
    )
    for file, right, said in wrong:
        print(f"  {file}: {right}, read as {said}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data/own"))
