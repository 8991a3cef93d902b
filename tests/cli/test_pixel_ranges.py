"""Commands that meet pixels in another range than the model learned: the shipped one, and a run's."""

import numpy as np
import pytest

from glassnet.pretraining import SHIPPED

FORMS = {
    "bytes": lambda x: x,
    "fractions": lambda x: x / 255,
    "signed": lambda x: (x / 127.5 - 1).astype("f4"),
}


@pytest.fixture
def files(tmp_path, mnist):
    some = mnist[1].limit(300, seed=0)
    for name, form in FORMS.items():
        np.savez(tmp_path / f"{name}.npz", images=form(some.images), labels=some.labels)
        np.savez(tmp_path / f"{name}-test.npz", images=form(some.images))
        np.savez(tmp_path / f"{name}-inverted.npz", images=form(255 - some.images), labels=some.labels)
    np.savez(tmp_path / "standard.npz", images=(some.images / 255 - 0.1307) / 0.3081, labels=some.labels)


@pytest.fixture(params=["shipped", *FORMS])
def run(request, glassnet, files):
    if request.param == "shipped":
        return SHIPPED
    settings = ["network.hidden=[32]", "training.epochs=20", "data.test=0"]
    options = [part for setting in settings for part in ("--set", setting)]
    assert glassnet("train", f"{request.param}.npz", *options, "--out", "run", "-q")[0] == 0
    return "run"


def test_every_command_answers_as_if_they_were_in_its_own(glassnet, run, tmp_path):
    told = {}
    for name in FORMS:
        code, out, err = glassnet("evaluate", run, f"{name}.npz", "--json")
        assert code == 0, err
        predicted = [
            line.split()[2] for line in glassnet("predict", f"{name}.npz", "-m", run)[1].splitlines()
        ]
        assert glassnet("submit", run, f"{name}-test.npz", "-o", f"{name}.csv")[0] == 0
        submitted = [line.split(",")[1] for line in (tmp_path / f"{name}.csv").read_text().splitlines()[1:]]
        assert predicted == submitted
        told[name] = (out.partition('"accuracy": ')[2].partition(",")[0], predicted)
    assert told["bytes"] == told["fractions"] == told["signed"]
    assert float(told["bytes"][0]) > 0.8


@pytest.mark.parametrize("command", ["evaluate", "predict", "submit"])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("bytes-inverted", "dark on light"),
        ("fractions-inverted", "dark on light"),
        ("signed-inverted", "dark on light"),
        ("standard", "the pixels go from -0.424213 to 2.82149, but the model learned pixels from"),
    ],
)
def test_what_cannot_be_scaled_is_refused(glassnet, files, tmp_path, command, name, said):
    if command == "submit":
        with np.load(tmp_path / f"{name}.npz") as archive:
            images = archive["images"]
        np.savez(tmp_path / f"{name}.npz", images=images)
    arguments = [f"{name}.npz", "-m", SHIPPED] if command == "predict" else [SHIPPED, f"{name}.npz"]
    code, out, err = glassnet(command, *arguments)
    assert code == 2 and said in err and name in err and not out
