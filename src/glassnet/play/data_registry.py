"""The data sets that can be looked at and learned from."""

import contextlib
import threading
import zipfile
from pathlib import Path

from glassnet.data import Dataset, has_mnist, load_pair
from glassnet.data.packed import open_maybe_packed, unzipped
from glassnet.errors import DataError, GlassnetError
from glassnet.model import Model
from glassnet.play.errors import RequestError
from glassnet.play.session import Session
from glassnet.play.settings import Settings

__all__ = ["DataRegistry", "has_more_lines"]

CHUNK_BYTES = 1 << 20
NAMES = {"digits": "Bundled digits, 8×8", "iris": "Iris flowers", "mnist": "MNIST, 28×28"}


class DataRegistry:
    """Data sets by their names, each read once; of two parts, samples are those of the test part."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._loaded: dict[str, tuple[Dataset, Dataset | None] | None] = {}
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Read them before somebody asks: MNIST takes a second."""
        for name in NAMES:
            threading.Thread(target=self._load, args=(name,), daemon=True).start()

    def available(self, session: Session) -> dict[str, tuple[str, Dataset]]:
        """All that are there, with their titles."""
        found = {}
        for name, title in NAMES.items():
            pair = self._load(name)
            if pair is not None:
                found[name] = (title, pair[1] or pair[0])
        return found | {id_: (data.name, data) for id_, (_, data) in session.data.items()}

    def get(self, name: str, session: Session) -> Dataset:
        """The samples of one data set.

        Raises
        ------
        RequestError
            When there is no such one.
        """
        if name in session.data:
            return session.data[name][1]
        pair = self._load(name) if name in NAMES else None
        if pair is None:
            raise RequestError(404, f"There is no data set {name[:100]!r} here.")
        return pair[1] or pair[0]

    def known(self, model: Model, session: Session) -> tuple[Dataset | None, Dataset | None]:
        """Samples like those that a model knows: some to learn again, others to see what it forgot."""
        pairs = [pair for name in NAMES if (pair := self._load(name)) is not None]
        pairs += [(data, None) for _, data in session.data.values()]
        for whole, test in pairs:
            if (whole.image_shape, whole.class_names) == (model.image_shape, model.class_names):
                return (whole, test) if test is not None else whole.split(0.3, seed=0)
        return None, None

    def source(self, name: str, session: Session) -> str:
        """What a recipe calls it: its name, or the uploaded file."""
        self.get(name, session)
        return str(session.data[name][0]) if name in session.data else name

    def _load(self, name: str) -> tuple[Dataset, Dataset | None] | None:
        with self._lock:
            if name not in self._loaded:
                folder = self.settings.data_dir
                self._loaded[name] = None
                with contextlib.suppress(GlassnetError):  # damaged files are as good as none here
                    if name != "mnist" or has_mnist(data_dir=folder):
                        self._loaded[name] = load_pair(name, data_dir=folder)
            return self._loaded[name]

    def upload(self, content: bytes, title: str, session: Session) -> str:
        """Take in a file: CSV, npz or the like; gives its name.

        Raises
        ------
        RequestError
            When it cannot be used.
        """
        limit = self.settings.limits.samples
        with session.lock:
            if len(session.data) >= 3:
                raise RequestError(
                    409, "Three data sets were uploaded already. Reload the page to start afresh."
                )
            name = f"upload-{len(session.data) + 1}"
            path = session.folder / f"{name}.data"
            path.write_bytes(content)
            try:
                if has_more_lines(path, limit + 1):  # a header, and a line for each sample
                    raise RequestError(413, f"{title}: more than {limit:,} samples are not taken here.")
                data = _read(path, title)
                if len(data) > limit:
                    raise RequestError(
                        413, f"{title}: {len(data):,} samples; at most {limit:,} are taken here."
                    )
            except GlassnetError as error:
                path.unlink()
                raise RequestError(422, str(error).replace(str(path), title)) from error
            except RequestError:
                path.unlink()
                raise
            session.data[name] = (path, data)
            return name


def has_more_lines(path: Path, limit: int) -> bool:
    """Whether a text, packed or not, is longer than a data set may be: counting is quick, parsing is not."""
    try:
        if not zipfile.is_zipfile(path):
            return _count_lines(path, limit) > limit
        with unzipped(path) as inner:
            return _count_lines(inner, limit) > limit
    except DataError:
        return False  # the reader says what is wrong


def _count_lines(path: Path, limit: int) -> int:
    """The lines of a text, up to a limit; 0 of what is no text."""
    lines = 0
    with open_maybe_packed(path) as file:
        part = file.read(CHUNK_BYTES)
        if b"\0" in part:
            return 0
        while part and lines <= limit:
            lines += part.count(b"\n")
            part = file.read(CHUNK_BYTES)
    return lines


def _read(path: Path, title: str) -> Dataset:
    whole, test = load_pair(path)
    data = test or whole
    if not data.has_classes or data.n_classes < 2:
        raise DataError(f"{title}: labels of two classes at least are needed, in a column called label.")
    if data.n_features > 10_000:
        raise DataError(f"{title}: a sample has {data.n_features:,} numbers; at most 10,000 are taken here.")
    return data
