"""Reads behind `Queries`, one module a subject: a view of one moment in, frozen rows out."""
