"""Assistive technology in a process of its own: reads and uses the kiosk over AT-SPI."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

Node = tuple[str, str]  #: bus name and object path
T = TypeVar("T")
#: Seconds; nothing here takes long on a machine that has time.
PATIENCE = 60.0
_REGISTRY: Node = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
_EVENTS: Node = ("org.a11y.atspi.Registry", "/org/a11y/atspi/registry")
_ATSPI = "org.a11y.atspi."


class Reader:
    """Reads and uses one program as a screen reader does."""

    def __init__(self, bus: DBusConnection) -> None:
        self._bus = bus
        self._signals: list[Message] = []

    def call(self, node: Node, interface: str, method: str, sign: str = "", *body: object) -> Any:
        (answer,) = self._ask([_message(node, interface, method, sign, *body)])
        return answer

    def _ask(self, questions: list[Message]) -> list[Any]:
        """Asks all at once: one waits for the program's answers, not for each way there."""
        waiting = {}
        for at, question in enumerate(questions):
            serial = next(self._bus.outgoing_serial)
            waiting[serial] = at
            self._bus.send(question, serial=serial)
        answers: list[Any] = [None] * len(questions)
        missing: list[object] = []
        while waiting:
            message = self._bus.receive(timeout=PATIENCE)
            at = waiting.pop(message.header.fields.get(HeaderFields.reply_serial, -1), -1)
            if message.header.message_type is MessageType.signal:
                self._signals.append(message)
            elif message.header.message_type is MessageType.error:
                missing.append(message.body)
            elif at >= 0 and message.body:
                answers[at] = message.body[0]
        if missing:
            raise LookupError(*missing)
        return answers

    def _get(self, node: Node, interface: str, name: str) -> Any:
        properties = "org.freedesktop.DBus.Properties"
        return self.call(node, properties, "Get", "ss", _ATSPI + interface, name)[1]

    def children(self, node: Node) -> list[Node]:
        found = self.call(node, _ATSPI + "Accessible", "GetChildren")
        return [(name, path) for name, path in found]

    def role(self, node: Node) -> str:
        return str(self.call(node, _ATSPI + "Accessible", "GetRoleName"))

    def name(self, node: Node) -> str:
        return str(self._get(node, "Accessible", "Name"))

    def actions(self, node: Node) -> list[str]:
        return [name for name, *_ in self.call(node, _ATSPI + "Action", "GetActions")]

    def press(self, role: str, name: str) -> None:
        """The default action of what is called `name`, once it is there and stays long enough."""

        def act() -> bool:
            return bool(self.call(self.find(role, name), _ATSPI + "Action", "DoAction", "i", 0))

        self.wait(act)

    def checked(self, node: Node) -> bool:
        low, _high = self.call(node, _ATSPI + "Accessible", "GetState")
        return bool(low & 1 << 4)

    def height(self, node: Node) -> int:
        return int(self.call(node, _ATSPI + "Component", "GetExtents", "u", 0)[3])

    def focus(self, node: Node) -> bool:
        return bool(self.call(node, _ATSPI + "Component", "GrabFocus"))

    def text(self, node: Node) -> str:
        return str(self.call(node, _ATSPI + "Text", "GetText", "ii", 0, -1))

    def program(self) -> Node:
        return self.wait(lambda: next(iter(self.children(_REGISTRY)), None))

    def all(self, node: Node | None = None) -> Iterator[tuple[Node, str, str]]:
        """(node, role, name) of everything at and below `node`, else of the whole program; what
        stands higher in the tree comes first."""
        level = [node or self.program()]
        while level:
            accessible, properties = _ATSPI + "Accessible", "org.freedesktop.DBus.Properties"
            found = self._ask(
                [_message(each, accessible, "GetRoleName") for each in level]
                + [_message(e, properties, "Get", "ss", accessible, "Name") for e in level]
                + [_message(each, accessible, "GetChildren") for each in level]
            )
            count = len(level)
            for at, each in enumerate(level):
                yield each, str(found[at]), str(found[count + at][1])
            level = [(name, path) for children in found[2 * count :] for name, path in children]

    def find(self, role: str, name: str) -> Node:
        """The node of `role` whose name begins with `name`, when it is there."""

        def look() -> Node | None:
            everything = self.all()
            return next(
                (n for n, r, called in everything if r == role and called.startswith(name)), None
            )

        return self.wait(look)

    def wait(self, found: Callable[[], T | None]) -> T:
        """Ask until there is an answer; what goes away while one looks is looked for again."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                answer = found()
            except LookupError:
                answer = None
            if answer:
                return answer
        raise AssertionError("the program never came to show it")

    @contextmanager
    def hearing(self, event: str) -> Iterator[list[str]]:
        """Every `event` of the program meanwhile, by its words; "object:" are all that concern a
        part of it."""
        heard: list[str] = []
        kind, signal = event.split(":")
        self.call(_EVENTS, _ATSPI + "Registry", "RegisterEvent", "sass", event, [], "")
        interface = f"{_ATSPI}Event.{kind.title()}"
        rule = MatchRule(type="signal", interface=interface, member=signal or None)
        self._ask([message_bus.AddMatch(rule)])
        self._signals.clear()
        yield heard
        self.program()  # what was said before this answer has arrived
        heard += [str(each.body[3][1]) for each in self._signals if rule.matches(each)]


def _message(node: Node, interface: str, method: str, sign: str = "", *body: object) -> Message:
    at = DBusAddress(node[1], bus_name=node[0], interface=interface)
    return new_method_call(at, method, sign or None, body)


@contextmanager
def kiosk(data_dir: Path, folder: Path) -> Iterator[Reader]:
    """The real program in a window, without a window manager, with a bus of its own."""
    with ExitStack() as stack:
        session = _started(
            stack, folder, "dbus-daemon", "--session", "--nofork", "--print-address={}"
        )
        screen = _started(
            stack,
            folder,
            "Xvfb",
            "-displayfd",
            "{}",
            "-screen",
            "0",
            "1920x1080x24",
            "-nolisten",
            "tcp",
        )
        surroundings = {
            **os.environ,
            "DBUS_SESSION_BUS_ADDRESS": session,
            "DISPLAY": f":{screen}",
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        words = ["kiosk", "--windowed", "--site", "lib-geumam", "--data-dir", str(data_dir)]
        program = subprocess.Popen(
            [sys.executable, "-P", "-m", "desktop", *words],
            env=surroundings,
            stderr=subprocess.DEVNULL,
        )
        stack.callback(_end, program)
        bus = stack.enter_context(open_dbus_connection(bus=session))
        where = Reader(bus).call(("org.a11y.Bus", "/org/a11y/bus"), "org.a11y.Bus", "GetAddress")
        yield Reader(stack.enter_context(open_dbus_connection(bus=where)))


def _started(stack: ExitStack, folder: Path, *words: str) -> str:
    """Start a server that says through a pipe where it is, as soon as it is there."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [word.format(writing) for word in words],
        pass_fds=[writing],
        env={**os.environ, "XDG_RUNTIME_DIR": str(folder)},
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    stack.callback(_end, server)
    with os.fdopen(reading) as pipe:
        return pipe.readline().strip()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(PATIENCE)
