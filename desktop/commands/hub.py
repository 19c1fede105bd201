"""`cheonman hub`: run the address where kiosks and desks meet, until it is told to end."""

from __future__ import annotations

import argparse
import re

from db.problems import InputRefused, Problem
from desktop.cli import output
from desktop.cli.data_dir import typed_path
from desktop.cli.hub_database import add_database, refuse_without_hub
from desktop.cli.numbers import LARGEST, whole
from desktop.cli.streams import forget_reader

_OWN_MACHINE = "127.0.0.1"
_PORT = re.compile("[0-9]{1,5}", re.ASCII)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    output.add_data_dir(parser)
    add_database(parser)
    parser.add_argument(
        "--listen",
        default=f"{_OWN_MACHINE}:8080",
        metavar="ADDRESS:PORT",
        help="port 0 takes a free one; the address is printed when it listens",
    )
    parser.add_argument("--tls-cert", type=typed_path, metavar="C", help="certificate chain, PEM")
    parser.add_argument("--tls-key", type=typed_path, metavar="K", help="its private key, PEM")
    parser.add_argument(
        "--behind-tls-proxy",
        nargs="?",
        const=_OWN_MACHINE,
        metavar="PROXY",
        help="a proxy ends TLS before this hub; its address, where it is not on this machine",
    )
    parser.add_argument(
        "--workers", type=whole(1, LARGEST), default=1, metavar="N", help="processes that answer"
    )


def run(args: argparse.Namespace) -> int:
    try:
        from db.hub.plan import HubPlan
        from db.hub.serve import serve
    except ModuleNotFoundError as missing:
        return refuse_without_hub("hub", missing)
    try:
        host, port = _listening(args.listen)
        plan = HubPlan(
            data_dir=output.data_dir_of(args),
            database=args.database,
            host=host,
            port=port,
            tls_cert=args.tls_cert,
            tls_key=args.tls_key,
            proxy=args.behind_tls_proxy,
            workers=args.workers,
        )
        return serve(plan, _tell)
    except Problem as problem:
        return output.refuse_problem("hub", problem)
    except KeyboardInterrupt:
        return 0


def _tell(address: str) -> None:
    """A hub goes on where nobody reads its address any more."""
    try:
        print(address, flush=True)
    except OSError:
        forget_reader()


def _listening(text: str) -> tuple[str, int]:
    host, _colon, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not _PORT.fullmatch(port) or int(port) > 65_535:
        raise InputRefused(
            "listen",
            "주소:포트 꼴이어야 합니다(예: 127.0.0.1:8080).",
            "must be ADDRESS:PORT, for example 127.0.0.1:8080.",
        )
    return host, int(port)
