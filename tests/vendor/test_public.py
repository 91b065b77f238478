"""Addresses that IANA keeps for other purposes are asked only where the user has named the host.

The networks are those of RFC 6890 and the registries after it, of RFC 3879 (site-local), RFC 4291
(all of version 6 but global unicast), RFC 7526 (relays of 6to4), and RFC 9637.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, ip_network
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.vendor.public import is_public

FOUR: Final = (
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
    *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
    *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    "255.255.255.255/32",
)
SIX: Final = (
    *("::/128", "::1/128", "::/96", "100::/64", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
    *("64:ff9b:1::/48", "2001::/32", "2001:2::/48", "2001:10::/28", "2001:20::/28"),
    *("2001:db8::/32", "3fff::/20", "5f00::/16", "::ffff:0:0:0/96", "4000::/3", "200::/7"),
)
ANY_FOUR: Final = st.ip_addresses(v=4)


def forms(address: IPv4Address) -> list[str]:
    """An address of version 4 in version 6: mapped, translated, and by a relay."""
    high, low = divmod(int(address), 1 << 16)
    return [
        *(str(address), f"::ffff:{address}", f"64:ff9b::{address}"),
        *(f"2002:{high:x}:{low:x}::", f"2002:{high:x}:{low:x}:1::2"),
    ]


@given(st.sampled_from(FOUR).flatmap(lambda text: st.ip_addresses(network=text)))
def test_no_special_address_of_version_4_is_public(address: IPv4Address) -> None:
    assert not any(map(is_public, forms(address)))


@given(st.sampled_from(SIX).flatmap(lambda text: st.ip_addresses(network=text)), st.booleans())
def test_no_special_address_of_version_6_is_public(address: IPv6Address, has_zone: bool) -> None:
    assert not is_public(f"{address}%eth0" if has_zone else str(address))


@pytest.mark.parametrize("text", [*FOUR, *SIX])
def test_the_ends_of_these_networks_are_not_public(text: str) -> None:
    network = ip_network(text)
    assert not is_public(str(network[0]))
    assert not is_public(str(network[-1]))


@given(ANY_FOUR)
def test_any_other_address_of_version_4_is_public(address: IPv4Address) -> None:
    """But for small networks of anycast, which are nobody's web."""
    anycast = ("192.31.196.0/24", "192.52.193.0/24", "192.175.48.0/24")
    is_special = any(address in IPv4Network(text) for text in (*FOUR, *anycast))
    assert [is_public(form) for form in forms(address)] == [not is_special] * 5


@pytest.mark.parametrize(
    "numeric", ["93.184.216.34", "9.255.255.255", "11.0.0.0", "172.32.0.0", "2606:2800:220:1::1"]
)
def test_public_addresses(numeric: str) -> None:
    assert is_public(numeric)
