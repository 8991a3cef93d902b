"""What is measured: networks, batches, and the ratios that Glassnet is meant to reach."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Work:
    """One network trained on MNIST.

    ``lap`` is what one lap of a round consists of; a round times ``laps`` of them after one lap to warm up.
    ``targets``: against "bare" at most, against every other at least, this ratio.
    """

    title: str
    hidden: int
    optimizer: str
    learning_rate: float
    batch_size: int | None  # None: all images in every step
    samples: int = 60_000
    epochs_per_lap: int = 1
    laps: int = 3
    lap: str = "epoch of 60,000 images"
    contestants: tuple[str, ...] = ("glassnet", "bare", "pytorch", "scikit-learn")
    targets: dict[str, float] = field(default_factory=dict)


WORKS = {
    "sgd-128": Work(
        "784-128-10, batch 128, plain SGD",
        hidden=128,
        optimizer="sgd",
        learning_rate=0.1,
        batch_size=128,
        targets={"bare": 1.5, "pytorch": 2.0, "scikit-learn": 2.2},
    ),
    "adam-128": Work(
        "784-128-10, batch 128, Adam",
        hidden=128,
        optimizer="adam",
        learning_rate=1e-3,
        batch_size=128,
        targets={"bare": 2.0, "pytorch": 1.5, "scikit-learn": 2.0},
    ),
    "sgd-512": Work(
        "784-512-10, batch 256, plain SGD",
        hidden=512,
        optimizer="sgd",
        learning_rate=0.1,
        batch_size=256,
        laps=2,
        targets={"bare": 1.2, "pytorch": 1.5, "scikit-learn": 1.7},
    ),
    "seed-004": Work(
        "seed 004's work: 15,000 images, full-batch steps, 128 hidden",
        hidden=128,
        optimizer="sgd",
        learning_rate=0.15,
        batch_size=None,
        samples=15_000,
        epochs_per_lap=20,
        laps=1,
        lap="20 full-batch steps (the seed does 1000)",
        contestants=("glassnet", "bare", "seed", "seed in float32"),
        targets={"seed": 3.0, "seed in float32": 3.0},
    ),
}
