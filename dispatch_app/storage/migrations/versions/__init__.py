"""One module a schema, numbered. A migration that shipped is never edited again."""
