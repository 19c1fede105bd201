"""The plug is pulled while opinions are being saved: every receipt that was shown still holds."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

from tests.flows.program import cheonman, command, surroundings, texts

#: Saves opinions through the command's own entry point as fast as it can, naming each receipt.
SAVER = """
import sys
from desktop.__main__ import main
for number in range(10_000):
    words = ["feedback", "add", "--data-dir", sys.argv[1], "--general", "--kind", "praise"]
    try:
        main([*words, "--text", f"의견 {number}", "--json"])
    except SystemExit as end:
        if end.code:
            raise
    sys.stdout.flush()
"""
KILLS = 5


def test_no_opinion_with_a_receipt_is_lost_when_the_plug_is_pulled(data_dir: Path) -> None:
    random, confirmed = Random(), 0
    for _ in range(KILLS):
        saver = subprocess.Popen(
            command(data_dir, program=(sys.executable, "-P", "-c", SAVER)),
            env=surroundings(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        with saver:
            assert saver.stdout is not None
            for _ in range(random.randint(1, 6)):
                assert json.loads(saver.stdout.readline())
                confirmed += 1
            saver.send_signal(signal.SIGKILL)
            rest = saver.stdout.read().splitlines(keepends=True)
            confirmed += sum(line.endswith("\n") for line in rest)
    # One more may be on disk at each kill whose receipt never came out.
    assert confirmed <= len(texts(data_dir)) <= confirmed + KILLS
    assert cheonman("doctor", "--data-dir", data_dir, "--json").document is not None
