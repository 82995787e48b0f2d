"""The tab Monitor without a browser: what its routes answer, and how often they read."""
