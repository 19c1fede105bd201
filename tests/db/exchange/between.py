"""What stands between a device and its hub: a line that breaks, or somebody who lies."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_ABOUT_THE_LINE = {"connection", "transfer-encoding", "content-length", "server", "date"}


class Answer:
    """What the hub said to one call."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    def raw(self, *, last: bool = True) -> bytes:
        """The bytes on the line, which is closed after the `last` ones."""
        head = [f"HTTP/1.1 {self.status} Said", f"Content-Length: {len(self.body)}"]
        head += ["Connection: close"] if last else []
        head += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join(head).encode() + b"\r\n\r\n" + self.body


class Call:
    """One call on its way. `number` counts from 1; `ask` asks the hub."""

    def __init__(self, number: int, method: str, target: str, ask: Callable[[], Answer]) -> None:
        self.number, self.method, self.target, self.ask = number, method, target, ask


Rule = Callable[[Call], bytes | None]
"""The bytes the device gets instead, after which the line is cut; None lets a call pass."""


def cut(call: Call) -> bytes:
    return b""


def cut_after(call: Call) -> bytes:
    """The hub did it, and the device never hears so."""
    call.ask()
    return b""


def cut_in_the_middle(call: Call) -> bytes:
    whole = call.ask().raw()
    return whole[: len(whole) - max(1, len(whole) // 3)]


def say(status: int, body: bytes = b"{}", **headers: str) -> Rule:
    """A rule that answers this itself."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda call: Answer(status, named, body).raw()


def at(number: int, rule: Rule) -> Rule:
    """Only at the call of this number."""
    return lambda call: rule(call) if call.number == number else None


def on(start: str, rule: Rule) -> Rule:
    """Only at calls that begin so: "GET /v1/word?" or "POST"."""
    return lambda call: rule(call) if f"{call.method} {call.target}?".startswith(start) else None


class Between:
    """`url` is where devices call; `calls` counts them. `rule` may be exchanged at any time."""

    def __init__(self, hub: str) -> None:
        self.rule: Rule = lambda call: None
        self.calls = 0
        self.seen: list[str] = []
        self.ended = threading.Event()
        self._hub = hub.removeprefix("http://")
        self._server = _server(self)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def follow(self, rule: Rule) -> None:
        """From the next call on, which is number 1."""
        self.rule, self.calls, self.seen = rule, 0, []

    def hang(self, call: Call) -> bytes:
        """Says nothing at all."""
        self.ended.wait(30)
        return b""

    def answer(self, handler: BaseHTTPRequestHandler) -> bytes | None:
        length = int(handler.headers.get("Content-Length", 0))
        body = handler.rfile.read(length)
        self.calls += 1
        method, target = handler.command, handler.path
        self.seen.append(f"{method} {target}")

        def ask() -> Answer:
            line = http.client.HTTPConnection(self._hub, timeout=30)
            try:
                kept = {n: v for n, v in handler.headers.items() if n.lower() != "host"}
                line.request(method, target, body, kept)
                found = line.getresponse()
                headers = {n: v for n, v in found.getheaders() if n.lower() not in _ABOUT_THE_LINE}
                return Answer(found.status, headers, found.read())
            finally:
                line.close()

        given = self.rule(Call(self.calls, method, target, ask))
        if given is None:
            handler.wfile.write(ask().raw(last=False))
        return given

    def run(self) -> None:
        self._server.serve_forever(poll_interval=0.01)

    def close(self) -> None:
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()


def _server(between: Between) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_call(self) -> None:
            given = between.answer(self)
            if given is not None:
                self.close_connection = True
                if given:
                    self.wfile.write(given)

        do_GET = do_POST = handle_call  # noqa: N815

        def log_message(self, format: str, *args: Any) -> None:
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = False

        def handle_error(self, request: Any, client_address: Any) -> None:
            return  # the device hung up first, as it should on a liar

    return Server(("127.0.0.1", 0), Handler)


@contextmanager
def between(hub: str) -> Iterator[Between]:
    made = Between(hub)
    thread = threading.Thread(target=made.run, name="between")
    thread.start()
    try:
        yield made
    finally:
        made.close()
        thread.join()
