"""The panel, as people meet it."""
