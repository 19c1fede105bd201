"""Structured logs 구조화 로그: one JSON object a line to stderr, about calls, never about people.

A line names the route's pattern instead of the path, for a path may hold a receipt's token; no
body, no header, and of an exception only its type and the places it passed.
"""

from __future__ import annotations

import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

import msgspec

log = logging.getLogger("cheonman.hub")


class JsonLines(logging.Formatter):
    """What stands in `said` of a record becomes fields of its line."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {
            "time": at,
            "level": record.levelname.lower(),
            # The server's own sentences may hold an address, so only ours are written out.
            "event": record.msg if record.name == log.name else record.name,
        }
        line |= getattr(record, "said", {})
        if record.exc_info and record.exc_info[1] is not None:
            line |= {"error": type(record.exc_info[1]).__name__, "at": places(record.exc_info[1])}
        return msgspec.json.encode(line).decode()


def places(error: BaseException) -> str:
    """The way of an exception through the code, innermost last."""
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    return " > ".join(f"{Path(each.filename).name}:{each.lineno} {each.name}" for each in frames)


def write_logs() -> None:
    """Sends the hub's log, and the server's warnings, to stderr. Called once a process."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for name, level in ((log.name, logging.INFO), ("uvicorn.error", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level)
        logger.propagate = False
