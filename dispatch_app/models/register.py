"""The registers the contract asks for: one table of entries, and their cells to sort and look up by.

Both are projections of the facts in `desk_events`. What columns a register has is said in
`operations.registers`, not here: a new register needs no new table.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dispatch_app.models.base import Base

REGISTER_WORDS = "register_words"
"""The FTS5 table, which SQLAlchemy does not know: `ones` and `twos`, as `models.listing` has them."""


class RegisterEntry(Base):
    """An entry as it stands now.

    Attributes:
        id: Place of its first fact in the chain: the same after every rebuilding. Row id of its words too.
        number: `A-SB0007`: desk, register, ordinal; never given out again.
        version: How many facts it has.
        standing: False once it was withdrawn (作废).
        content: Canonical JSON of its values, column key → value; empty ones left out.
    """

    __tablename__ = "register_entries"
    __table_args__ = (Index("ix_register_entries_register", "register", "standing", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[str] = mapped_column(String(36), unique=True)
    register: Mapped[str] = mapped_column(String(32))
    number: Mapped[str] = mapped_column(String(32), index=True)
    version: Mapped[int]
    standing: Mapped[bool]
    content: Mapped[str] = mapped_column(Text)


class RegisterCell(Base):
    """One value of a standing entry, as it is sorted and looked up. A withdrawn entry has none.

    Attributes:
        key: What orders the values of its column as text; empty for no value.
        ref: Id of what the value points at (a site, a person, a fault, another entry), else empty.
    """

    __tablename__ = "register_cells"
    __table_args__ = (
        Index("ix_register_cells_id", "id", "column"),
        Index("ix_register_cells_ref", "ref", "register", "column"),
        {"sqlite_with_rowid": False},
    )

    register: Mapped[str] = mapped_column(String(32), primary_key=True)
    column: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    id: Mapped[int] = mapped_column(ForeignKey("register_entries.id"), primary_key=True)
    ref: Mapped[str] = mapped_column(String(64))
