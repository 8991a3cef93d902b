"""Small requests that mean a lot of work are refused before it is done."""

import gzip
import io
import struct
import zipfile
import zlib

import pytest

from glassnet.play import data_registry

LINES = b"label,a\n" + b"1,2\n" * 300_000  # 100,000 are taken


def zipped(content):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("train.csv", content)
    return buffer.getvalue()


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zipped])
def test_texts_that_are_too_long_are_not_even_read(client, monkeypatch, pack):
    monkeypatch.setattr(data_registry, "load_pair", lambda path: pytest.fail("it was read"))
    answer = client.post("/api/data?title=long.csv", content=pack(LINES))
    assert answer.status_code == 413 and "long.csv: more than 100,000 samples" in answer.json()["detail"]


def test_what_unpacks_to_far_more_than_it_is_is_refused(client):
    head = bytes([0, 0, 8, 3]) + struct.pack(">III", 200_000, 28, 28)
    packer = zlib.compressobj(9, wbits=31)
    packed = packer.compress(head) + b"".join(packer.compress(bytes(1 << 20)) for _ in range(150))
    answer = client.post("/api/data?title=images.gz", content=packed + packer.flush())
    assert answer.status_code == 422 and "unpack to more than" in answer.json()["detail"]


def test_binary_files_have_no_lines_to_be_counted(client, tmp_path):
    path = tmp_path / "images"
    path.write_bytes(b"\0\0\x08\x03" + b"\n" * 500_000)
    assert not data_registry.has_more_lines(path, 100)
    path.write_bytes(b"label\n" * 101)
    assert data_registry.has_more_lines(path, 100) and not data_registry.has_more_lines(path, 101)
    path.write_bytes(b"PK\x03\x04 no archive")
    assert not data_registry.has_more_lines(path, 100)


def test_a_picture_that_unpacks_to_gigabytes_is_refused(client):
    def chunk(kind, content):
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100_000)))
    answer = client.post("/api/pictures", content=png + chunk(b"IEND", b""))
    assert answer.status_code == 422 and "too large" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/api/look", "/api/training", "/api/read"])
@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        b'{"model": "digits", "pixels": [' + b"9" * 5_000 + b"]}",
        b'{"model": "digits", "pixels": [1e999]}',
        b'{"model": "digits", "pixels": [NaN]}',
        b'{"model": "\\ud800", "pixels": [1]}',
        b'{"\\ud800": 1}',
        b'{"' + b"x" * 100_000 + b'": 1}',
        b'"text"',
        b"\xef\xbb\xbf[]",
    ],
    ids=lambda content: content[:12].decode("latin-1"),
)
def test_absurd_json_is_refused_in_a_sentence(client, path, content):
    answer = client.post(path, content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422) and len(answer.json()["detail"]) < 200
