"""The registers the contract asks for beyond faults.

What a register is, is data: `catalogue.REGISTERS` names them all, a module each says its columns, its views,
its actions and the rules of its own. Everything else is the same for all of them: `kinds` reads what was
typed, `entries` writes, `projecting` keeps what lists read, `operations.reading.registers` answers.
"""
