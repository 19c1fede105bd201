"""The one judge of a hub's address: settings, the command line, every call and every QR ask here.

Free of what an address is used for, so that whoever only checks one loads nothing.
"""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv6Address

LONGEST_URL = 200
HIGHEST_PORT = 65_535
_LOOPBACK = ("127.0.0.1", "[::1]", "localhost")
_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(
    rf"(?P<scheme>https?)://(?P<host>{_LABEL}(?:\.{_LABEL})*|\[(?P<six>[0-9a-f:.]+)\])"
    r"(?::(?P<port>[0-9]{1,5}))?(?:/[a-z0-9._~%!$&'()*+,;=:-]*)*",
    re.IGNORECASE,
)


def address_fault(url: str) -> tuple[str, str] | None:
    """What is wrong with an address, in Korean and English; None for one that a kiosk may call and
    print in a QR.
    """
    if len(url) > LONGEST_URL:
        return (
            f"주소는 {LONGEST_URL}자까지입니다.",
            f"an address has at most {LONGEST_URL} characters",
        )
    found = _ADDRESS.fullmatch(url)
    if found is None:
        return (
            "주소는 https://로 시작해 서버 이름을 적습니다. 사용자 이름, 물음표, 빈칸과 주소에 "
            "쓰지 않는 글자는 넣지 않습니다.",
            "an address begins with https:// and names a host, without a user, a query, blanks or "
            "letters other than those of an address",
        )
    host, six, port = found["host"].lower(), found["six"], found["port"]
    if found["scheme"].lower() == "http" and host not in _LOOPBACK:
        return (
            "https://로 시작해야 합니다. https 없이는 이 기기 자신만 부릅니다.",
            "an address begins with https://; only this very machine is called without",
        )
    if six is not None and not _is_six(six):
        return "IPv6 주소가 아닙니다.", "names no host: that is no IPv6 address"
    if port is not None and not 0 < int(port) <= HIGHEST_PORT:
        return (
            f"포트는 1에서 {HIGHEST_PORT}까지입니다.",
            f"a port is a number from 1 to {HIGHEST_PORT}",
        )
    return None


def _is_six(text: str) -> bool:
    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return True
