"""THE REPORT. Every picture of a run, and one page that shows and explains them all.

Examples
--------
>>> [picture.name for picture in PICTURES if picture.part == "example"]
['prediction', 'forward_pass', 'evidence', 'backward_pass', 'weight_update']
"""

from glassnet.report.page import report_page, write_report
from glassnet.report.pictures import PICTURES, Picture, choose
from glassnet.report.view import View
from glassnet.report.writing import FORMATS, save_figure, write_pictures

__all__ = [
    "FORMATS",
    "PICTURES",
    "Picture",
    "View",
    "choose",
    "report_page",
    "save_figure",
    "write_pictures",
    "write_report",
]
