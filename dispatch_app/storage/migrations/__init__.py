"""Alembic's environment. Migrations run inside the program, at open, in one transaction."""
