"""Side-by-side runs: ours against bare aiohttp, a linear scan and a bare driver, as ratios."""
