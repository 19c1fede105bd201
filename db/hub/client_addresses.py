"""Addresses of callers: in which family they belong, whose neighbours they are, and what a proxy
says about them.

A listener for both families sees 192.0.2.7 as ::ffff:192.0.2.7, and a phone behind NAT64 calls as
64:ff9b::192.0.2.7. Cut as IPv6, all of IPv4 would be one neighbourhood there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from starlette.types import ASGIApp, Receive, Scope, Send

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

UNKNOWN = "unknown"
MOST_HOPS = 32
"""Of one chain of proxies; what stands further left was written by whoever liked to."""

_WRAPPED = tuple(map(IPv6Network, ("64:ff9b::/96", "::ffff:0:0:0/96", "::/96")))
"""Where the last 32 bits are somebody's IPv4 address: NAT64, translated, compatible."""
_LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")
_NEITHER = (IPv6Address("::"), IPv6Address("::1"))
_IPV4_BITS, _IPV6_BITS, _HOUSEHOLD_BITS, _LOCAL_NAT64_BITS = 24, 48, 64, 120

_WITH_PORT = re.compile(r"\[(?P<six>[^\]]*)\](?::\d+)?|(?P<four>[\d.]+):\d+")


def address_in(text: str) -> Address | None:
    """The address, as IPv4 where a listener for both families shows it mapped; None for what is
    no address. Nothing else is unwrapped here: whoever is trusted is trusted by this.
    """
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    if isinstance(found, IPv4Address):
        return found
    return found.ipv4_mapped or IPv6Address(int(found))


def network_in(text: str) -> Network:
    """One address or a network, in the same form. Raises ValueError."""
    network = ip_network(text.strip())
    if isinstance(network, IPv4Network):
        return network
    mapped = network.network_address.ipv4_mapped
    bits = network.prefixlen - 96
    return network if mapped is None or bits < 0 else IPv4Network((mapped, bits))


def _behind(text: str) -> Address | None:
    """The address of whoever calls: the IPv4 one where his net only wraps it on its way."""
    found = address_in(text)
    if found is None or isinstance(found, IPv4Address):
        return found
    if found.teredo is not None:
        return found.teredo[1]
    if found.sixtofour is not None:
        return found.sixtofour
    if found not in _NEITHER and any(found in each for each in _WRAPPED):
        return IPv4Address(int(found) & 0xFFFF_FFFF)
    return found


@lru_cache(maxsize=4096)
def neighbourhood(address: str) -> str:
    """An address without its last part: what one household or office shares, and what may be
    written down about somebody who was turned away.
    """
    found = _behind(address)
    if found is None:
        return UNKNOWN
    if isinstance(found, IPv4Address):
        return str(IPv4Network((found, _IPV4_BITS), strict=False))
    bits = _LOCAL_NAT64_BITS if found in _LOCAL_NAT64 else _IPV6_BITS
    return str(IPv6Network((found, bits), strict=False))


@lru_cache(maxsize=4096)
def household(address: str) -> str:
    """Who shares connections: one IPv4 address, or as many of IPv6 as any customer is given."""
    found = _behind(address)
    if found is None:
        return UNKNOWN
    if isinstance(found, IPv4Address) or found in _LOCAL_NAT64:
        return str(found)
    return str(IPv6Network((found, _HOUSEHOLD_BITS), strict=False))


class Proxies:
    """The proxies that are believed when they say from where a call came."""

    def __init__(self, addresses: Iterable[str] = ()) -> None:
        """Raises ValueError for what is neither an address nor a network."""
        self._networks = tuple(network_in(each) for each in addresses)

    def __bool__(self) -> bool:
        return bool(self._networks)

    def __contains__(self, address: str) -> bool:
        found = address_in(address)
        return found is not None and any(found in each for each in self._networks)

    def caller(self, peer: str, forwarded: str) -> str:
        """From where a call came that `peer` brought: the first on the way back that is no proxy
        of ours. Each proxy adds at the right whom it saw, so what stands left of a stranger is a
        stranger's word; where one saw nobody it can name, the proxy itself is the caller.
        """
        came = peer
        for hop in reversed(forwarded.split(",")[-MOST_HOPS:]):
            if came not in self:
                break
            found = address_in(_without_port(hop.strip()))
            if found is None:
                break
            came = str(found)
        return came


def _without_port(hop: str) -> str:
    found = _WITH_PORT.fullmatch(hop)
    return hop if found is None else found["six"] or found["four"] or ""


class Forwarded:
    """The outermost layer of an application behind proxies: a call comes from where they say."""

    def __init__(self, app: ASGIApp, proxies: Proxies) -> None:
        self._app, self._proxies = app, proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        peer = scope.get("client")
        if scope["type"] == "http" and peer and peer[0] in self._proxies:
            said: dict[bytes, list[str]] = {b"x-forwarded-for": [], b"x-forwarded-proto": []}
            for name, value in scope["headers"]:
                if name in said:
                    said[name].append(value.decode("latin-1"))
            came = self._proxies.caller(peer[0], ",".join(said[b"x-forwarded-for"]))
            scope["client"] = (came, peer[1] if came == peer[0] else 0)
            scheme = ",".join(said[b"x-forwarded-proto"]).rpartition(",")[2].strip()
            if scheme in ("http", "https"):
                scope["scheme"] = scheme
        await self._app(scope, receive, send)
