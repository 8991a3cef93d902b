"""MNIST: from a folder, or from a mirror into the cache, checked on its way."""

import gzip
import hashlib
import http.server
import io
import socket
import struct
import threading

import numpy as np
import pytest

from glassnet.data import fetch_mnist, has_mnist, load, load_mnist, load_pair, mnist
from glassnet.errors import DataError

SIZES = {"train": 6, "t10k": 3}


def small_mnist():
    """Four files like MNIST's, but small."""
    files = {}
    for part, m in SIZES.items():
        images = struct.pack(">4I", 0x803, m, 28, 28) + bytes(range(m)) * 784
        files[f"{part}-images-idx3-ubyte.gz"] = gzip.compress(images, mtime=0)
        files[f"{part}-labels-idx1-ubyte.gz"] = gzip.compress(
            struct.pack(">2I", 0x801, m) + bytes(range(m)), mtime=0
        )
    return files


class Mirror(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        content = self.server.files.get(self.path.lstrip("/"))
        if content is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(content) + self.server.withheld))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@pytest.fixture
def mirror():
    """Start mirrors on this machine, each with its files; they say what they were asked for."""
    servers = []

    def start(files, withheld=0):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Mirror)
        server.files, server.asked, server.withheld = files, [], withheld
        server.url = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        servers.append((server, thread))
        return server

    yield start
    for server, thread in servers:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def dead():
    """An address where nobody answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/"


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """An empty cache, no data directory, no proxy, and the checksums of the small files."""
    for name in (
        "GLASSNET_DATA",
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pooch.os_cache", lambda project: tmp_path / project)
    checksums = {name: hashlib.sha256(content).hexdigest() for name, content in small_mnist().items()}
    monkeypatch.setattr(mnist, "SHA256", checksums)
    return tmp_path / "glassnet" / "mnist"


def left_in(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_download_is_kept(cache, mirror, monkeypatch):
    server = mirror(small_mnist())
    monkeypatch.setattr(mnist, "MIRRORS", (server.url,))
    training, test = load_pair("mnist")
    assert (len(training), len(test)) == (6, 3)
    assert training.name == "mnist-train" and test.class_names == tuple("0123456789")
    np.testing.assert_array_equal(training.labels, range(6))
    assert left_in(cache) == sorted(small_mnist()) and len(server.asked) == 4
    load("mnist")
    assert [path.name for path in fetch_mnist()] == list(mnist.SHA256)
    assert len(server.asked) == 4  # nobody was asked again


def test_the_second_mirror_answers_when_the_first_does_not(cache, mirror, dead, monkeypatch):
    missing, good = mirror({}), mirror(small_mnist())
    monkeypatch.setattr(mnist, "MIRRORS", (dead, missing.url, good.url))
    assert len(load_mnist("test")) == 3
    assert len(missing.asked) == len(good.asked) == 2


def test_a_wrong_checksum_stays_out_of_the_cache(cache, mirror, monkeypatch):
    server = mirror(dict.fromkeys(small_mnist(), b"not what it should be"))
    monkeypatch.setattr(mnist, "MIRRORS", (server.url,))
    with pytest.raises(DataError, match=r"train-images-idx3-ubyte\.gz: cannot be downloaded.*wrong checksum"):
        load("mnist")
    assert left_in(cache) == []


def test_a_wrong_checksum_at_one_mirror_sends_to_the_other(cache, mirror, monkeypatch):
    bad, good = mirror(dict.fromkeys(small_mnist(), b"bad")), mirror(small_mnist())
    monkeypatch.setattr(mnist, "MIRRORS", (bad.url, good.url))
    assert len(load("mnist")) == 6


def test_a_damaged_file_in_the_cache_is_fetched_again(cache, mirror, monkeypatch):
    server = mirror(small_mnist())
    monkeypatch.setattr(mnist, "MIRRORS", (server.url,))
    load("mnist")
    (cache / "train-images-idx3-ubyte.gz").write_bytes(b"half")
    assert len(load("mnist")) == 6
    assert len(server.asked) == 3


def test_a_connection_that_breaks_leaves_nothing(cache, mirror, monkeypatch):
    server = mirror(small_mnist(), withheld=1000)
    monkeypatch.setattr(mnist, "MIRRORS", (server.url,))
    with pytest.raises(DataError, match="cannot be downloaded"):
        load("mnist")
    assert left_in(cache) == []


def test_no_network(cache, dead, monkeypatch):
    monkeypatch.setattr(mnist, "MIRRORS", (dead, dead))
    with pytest.raises(DataError, match=r"ConnectionError.*Check the network.*--data-dir or GLASSNET_DATA"):
        load("mnist")
    assert left_in(cache) == []


def test_a_mirror_without_the_file_is_named(cache, mirror, monkeypatch):
    server = mirror({})
    monkeypatch.setattr(mnist, "MIRRORS", (server.url,))
    with pytest.raises(DataError, match="404"):
        load("mnist")


def test_a_terminal_sees_the_progress(cache, mirror, monkeypatch):
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr(mnist, "MIRRORS", (mirror(small_mnist()).url,))
    load_mnist("test")
    assert "t10k-images-idx3-ubyte.gz ████████████████████" in terminal.getvalue()
    assert terminal.getvalue().count("\n") == 2


@pytest.mark.parametrize("below", ["", "mnist"])
@pytest.mark.parametrize("given", ["argument", "variable"])
def test_a_data_directory_is_used_and_nothing_is_downloaded(cache, dead, tmp_path, monkeypatch, below, given):
    monkeypatch.setattr(mnist, "MIRRORS", (dead,))
    folder = tmp_path / "data"
    (folder / below).mkdir(parents=True)
    for name, content in small_mnist().items():
        if "labels" in name:  # some unpacked and spelt with a dot
            name, content = name.replace("-idx", ".idx").removesuffix(".gz"), gzip.decompress(content)
        (folder / below / name).write_bytes(content)
    if given == "variable":
        monkeypatch.setenv("GLASSNET_DATA", str(folder))
        training, test = load_pair("mnist")
    else:
        monkeypatch.setenv("GLASSNET_DATA", str(tmp_path / "elsewhere"))  # the argument goes first
        training, test = load_pair("mnist", data_dir=folder)
    assert (len(training), len(test)) == (6, 3)
    assert not cache.exists()


def test_a_data_directory_without_the_files_is_named(cache, tmp_path, monkeypatch):
    with pytest.raises(
        DataError, match=r"the data directory names this folder, but train-images-idx3-ubyte\.gz"
    ):
        load("mnist", data_dir=tmp_path)
    monkeypatch.setenv("GLASSNET_DATA", str(tmp_path))
    with pytest.raises(DataError, match="GLASSNET_DATA names this folder"):
        load("mnist")
    assert not cache.exists()


def test_a_label_that_is_no_digit(tmp_path):
    for name, content in small_mnist().items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "train-labels-idx1-ubyte.gz").write_bytes(
        struct.pack(">2I", 0x801, 6) + bytes([0, 1, 12, 3, 4, 5])
    )
    with pytest.raises(
        DataError, match=r"train-labels-idx1-ubyte\.gz: .*sample 2 has the label 12.*from 0 to 9"
    ):
        load("mnist", data_dir=tmp_path)


def test_an_unknown_part():
    with pytest.raises(DataError, match="no part 'validation'"):
        load_mnist("validation")


def test_the_original_files(mnist_folder):
    """The real ones: as many of each digit as their makers counted, and the checksums that are checked."""
    training, test = load_pair("mnist", data_dir=mnist_folder)
    assert training.images.shape == (60000, 28, 28) and test.images.shape == (10000, 28, 28)
    np.testing.assert_array_equal(
        training.class_counts, [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    )
    assert round(float(training.images.mean()) / 255, 4) == 0.1307
    for name, checksum in mnist.SHA256.items():
        packed = mnist_folder / name
        if packed.exists():
            assert hashlib.sha256(packed.read_bytes()).hexdigest() == checksum


def test_whether_the_files_are_there_is_said_without_a_download(cache, mirror, tmp_path, monkeypatch):
    server = mirror(small_mnist())
    monkeypatch.setattr(mnist, "MIRRORS", (server.url,))
    assert not has_mnist() and server.asked == []
    fetch_mnist()
    assert has_mnist()
    assert not has_mnist(data_dir=tmp_path)
    for name, content in small_mnist().items():
        (tmp_path / name).write_bytes(content)
    assert has_mnist(data_dir=tmp_path)
