"""The address a request comes from, for counting. Forwarding headers are the web server's business, never ours.

The server replaces the peer's address by the forwarded one only behind a proxy named in the settings; here
`X-Forwarded-For` is never read.
"""

from ipaddress import IPv6Address, ip_address, ip_network

from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the peer's address; of an IPv6 address its /64, which one household or plant owns whole."""
    peer = request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(peer)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, 64), strict=False))
    return str(address)
