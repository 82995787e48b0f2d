"""Runs checks on workers: who is asked next, what an answer proves, how results are stored."""
