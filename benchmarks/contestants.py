"""The contestants: each runs in a process of its own, times its laps and prints one line of JSON.

    python -m benchmarks.contestants pytorch sgd-128

Each is a function ``(work, images, labels)`` that gives two others: ``lap()``, which is timed, and
``accuracy()``, which is not and shows that something was learned. Who gets what:

- Glassnet: uint8 images, through its real training loop; so turning pixels into floats, the running loss
  and accuracy, and the events are all inside its time.
- PyTorch: float32 pixels and int64 labels as tensors, ready in memory; a fresh permutation for each epoch
  and batches by indexing, no DataLoader; zero_grad, forward, loss, backward, step; nothing is recorded.
- scikit-learn: float32 pixels ready in memory; partial_fit, one epoch for each call.
- bare: the five matrix products of a step into buffers that are already there, on one and the same batch:
  neither reading images nor anything between the products is inside its time.
- seed: the seed's page written naively; float32 columns ready in memory, as its text says, and weights
  straight from randn, which are float64, so that NumPy silently computes everything in float64.
- seed in float32: the same page with the weights turned to float32 first.
"""

import json
import os
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.works import WORKS

THREADS = int(os.environ.get("OMP_NUM_THREADS", "1"))


def glassnet(work, images, labels):
    import glassnet as gn
    from glassnet.train import Epoch, train

    network = gn.mlp(784, work.hidden, 10, seed=0)
    kind = {"sgd": gn.GradientDescent, "adam": gn.Adam}[work.optimizer]
    data = gn.Dataset(images, labels)
    events = train(
        network, data, kind(work.learning_rate), epochs=1_000_000, batch_size=work.batch_size, seed=0
    )
    epochs = (event for event in events if isinstance(event, Epoch))

    def lap():
        for _ in range(work.epochs_per_lap):
            next(epochs)

    def accuracy():
        A = network.predict_proba(images.astype(np.float32) / 255)
        return float((A.argmax(axis=1) == labels).mean())

    return lap, accuracy


def pytorch(work, images, labels):
    import torch

    torch.set_num_threads(THREADS)
    torch.manual_seed(0)
    X = torch.from_numpy(images.astype(np.float32) / 255)
    y = torch.from_numpy(labels.astype(np.int64))
    model = torch.nn.Sequential(
        torch.nn.Linear(784, work.hidden), torch.nn.ReLU(), torch.nn.Linear(work.hidden, 10)
    )
    loss_of = torch.nn.functional.cross_entropy
    kind = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[work.optimizer]
    optimizer = kind(model.parameters(), lr=work.learning_rate, fused=True)

    def lap():
        for indices in torch.randperm(len(X)).split(work.batch_size):
            optimizer.zero_grad()
            loss_of(model(X[indices]), y[indices]).backward()
            optimizer.step()

    def accuracy():
        with torch.no_grad():
            return float((model(X).argmax(dim=1) == y).float().mean())

    return lap, accuracy


def scikit_learn(work, images, labels):
    from sklearn.neural_network import MLPClassifier

    X = images.astype(np.float32) / 255
    model = MLPClassifier(
        (work.hidden,),
        solver=work.optimizer,
        alpha=0.0,
        batch_size=work.batch_size,
        learning_rate_init=work.learning_rate,
        momentum=0.0,
        nesterovs_momentum=False,
        early_stopping=False,
        random_state=0,
    )
    classes = np.arange(10)
    return lambda: model.partial_fit(X, labels, classes=classes), lambda: float(model.score(X, labels))


def bare(work, images, labels):
    rng = np.random.default_rng(0)
    batch_size = work.batch_size or len(images)
    shapes = {"X": (batch_size, 784), "W1": (784, work.hidden), "W2": (work.hidden, 10)}
    X, W1, W2 = (rng.standard_normal(shape, dtype=np.float32) for shape in shapes.values())
    Z1, Z2 = X @ W1, X @ W1 @ W2
    dW1, dW2, dA1 = np.empty_like(W1), np.empty_like(W2), np.empty_like(Z1)
    full, rest = divmod(len(images), batch_size)

    def step(n):
        np.matmul(X[:n], W1, out=Z1[:n])
        np.matmul(Z1[:n], W2, out=Z2[:n])
        np.matmul(Z1[:n].T, Z2[:n], out=dW2)
        np.matmul(Z2[:n], W2.T, out=dA1[:n])
        np.matmul(X[:n].T, dA1[:n], out=dW1)

    def lap():
        for _ in range(full * work.epochs_per_lap):
            step(batch_size)
        if rest:
            step(rest)

    return lap, lambda: None


def seed(work, images, labels, dtype=np.float64):
    from benchmarks.seed_page import accuracy, gradient_descent, init_params

    X = (images.T / 255.0).astype(np.float32)
    params = [tuple(p.astype(dtype) for p in init_params(work.hidden))]

    def lap():
        params[0] = gradient_descent(X, labels, params[0], work.learning_rate, work.epochs_per_lap)

    return lap, lambda: accuracy(X, labels, params[0])


CONTESTANTS = {
    "glassnet": glassnet,
    "pytorch": pytorch,
    "scikit-learn": scikit_learn,
    "bare": bare,
    "seed": seed,
    "seed in float32": partial(seed, dtype=np.float32),
}


def run(contestant, work):
    """One round: a lap to warm up, then the timed ones."""
    from glassnet.data import load_pair

    data_dir = Path(os.environ["GLASSNET_DATA"]) if "GLASSNET_DATA" in os.environ else None
    train_set = load_pair("mnist", data_dir=data_dir)[0].limit(work.samples)
    lap, accuracy = CONTESTANTS[contestant](work, train_set.flat, train_set.labels)
    lap()
    start = time.perf_counter()
    for _ in range(work.laps):
        lap()
    seconds = (time.perf_counter() - start) / work.laps
    return {"seconds": seconds, "accuracy": accuracy()}


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1], WORKS[sys.argv[2]])))
