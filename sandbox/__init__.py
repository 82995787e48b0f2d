"""A pretend platform with pretend proxies on loopback, faults included. Imports nothing of ours."""

from sandbox.box import Sandbox
from sandbox.faults import Endpoint, Faults, ProxyFault, ProxyTrouble, RowFault, Told
from sandbox.journal import Entry, Journal
from sandbox.listeners import PortInUse
from sandbox.scenario import Scenario

__all__ = [
    "Endpoint",
    "Entry",
    "Faults",
    "Journal",
    "PortInUse",
    "ProxyFault",
    "ProxyTrouble",
    "RowFault",
    "Sandbox",
    "Scenario",
    "Told",
]
