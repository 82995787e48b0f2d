"""Platform adapters: they build requests and read responses, and do no input or output."""
