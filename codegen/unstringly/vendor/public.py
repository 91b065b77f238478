"""Numeric addresses that anybody may reach: what IANA keeps for other purposes is none.

Python's own answer changes between its versions, and counts some of these as global. So of version
6 only the global unicast addresses count (RFC 4291, 2.4), and networks that both registries of
special purposes have are listed here.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

_UNICAST: Final = ip_network("2000::/3")
_NAT64: Final = ip_network("64:ff9b::/96")
_SPECIAL: Final = tuple(
    map(
        ip_network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
            *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24"),
            *("192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24"),
            *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3"),
            *("2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20"),
        ),
    )
)


def is_public(numeric: str) -> bool:
    """Say whether a numeric address of the Internet Protocol is one that anybody may reach.

    One of version 6 that stands for one of version 4 is as that one is.
    """
    address: IPv4Address | IPv6Address = ip_address(numeric)
    if isinstance(address, IPv6Address):
        if address in _NAT64:
            address = IPv4Address(int(address) & 0xFFFFFFFF)
        else:
            address = address.ipv4_mapped or address.sixtofour or address
    if isinstance(address, IPv6Address) and address not in _UNICAST:
        return False
    return not any(address in network for network in _SPECIAL)
