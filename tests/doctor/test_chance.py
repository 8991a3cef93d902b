"""Accuracies are weighed against chance, and of a run near chance it is never said that nothing is wrong."""

import numpy as np
import pytest

import glassnet as gn
from glassnet.doctor import Case, diagnose
from glassnet.doctor.marks import marked
from glassnet.doctor.reference import Reference

SHARES = (0.5, 0.8, 0.9, 0.95, 0.98, 0.995)


def classes(K, common, m, seed, apart=2.5):
    """Clusters of which the last one has what the others leave: (1 - common), evenly else."""
    rng = np.random.default_rng(seed)
    rest = 1 - common if common > 0.5 else 1 / K
    shares = np.full(K, (1 - rest) / (K - 1))
    shares[-1] = rest
    y = np.repeat(np.arange(K), np.maximum(np.round(shares * m).astype(int), 1))
    centres = np.random.default_rng(1000 + K).normal(0, apart, (K, 8))
    X = (centres[y] + rng.normal(size=(len(y), 8))).astype(np.float32)
    return gn.Dataset(X, y, class_names=[f"c{k}" for k in range(K)]).split(0.3, seed=seed)


def learned(train, part, network, rate=0.02, epochs=6):
    start = network.copy()
    options = {"epochs": epochs, "batch_size": 32, "validation": part, "monitor": True}
    history = gn.fit(network, train, gn.Adam(rate), **options)
    return Case(network, train, part, history=history, start=start)


@pytest.mark.parametrize("common", SHARES)
@pytest.mark.parametrize("K", [2, 3, 5, 10])
def test_a_rare_class_is_said_to_be_rare_and_its_labels_to_be_nothing_else(K, common):
    train, part = classes(K, common, 1000, seed=0)
    case = learned(train, part, gn.mlp(8, 32, K, seed=0))
    findings = diagnose(case)
    assert {finding.kind for finding in findings} <= {"classes_rare"}
    rare = train.class_counts[-1] <= 0.15 * len(train) / K
    assert [finding.kind for finding in findings] == ["classes_rare"] * bool(rare)
    if rare:
        assert f"c{K - 1} ({train.class_counts[-1]})" in findings[0].evidence


def test_nine_hundred_and_fifty_to_fifty():
    rng = np.random.default_rng(0)
    y = np.repeat([0, 1], [950, 50])
    X = (rng.normal(size=(1000, 5)) + 2.5 * y[:, None]).astype(np.float32)
    train, part = gn.Dataset(X, y).split(0.2, seed=0)
    case = learned(train, part, gn.mlp(5, 16, 2, seed=0))
    (finding,) = diagnose(case)
    assert (finding.kind, finding.severity) == ("classes_rare", "note")
    assert "right in 95 % of all cases" in finding.evidence


@pytest.mark.parametrize("common", [0.5, 0.8, 0.95])
def test_shuffled_labels_are_found_whatever_the_shares(common):
    train, part = classes(3, common, 2500, seed=1)
    rng = np.random.default_rng(0)
    train, part = (
        gn.Dataset(p.images, rng.permutation(p.labels), class_names=p.class_names) for p in (train, part)
    )
    case = learned(train, part, gn.mlp(8, 32, 3, seed=0))
    assert diagnose(case)[0].kind == "labels_do_not_match"


def test_where_classes_are_too_few_to_tell_nothing_is_said_of_labels():
    train, part = classes(2, 0.995, 400, seed=2)
    assert "labels_do_not_match" not in {
        f.kind for f in diagnose(learned(train, part, gn.mlp(8, 16, 2, seed=0)))
    }


@pytest.mark.parametrize(
    ("answers", "truth", "skill"),
    [
        ([0, 0, 0, 0], [0, 0, 0, 1], 0.0),
        ([0, 0, 0, 1], [0, 0, 0, 1], 1.0),
        ([1, 1, 1, 0], [0, 0, 0, 1], -1.0),
        ([0, 0, 1, 1], [0, 0, 0, 0], 0.5),
        ([0, 0, 1, 1, 2, 0], [0, 0, 1, 1, 2, 2], 0.75),
    ],
)
def test_each_class_counts_the_same(answers, truth, skill):
    A, Y = np.eye(3)[answers], np.eye(3)[truth]
    assert marked(A, Y, "classes").skill == pytest.approx(skill)


