"""The other side of the wire: a lean platform and a lean proxy, each a process of its own.

They share two cores with what is measured, so they are as cheap as plain sockets in Python can be: a
selector and blocking sends, no event loop.  On a fast machine asyncio there costs as much as the client.
"""
