"""Rung 2: layers remember what forward() computed, so nobody passes Z1 and A1 around any more.

All weights lie in one vector, ``theta``, and their gradients in another, ``grad``: the update is one
line, however many layers there are. From the repository's root:  python examples/ladder/rung2.py
"""

import glassnet as gn


def build(n_x, n_h, n_y):
    layers = [gn.Dense(n_x, n_h, init="he"), gn.ReLU(), gn.Dense(n_h, n_y, init="he"), gn.Softmax()]
    return gn.Network(layers, loss="cross_entropy", seed=0, dtype="float64")


def main(steps=500, learning_rate=0.5):
    train_set, test_set = gn.load("digits").split(0.2, seed=0)
    X, y = train_set.flat / 16, train_set.labels  # the labels stay integers
    network = build(64, 32, 10)
    for _ in range(steps):
        network.loss_and_gradients(X, y)
        network.theta -= learning_rate * network.grad
    A = network.forward(test_set.flat / 16)
    print(f"right on digits never seen: {(A.argmax(axis=1) == test_set.labels).mean():.2%}")
    return network


if __name__ == "__main__":
    main()
