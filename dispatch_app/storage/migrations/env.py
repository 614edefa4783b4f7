"""Run by Alembic for every command. The program gives the connection, its transaction already open."""

from __future__ import annotations

from alembic import context

from dispatch_app.models import Base, belongs_to_search

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    compare_type=True,
    include_name=lambda name, kind, _parents: kind != "table" or not belongs_to_search(name),
)
context.run_migrations()
