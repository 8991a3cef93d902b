"""``reading_steps``: from a photograph to the 28×28 pixels that a network sees."""

from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec

from glassnet.plots.panels import caption
from glassnet.plots.style import figure
from glassnet.preprocessing import steps
from glassnet.reading import Digit, Reading, Rejected

__all__ = ["reading_steps"]

COLUMNS = 3
MAX_SIDE_PIXELS = 500  # pixels of the longer side that are drawn


def reading_steps(found: Reading) -> Figure:
    """Draw each step from a picture to the 28×28 pixels of its largest piece of ink.

    Parameters
    ----------
    found : Reading

    Returns
    -------
    Figure
    """
    cut_out: list[Digit | Rejected] = [*found.digits, *found.rejected]
    pictures = steps(found.sheet, max(cut_out, key=lambda piece: piece.ink.size, default=None))
    rows = -(-len(pictures) // COLUMNS)
    height, width = found.picture.shape
    each = min(max(3.2 * height / width, 1.6), 4.0)
    fig = figure("From the picture to what the network sees", height=0.6 + (each + 0.3) * rows)
    grid = GridSpec(rows, COLUMNS, figure=fig)
    for number, (name, picture) in enumerate(pictures):
        ax = fig.add_subplot(grid[number // COLUMNS, number % COLUMNS])
        step = -(-max(picture.shape) // MAX_SIDE_PIXELS)
        ax.imshow(
            picture[::step, ::step], cmap="gray", vmin=0, vmax=255,
            interpolation="nearest" if max(picture.shape) < 200 else "antialiased",
        )  # fmt: skip
        ax.set_xticks([])
        ax.set_yticks([])
        caption(ax, f"{number + 1}. {name}, {picture.shape[1]}×{picture.shape[0]}")
    return fig
