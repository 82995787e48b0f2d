"""A pretend platform with pretend proxies on loopback, faults included. Imports nothing of ours."""
