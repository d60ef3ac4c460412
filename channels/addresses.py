"""Where a web address leads: to this computer, into a private network, or into the public one."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


def is_loopback(address: str) -> bool:
    """Whether a web address leads to this computer."""
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_public(ip_address: str) -> bool:
    """Whether an IP address belongs to the public network. Raises ValueError for what is none."""
    ip = ipaddress.ip_address(ip_address.partition("%")[0])
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return (mapped or ip).is_global
