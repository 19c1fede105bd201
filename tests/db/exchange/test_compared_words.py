"""Nothing is trusted before two people compared its words."""

from __future__ import annotations

import io
import unicodedata

import pytest

from db.exchange.trust.fingerprint import PAIRS, agrees, fingerprint
from desktop.__main__ import main
from desktop.cli import comparing
from tests.db.exchange.machines import Machines


def test_a_fingerprint_is_too_long_to_be_found_again() -> None:
    words = fingerprint(bytes(32)).split("-")
    assert len(words) == 2 * PAIRS and PAIRS >= 6
    assert agrees(" ".join(words), bytes(32)) and not agrees(" ".join(words), bytes([1]) * 32)
    for at in range(len(words)):
        assert not agrees("-".join([*words[:at], "상수리", *words[at + 1 :]]), bytes(32))


def test_nothing_is_trusted_before_somebody_compared_its_words(machines: Machines) -> None:
    data_dir = machines.make("kiosk", "kiosk")
    request, papers = machines.root / "r", machines.root / "c"
    asked = machines.run("enroll", "request", "--data-dir", data_dir, "--out", request)
    sign = ("authority", "sign", request, "--dir", machines.authority, "--role", "kiosk")
    more = ("--name", "완산", "--out", papers)
    said = machines.run(*sign, *more, status=2)
    assert "--fingerprint" in said and asked["fingerprint"] in said and not papers.exists()
    halves = asked["fingerprint"].split("-")
    for wrong in ("", halves[0], "-".join(halves[:-1]), "-".join([*halves[:-1], "장미", "장미"])):
        said = machines.run(*sign, *more, "--fingerprint", wrong, status=2)
        assert "--fingerprint" in said and not papers.exists()
    assert machines.run("authority", "list", "--dir", machines.authority)["devices"] == []
    heard = unicodedata.normalize("NFD", ", ".join(halves))
    machines.run(*sign, *more, "--fingerprint", heard)
    # The same key asks again: its words were compared once.
    machines.run(*sign, *more)
    said = machines.run("enroll", "accept", papers, "--data-dir", data_dir, status=2)
    assert "--fingerprint" in said and machines.city_words in said
    assert machines.status("kiosk")["enrolled"] is False
    machines.accept(papers, "kiosk")
    assert machines.status("kiosk")["enrolled"] is True
    machines.run("enroll", "accept", papers, "--data-dir", data_dir)


@pytest.mark.parametrize(("answer", "status"), [("y\n", 0), ("예\n", 0), ("\n", 2), ("n\n", 2)])
def test_at_a_terminal_the_words_are_shown_and_asked_for(
    machines: Machines, monkeypatch: pytest.MonkeyPatch, answer: str, status: int
) -> None:
    machines.make("kiosk", "kiosk")
    papers = machines.certify("kiosk", "kiosk")
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    monkeypatch.setattr(comparing, "_asks", lambda: True)
    words = ["enroll", "accept", str(papers), "--data-dir", str(machines.of("kiosk"))]
    assert main(words) == status
    assert machines.status("kiosk")["enrolled"] is (status == 0)
