"""At a prompt a refusal is followed by the command that mends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.exchange.carriers.rescue import Rescued, RescueStopped
from db.exchange.hub_trouble import HubTrouble, Trouble
from db.problems import Cause, Problem, StorageUnavailable
from db.refusals import Reason, Refused
from db.store.opening import open_store
from desktop.__main__ import main
from desktop.cli.next_command import sentence_of, with_command

URL = "https://hub.example.kr"


@pytest.mark.parametrize(
    ("problem", "command"),
    [
        (Refused(Reason.NOT_ENROLLED, "USB"), "enroll request"),
        (Refused(Reason.UNKNOWN_DEVICE, "USB"), "authority sign"),
        (Refused(Reason.FORK, "USB"), "authority revoke"),
        (Refused(Reason.DAMAGED_PAPERS, "papers.json"), "enroll accept"),
        (HubTrouble(Trouble.UNTRUSTED, URL), "SSL_CERT_FILE"),
        (
            HubTrouble(Trouble.NOT_BELIEVED, URL, why=Refused(Reason.NOT_ENROLLED, "401")),
            "enroll request",
        ),
    ],
)
def test_what_a_command_mends_is_said_with_the_command(problem: Problem, command: str) -> None:
    said = sentence_of(problem)
    assert said.startswith(problem.en) and command in said
    assert "\n" not in said


def test_a_rescue_that_its_stick_stopped_says_how_the_next_one_goes_on(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done = Rescued(file=None, files=(), bytes=0, events=0, loose=0, left=9, after="place/3")

    def stopped(*_: object, **__: object) -> None:
        raise RescueStopped(StorageUnavailable(Cause.FULL, "USB"), done)

    open_store(data_dir).close()
    monkeypatch.setattr("db.exchange.carriers.rescue.rescue", stopped)
    assert main(["bundle", "write", "--rescue", "--to", "USB", "--data-dir", str(data_dir)]) == 1
    said = capsys.readouterr().err
    assert "'cheonman bundle write --rescue --to USB --after place/3'" in said


def test_what_no_command_mends_is_said_as_it_is() -> None:
    refused = Refused(Reason.GAP, "USB")
    assert sentence_of(refused) == with_command(refused.en, refused.reason) == refused.en
