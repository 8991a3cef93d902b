"""The endpoints, one file for each page's questions."""
