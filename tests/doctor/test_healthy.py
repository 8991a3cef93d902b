"""Trainings that went well: the doctor has nothing to say."""

import pytest

from glassnet.doctor import diagnose
from glassnet.recipe import finish, load_recipe, run

SMALL = ("data.source=digits", "data.limit=900", "data.validation=0.2", "data.test=0")
HEALTHY = [
    ("default",),
    ("quick", *SMALL, "training.epochs=20", "optimizer.learning_rate=0.01"),
    ("seed_000_leaky_relu", *SMALL),
    ("seed_001_deep_relu", *SMALL, "training.epochs=600"),
    ("seed_002_relu", *SMALL),
    ("seed_003_digits_cross_entropy", "data.limit=900", "training.epochs=600"),
    ("seed_003_digits_log_loss", "data.limit=900", "training.epochs=600"),
    ("seed_003_digits_mse", "data.limit=900", "training.epochs=600"),
    ("seed_003_iris",),
    ("seed_004_relu_128", *SMALL, "data.train_limit=0", "training.epochs=400"),
    ("default", "network.activation=tanh", "optimizer.name=momentum", "optimizer.learning_rate=0.05"),
    ("default", "network.activation=sigmoid", "network.init=xavier", "network.dropout=0"),
    ("default", "network.activation=gelu", "optimizer.name=rmsprop", "training.epochs=15"),
    ("default", "network.activation=elu", "optimizer.name=adagrad", "optimizer.learning_rate=0.03"),
    ("default", "network.batch_norm=true", "optimizer.name=nesterov", "optimizer.learning_rate=0.05"),
]


@pytest.mark.parametrize(
    "recipe", HEALTHY, ids=lambda r: "-".join((r[0], *(x.partition("=")[2] for x in r[1:4])))
)
def test_a_healthy_training_draws_no_alarm(recipe, tmp_path):
    result = finish(run(load_recipe(recipe[0], recipe[1:]), tmp_path / "run"))
    assert diagnose(result) == []
