"""The engine's holder and what it does by the clock."""
