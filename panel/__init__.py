"""The NiceGUI panel: Niche Feed, Batches, Settings and Monitor over core's services."""
