"""Callers who leave in the middle are nobody's fault."""

from __future__ import annotations

import logging
import socket
import struct

import pytest

from tests.db.hub_web.hub_program import wait_until
from tests.db.hub_web.running import Caller


@pytest.mark.parametrize("target", ["/v1/pages", "/v1/certificate", "/v1/words"])
@pytest.mark.parametrize("abrupt", [False, True])
def test_a_caller_who_hangs_up_in_its_body_is_no_fault_of_the_hub(
    at_kiosk: Caller, caplog: pytest.LogCaptureFixture, target: str, abrupt: bool
) -> None:
    caplog.set_level("INFO")
    host, port = at_kiosk.address.removeprefix("http://").split(":")
    headers = at_kiosk.headers("POST", target, bytes(1_000))
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = f"POST {target} HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n{lines}\r\nhalf"
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(head.encode())
        if abrupt:
            linger = struct.pack("ii", 1, 0)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

    def told() -> list[logging.LogRecord]:
        return [r for r in caplog.records if getattr(r, "said", {}).get("route") == target]

    wait_until(lambda: len(told()) == 1)
    (call,) = told()
    assert (call.levelno, call.said["status"]) == (logging.INFO, 499)  # type: ignore[attr-defined]
    assert not [record for record in caplog.records if record.levelno > logging.INFO]
    metrics = at_kiosk.http.get(f"{at_kiosk.address}/metrics").text
    assert f'route="{target}",status="499"}} 1.0' in metrics and 'status="5' not in metrics
