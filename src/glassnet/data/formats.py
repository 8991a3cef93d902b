"""Files that are no data set, or one in a format that is not read here: what they are, and what to do."""

import re
from pathlib import Path

from glassnet.errors import DataError

__all__ = ["refuse_foreign", "what_it_is"]

_AS_CSV = "Save it as CSV (in UTF-8), with a line for each sample, and give that."
_FROM_PANDAS = "Write it as CSV in Python: pandas.{reader}(path).to_csv('data.csv', index=False)."
_AS_NPZ = "numpy.savez_compressed('data.npz', images=…, labels=…)"
_PICKLE = (
    "opening a pickle runs whatever code stands in it, so it is not opened here. If you trust the file, "
    f"open it in Python and write its arrays: {_AS_NPZ}."
)
_PDF = "a PDF document, which is neither text nor a format that is known here"
_UNPACK = "Unpack it, and give the file or the folder in it."

_STARTS: tuple[tuple[bytes, str, str], ...] = (
    (b"version https://git-lfs", "a pointer of Git LFS in place of the file", "Run git lfs pull first."),
    (b"PAR1", "a Parquet table", _FROM_PANDAS.format(reader="read_parquet")),
    (b"ARROW1", "a Feather (Arrow) table", _FROM_PANDAS.format(reader="read_feather")),
    (b"FEA1", "a Feather table", _FROM_PANDAS.format(reader="read_feather")),
    (b"\x89HDF\r\n", "an HDF5 file", f"Open it with h5py in Python and write its arrays: {_AS_NPZ}."),
    (b"MATLAB 7.3", "a MATLAB 7.3 file (HDF5)", "In MATLAB, save it again with save(…, '-v7')."),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", _AS_CSV),
    (b"SQLite format 3", "an SQLite database", _FROM_PANDAS.format(reader="read_sql_table")),
    (b"%PDF", _PDF, "Save a page of it as a picture, or its table as CSV."),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"7z\xbc\xaf", "a 7-Zip archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a file packed with Zstandard", _UNPACK),
    (b"PK", "a zip archive", _UNPACK),
    (b"RDX", "an R data file", "In R: write.csv(data, 'data.csv', row.names = FALSE)."),
    (b"Obj\x01", "an Avro file", _AS_CSV),
    (b"data:image/", "a picture as the text of a data URL", "Save it as a picture."),
)  # fmt: skip

_TEXTS: tuple[tuple[str, str, str], ...] = (
    (
        r"<(!doctype html|html|head|body|script)\b",
        "a web page, not data: the download was answered with a page",
        "Open the address in a browser (it may ask to log in), and download the file again.",
    ),
    (r"<\?xml|<svg\b", "an XML document", _AS_CSV),
    (r"[{\[]", "JSON", _FROM_PANDAS.format(reader="read_json")),
    (r"\(?c(numpy|copy_reg|__builtin__)[\w.]*\n|\([dl]p\d", "a pickle", _PICKLE),
    (
        r"[+-]?\d+(\.\d+)?( \d+:[-+.\deE]+)+ *\r?\n",
        "a LIBSVM file (sparse numbers)",
        "Read it in Python with sklearn.datasets.load_svmlight_file and write its arrays: " + _AS_NPZ + ".",
    ),
)


def refuse_foreign(path: Path, start: bytes) -> None:
    """Name a format that is not read here.

    Parameters
    ----------
    path : Path
        For the message.
    start : bytes
        The first kilobyte, unpacked.

    Raises
    ------
    DataError
        When it is such a format.
    """
    for magic, name, advice in _STARTS:
        if start.startswith(magic):
            raise DataError(f"{path}: {name}. {advice}")
    if re.match(rb"\x80[\x02-\x05]", start):
        raise DataError(f"{path}: a pickle; {_PICKLE}")
    if start[257:262] == b"ustar":
        raise DataError(f"{path}: a tar archive. {_UNPACK}")
    if re.match(rb".{8}\{\s*\"", start, re.DOTALL):
        raise DataError(f"{path}: a model's file (safetensors), not data. Expected a data set here.")
    text = start.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").lstrip().lower()
    for pattern, name, advice in _TEXTS:
        if re.match(pattern, text):
            end = "; " if advice is _PICKLE else ". "
            raise DataError(f"{path}: {name}{end}{advice}")


def what_it_is(path: Path) -> str | None:
    """What a file is that calls itself something else, a picture say; None where that is not known."""
    try:
        with path.open("rb") as file:
            refuse_foreign(path, file.read(1024))
    except DataError as error:
        return str(error)
    except OSError:
        pass
    return None
