"""The gateway: WebSocket connections, the sessions that outlive them, and what tests do to both."""