def test_the_same_answer_for_all_has_no_skill_in_any_task(rng):
    Y = rng.normal(size=(200, 2))
    assert marked(np.broadcast_to(Y.mean(axis=0), Y.shape), Y, "numbers").skill == pytest.approx(0)
    asked = (Y > 1).astype(float)
    assert marked(np.zeros_like(asked), asked, "questions").skill == 0
    assert marked(asked, asked, "questions").skill == 1
    assert marked(np.zeros((50, 1)), np.zeros((50, 1)), "questions").by_chance is True


def test_random_answers_are_rarely_better_than_luck(rng):
    for shares in ([0.5, 0.5], [0.95, 0.05], [0.7, 0.2, 0.1], [0.1] * 10):
        marks = []
        for _ in range(200):
            Y, A = (np.eye(len(shares))[rng.choice(len(shares), 300, p=shares)] for _ in range(2))
            marks.append(marked(A, Y, "classes"))
        assert np.mean([not m.by_chance for m in marks]) <= 0.02


def test_the_reference_finds_what_is_there_and_nothing_in_noise(rng):
    X = rng.normal(size=(400, 6)).astype(np.float32)
    line = np.column_stack([X[:, 0] > 0.5, X[:, 1] + X[:, 2] > 0]).astype(float)
    known = gn.Dataset(X, line)
    assert Reference.of(known, line, "questions").marks.skill > 0.7
    assert Reference.of(known, line, "questions").surest_wrong < 0.05
    assert Reference.of(known, rng.permutation(line), "questions").marks.hardly_better
    numbers = (X[:, :1] - 2 * abs(X[:, 1:2])).astype(float)
    assert Reference.of(gn.Dataset(X, numbers), numbers, "numbers").marks.skill > 0.8


STUCK = {
    "classes": (gn.mlp(8, 16, 3, seed=0), lambda X: (np.abs(X[:, :3]).argmax(axis=1)).astype(int)),
    "one question": (gn.mlp(8, 16, 1, loss="log_loss", seed=0), lambda X: (X[:, 0] > 0).astype(np.float32)),
    "questions": (gn.mlp(8, 16, 2, loss="log_loss", seed=0), lambda X: (X[:, :2] > 0).astype(np.float32)),
    "numbers": (gn.mlp(8, 16, 1, loss="mse", seed=0), lambda X: (X[:, 0] * 2).astype(np.float32)),
    "counts": (
        gn.mlp(8, 16, 1, loss="poisson", seed=0),
        lambda X: np.round(np.exp(X[:, 0])).astype(np.float32),
    ),
}


@pytest.mark.parametrize("with_validation", [True, False])
@pytest.mark.parametrize("task", STUCK)
def test_near_chance_something_is_said(task, with_validation, rng):
    """A network that always gives the same answer, and about which nothing else is known."""
    untrained, label = STUCK[task]
    X = rng.normal(size=(300, 8)).astype(np.float32)
    whole = gn.Dataset(X, label(X))
    train, part = whole.split(0.3, seed=0)
    network = untrained.copy()
    network.layers[2].W[...] *= 0.05
    finding = diagnose(Case(network, train, part if with_validation else None))[0]
    assert (finding.kind, finding.severity) == ("did_not_learn", "serious")
    assert "Looked at" in finding.evidence and "--set data.train_limit=20" in finding.advice


def test_a_network_that_knows_less_than_a_quick_look_does_is_told_so(rng):
    X = rng.normal(size=(500, 4)).astype(np.float32)
    whole = gn.Dataset(X, (X[:, 0] > 0).astype(int))
    network = gn.mlp(4, 8, 2, seed=0)
    gn.fit(network, gn.Dataset(X, (X[:, 0] + 1.2 * X[:, 1] > 0).astype(int)), gn.Adam(0.02), epochs=15)
    (finding,) = diagnose(Case(network, whole))
    assert finding.kind == "did_not_learn" and finding.title.startswith(
        "The network learned less than it could"
    )
