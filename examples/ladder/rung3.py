"""Rung 3: the library in five lines. From the repository's root:  python examples/ladder/rung3.py"""

import glassnet as gn


def main(steps=500, learning_rate=0.5):
    train_set, test_set = gn.load("digits").split(0.2, seed=0)
    network = gn.mlp(64, 32, 10, activation="relu", init="he", seed=0, dtype="float64")
    optimizer = gn.GradientDescent(learning_rate)
    gn.fit(network, train_set, optimizer=optimizer, epochs=steps, batch_size=None)  # None: all at once
    print(f"right on digits never seen: {gn.evaluate(network, test_set).accuracy:.2%}")
    return network


if __name__ == "__main__":
    main()
