"""Run by Alembic for every command. The program gives the connection, its transaction already open."""

from __future__ import annotations

from alembic import context

from dispatch_app.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    compare_type=True,
)
context.run_migrations()
