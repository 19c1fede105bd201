"""What the commands of a hub share: its database, and what is said where no hub is installed."""

from __future__ import annotations

import argparse

from desktop.cli import output


def add_database(parser: argparse.ArgumentParser, also: str = "") -> None:
    parser.add_argument(
        "--database",
        required=True,
        metavar="URL",
        help=f"sqlite:///FILE or postgresql://HOST/NAME{also}",
    )


def refuse_without_hub(command: str, missing: ModuleNotFoundError) -> int:
    """A kiosk or a desk does without what a hub needs."""
    sentence = f"{missing.name} is not installed; install cheonman[hub]"
    return output.refuse(command, sentence, output.TROUBLE)
