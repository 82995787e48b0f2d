"""The product without its doors: profiles, batches, the pool of routes, the checker, statistics."""
