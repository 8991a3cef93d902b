"""Pictures of samples: which are shown, and how right and wrong are told apart."""

import numpy as np
import pytest

from glassnet import plots
from glassnet.plots.embedding import principal_components
from glassnet.plots.mistakes import worst

SMALL = pytest.mark.mpl_image_compare(savefig_kwargs={"dpi": 40})


def shown(fig):
    """The tiles that hold an image."""
    return [ax for ax in fig.axes if ax.images]


def test_samples_show_images_with_their_labels(digits):
    fig = plots.samples(digits, count=12, seed=1)
    chosen = np.sort(np.random.default_rng(1).choice(400, 12, replace=False))
    for ax, number in zip(shown(fig), chosen, strict=True):
        assert np.array_equal(ax.images[0].get_array(), digits.images[number])
        assert ax.images[0].get_clim() == (0, 16)
        assert ax.get_title() == str(digits.labels[number])


def test_right_and_wrong_are_told_by_mark_frame_and_colour(digits, trained):
    _, _, evaluation = trained
    fig = plots.samples(digits, evaluation=evaluation, count=400)
    frames = {"✓": set(), "✗": set()}
    for ax, truth, answer in zip(shown(fig), evaluation.labels, evaluation.predictions, strict=True):
        mark = ax.get_title()[0]
        assert (mark == "✓") == (truth == answer)
        assert str(answer) in ax.get_title()
        frames[mark].add((ax.spines["top"].get_linestyle(), ax.title.get_color()))
    assert len(frames["✓"]) == len(frames["✗"]) == 1
    assert all(a != b for a, b in zip(*frames["✓"], *frames["✗"], strict=True))


def test_rows_of_a_table_are_bars_with_a_class_name(iris):
    fig = plots.samples(iris, count=3, seed=0)
    tiles = [ax for ax in fig.axes if ax.patches]
    assert len(tiles) == 3
    assert all(ax.get_title() in iris.class_names for ax in tiles)
    assert tiles[0].get_yticklabels()[0].get_text() == iris.feature_names[0]


def test_targets_of_a_regression_are_written_as_numbers(regression):
    data = regression[2]
    fig = plots.samples(data, count=2, seed=0)
    assert all(
        np.isclose(float(ax.get_title()), data.labels, atol=1e-2).any() for ax in fig.axes if ax.patches
    )


def test_the_most_confident_mistake_comes_first(digits, trained):
    _, _, evaluation = trained
    wrong = worst(evaluation)
    confidence = evaluation.probabilities[wrong].max(axis=1)
    assert np.all(np.diff(confidence) <= 0)
    assert np.all(evaluation.predictions[wrong] != evaluation.labels[wrong])
    fig = plots.mistakes(digits, evaluation, count=4)
    assert np.array_equal(shown(fig)[0].images[0].get_array(), digits.images[wrong[0]])
    assert f"is {evaluation.labels[wrong[0]]}" in shown(fig)[0].get_title()
    assert fig.get_suptitle() == f"{len(wrong)} mistakes in 400 answers: the 4 most confident"


def test_no_mistakes_is_a_picture_too(digits, trained, text):
    _, _, evaluation = trained
    right = np.flatnonzero(evaluation.predictions == evaluation.labels)
    network = trained[0]
    from glassnet.evaluation import evaluate

    part = digits.take(right)
    assert "All" in text(plots.mistakes(part, evaluate(network, part)))


def test_an_evaluation_of_other_data_is_refused(digits, trained, regression):
    with pytest.raises(ValueError, match="400 samples, but 10 are given"):
        plots.mistakes(digits.limit(10), trained[2])
    with pytest.raises(ValueError, match="does not tell classes apart"):
        plots.mistakes(regression[2], regression[1])


def test_prediction_shows_all_probabilities_and_the_truth(digits, trained):
    P = trained[2].probabilities[0]
    fig = plots.prediction(digits.flat[0], P, label=3, image_shape=(8, 8))
    left, right = fig.axes
    assert np.array_equal(left.images[0].get_array(), digits.images[0])
    assert np.allclose([bar.get_width() for bar in right.patches], 100 * P)
    assert right.get_yticklabels()[3].get_text() == "3 ←"


def test_of_many_classes_the_likeliest_are_shown():
    P = np.linspace(0, 1, 30) / 15
    right = plots.prediction(np.zeros(4), P, class_names=[f"class {k}" for k in range(30)]).axes[1]
    assert [label.get_text() for label in right.get_yticklabels()][:2] == ["class 29", "class 28"]
    assert len(right.patches) == 12


def test_one_output_tells_two_classes_apart():
    fig = plots.prediction([1.0, 2.0], [0.8], label=0, class_names=["no", "yes"])
    assert fig.get_suptitle() == "Read as “yes”, 80.0 % sure: wrong, it is “no”"
    assert np.allclose([bar.get_width() for bar in fig.axes[1].patches], [20, 80])


def test_principal_components_are_those_of_scikit_learn(rng):
    from sklearn.decomposition import PCA

    H = rng.normal(size=(50, 7)) * [5, 3, 1, 1, 1, 1, 1]
    places, shares = principal_components(H)
    peer = PCA(2).fit(H)
    assert np.allclose(np.abs(places), np.abs(peer.transform(H)))
    assert np.allclose(shares, peer.explained_variance_ratio_)


def test_each_sample_is_a_point_of_its_class(digits, trained):
    network = trained[0]
    H = network.trace(digits.flat / 16, digits.labels).layers[-1].X
    fig = plots.embedding(H, digits)
    ax = fig.axes[0]
    places, _ = principal_components(H)
    for k, points in enumerate(ax.collections):
        assert np.allclose(points.get_offsets(), places[digits.labels == k])
        assert points.get_label() == str(k)
    assert len(ax.artists) == 10
    looks = {(tuple(points.get_facecolor()[0]), len(points.get_paths()[0])) for points in ax.collections}
    assert len(looks) == 10


def test_t_sne_and_tables(iris):
    H = iris.flat[::5]
    fig = plots.embedding(H, iris.take(np.arange(0, 150, 5)), method="tsne")
    assert [text.get_text() for text in fig.axes[0].texts] == list(iris.class_names)
    assert fig.axes[0].get_xlabel() == "t-SNE 1"


def test_one_hidden_unit_has_a_map_as_well():
    places, shares = principal_components([[0.0], [1.0]])
    assert places.shape == (2, 2) and np.allclose(shares, [1, 0])


def test_what_cannot_be_mapped_is_said(iris, regression):
    with pytest.raises(ValueError, match="no classes"):
        plots.embedding(np.zeros((80, 2)), regression[2])
    with pytest.raises(ValueError, match="activations of 3 samples"):
        plots.embedding(np.zeros((3, 2)), iris)
    with pytest.raises(ValueError, match="umap"):
        plots.embedding(iris.flat, iris, method="umap")


@SMALL
def test_samples_looks(digits, trained):
    return plots.samples(digits, evaluation=trained[2], count=20, seed=3)


@SMALL
def test_mistakes_looks(digits, trained):
    return plots.mistakes(digits, trained[2], count=10)


@SMALL
def test_prediction_looks(digits, trained):
    return plots.prediction(digits.flat[0], trained[2].probabilities[0], label=0, image_shape=(8, 8))


@SMALL
def test_embedding_looks(iris):
    return plots.embedding(iris.flat, iris)
