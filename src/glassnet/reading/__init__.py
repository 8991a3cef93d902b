"""Reading a picture: its digits, where they stand, how sure the network is, and what is no digit."""

from glassnet.reading.files import is_picture, pictures_among, read_pictures
from glassnet.reading.reader import read
from glassnet.reading.records import Digit, Reading, Reason, Rejected

__all__ = ["Digit", "Reading", "Reason", "Rejected", "is_picture", "pictures_among", "read", "read_pictures"]
