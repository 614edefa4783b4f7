"""Dispatch desk for the maintenance contract of Anning's e-government network."""

__version__ = "0.1.0"
