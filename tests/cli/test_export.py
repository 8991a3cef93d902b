"""``glassnet export``."""

from glassnet.pretraining import SHIPPED


def test_an_onnx_file_is_written(glassnet, tmp_path):
    code, out, _ = glassnet("export", SHIPPED, "digits.onnx")
    assert code == 0
    assert "digits.onnx  (2.68 MB)" in out
    assert (tmp_path / "digits.onnx").stat().st_size > 2_600_000


def test_another_ending_is_refused(glassnet):
    code, _, err = glassnet("export", SHIPPED, "digits.xyz")
    assert code == 2
    assert "ends with .onnx" in err


def test_a_folder_is_a_page(glassnet, tmp_path):
    code, out, _ = glassnet("export", "pretrained", "site")
    assert code == 0
    assert "site/index.html  (0.9" in out
    names = {path.name for path in (tmp_path / "site").iterdir()}
    assert names == {"index.html", "style.css", "network.js", "page.js", "model.js"}
