"""Picture files, many at a time: one bad file is one error, and it says what the file really is."""

import numpy as np
import pytest
from PIL import Image

from glassnet.errors import ImageError
from glassnet.reading import read_pictures


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", r"a\.png: a pointer of Git LFS"),
        (b"<!DOCTYPE html><html></html>", r"a\.png: a web page"),
        (b"data:image/png;base64,iVBORw0KGgo=", r"a\.png: a picture as the text of a data URL"),
        (b"%PDF-1.7", r"a\.png: a PDF document"),
        (b"hello", r"a\.png: not a picture that Pillow can read"),
        (None, r"a\.png: there is no such file"),
    ],
)
def test_a_file_that_is_no_picture_is_named(tmp_path, content, message):
    Image.fromarray(np.full((60, 60), 255, np.uint8)).save(tmp_path / "b.png")
    if content is not None:
        (tmp_path / "a.png").write_bytes(content)
    (_, bad), (_, good) = read_pictures([tmp_path / "a.png", tmp_path / "b.png"])
    assert isinstance(bad, ImageError) and not isinstance(good, ImageError)
    with pytest.raises(ImageError, match=message):
        raise bad
