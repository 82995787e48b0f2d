"""Leases of routes and one HTTP exchange over one of them. Knows no storage."""
