"""Rows and named queries. Everything that is SQL lives here."""
