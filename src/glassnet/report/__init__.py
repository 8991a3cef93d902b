"""The report: every picture of a run, and one page that shows and explains them all.

Examples
--------
>>> [picture.name for picture in PICTURES if picture.part == "example"]
['prediction', 'forward_pass', 'evidence', 'backward_pass', 'weight_update']
"""

from glassnet.extras import require

require("plots", "A report")

from glassnet.report.page import report_page, write_report  # noqa: E402
from glassnet.report.pictures import PICTURES, Picture, choose  # noqa: E402
from glassnet.report.view import View, open_view  # noqa: E402
from glassnet.report.writing import FORMATS, save_figure, write_pictures  # noqa: E402

__all__ = [
    "FORMATS",
    "PICTURES",
    "Picture",
    "View",
    "choose",
    "open_view",
    "report_page",
    "save_figure",
    "write_pictures",
    "write_report",
]
