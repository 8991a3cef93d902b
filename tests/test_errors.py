"""One family of errors for everything that a user can put right."""

import re

import pytest

from glassnet import errors

ERRORS = [name for name in errors.__all__ if name[0].isupper()]


@pytest.mark.parametrize("name", ERRORS)
def test_every_error_is_a_glassnet_error_and_a_value_error(name):
    error = getattr(errors, name)("what, where, what to do")
    assert isinstance(error, errors.GlassnetError)
    assert isinstance(error, ValueError)
    assert str(error) == "what, where, what to do"


def test_a_missing_extra_is_an_import_error_too():
    assert issubclass(errors.MissingExtraError, ImportError)


def test_the_tree_at_the_top_is_the_tree():
    drawn = re.findall(r"^ *[├└]── (\w+)", errors.__doc__, re.MULTILINE)
    assert sorted(drawn) == sorted(ERRORS)
