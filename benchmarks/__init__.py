"""Floors and figures, measured in the same run; never part of the tests."""
