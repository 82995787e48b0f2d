"""The HTTP API: one door that checks, counts and answers, and a file of operations for each noun."""
