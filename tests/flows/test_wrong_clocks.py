"""Clocks that stand wrong or jump: order, exchange and trust hold without them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from db.exchange.status.store_hash import store_hash
from db.participation.feedback import list_feedback
from db.store.journal import events
from db.store.opening import open_store
from db.store.verification import verify
from tests.flows import wrong_clock
from tests.flows.program import ROOT, add_opinion, cheonman, surroundings, texts

IN_1970 = wrong_clock.at("1970-01-01 00:01:00")
IN_2099 = wrong_clock.at("2099-06-01 09:00:00")


def said(*words: str | Path, status: int = 0, **environment: Any) -> Any:
    answer = cheonman(*words, "--json", **environment)
    assert answer.status == status, answer.err
    return answer.document if not status else answer.err


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A folder with the city's keys, an enrolled kiosk and an enrolled desk."""
    made = said("authority", "init", "--dir", tmp_path / "authority")
    told = ("--fingerprint", made["fingerprint"])
    for role in ("kiosk", "desk"):
        data_dir, request = tmp_path / role, tmp_path / f"{role}.req"
        papers = tmp_path / f"{role}.cert"
        site = ("--site", "lib-geumam") if role == "kiosk" else ()
        said("init", "--data-dir", data_dir, "--role", role, "--name", role, *site)
        asked = said("enroll", "request", "--data-dir", data_dir, "--out", request)
        who = ("--dir", tmp_path / "authority", "--role", role, "--name", role)
        heard = ("--fingerprint", asked["fingerprint"])
        said("authority", "sign", request, *who, *heard, "--out", papers)
        said("enroll", "accept", papers, "--data-dir", data_dir, *told)
    return tmp_path


def write(city: Path, giver: str, **environment: Any) -> list[str]:
    """The files of a bundle on a stick."""
    where = ("--data-dir", city / giver, "--to", city)
    files: list[str] = said("bundle", "write", *where, **environment)["files"]
    return files


def read(city: Path, taker: str, files: list[str], **more: Any) -> Any:
    return said("bundle", "read", *files, "--data-dir", city / taker, **more)


def test_a_kiosk_that_starts_in_1970_works_and_says_that_its_clock_is_wrong(
    data_dir: Path,
) -> None:
    add_opinion(data_dir, "하나")
    early = add_opinion(data_dir, "둘", **IN_1970)
    assert early.status == 0
    opened = cheonman("kiosk", "--until", "ready", "--data-dir", data_dir, **IN_1970)
    assert opened.status == 0, opened.err
    report = cheonman("doctor", "--data-dir", data_dir, "--json", **IN_1970)
    assert report.status == 1
    assert "clock" in report.out
    add_opinion(data_dir, "셋")
    assert texts(data_dir) == ["하나", "둘", "셋"]


def test_feedback_written_under_wrong_clocks_travels_and_its_reply_comes_back(city: Path) -> None:
    for text, clock in (("하나", {}), ("둘", IN_1970), ("셋", IN_2099), ("넷", {})):
        assert add_opinion(city / "kiosk", text, **clock).status == 0
    taken = read(city, "desk", write(city, "kiosk", **IN_2099))
    assert (taken["new"], taken["rejected"]) == (4, 0)
    assert texts(city / "desk") == ["하나", "둘", "셋", "넷"]
    rows = said("feedback", "list", "--data-dir", city / "desk")
    listed = rows if isinstance(rows, list) else rows["feedback"]
    said("reply", listed[1]["id"], "--text", "심겠습니다", "--public", "--data-dir", city / "desk")
    taken = read(city, "kiosk", write(city, "desk"), **IN_1970)
    assert (taken["new"], taken["rejected"]) == (1, 0)
    status = said("sync", "--status", "--data-dir", city / "kiosk", **IN_1970)
    assert status["pending"] == status["sent_not_confirmed"] == status["forks"] == 0
    with open_store(city / "kiosk") as kiosk, open_store(city / "desk") as desk:
        assert store_hash(kiosk) == store_hash(desk)


def test_a_kiosk_far_in_the_future_takes_no_expired_word_and_names_the_clock(city: Path) -> None:
    add_opinion(city / "kiosk", "하나")
    read(city, "desk", write(city, "kiosk"))
    rows = said("feedback", "list", "--data-dir", city / "desk")
    listed = rows if isinstance(rows, list) else rows["feedback"]
    said("reply", listed[0]["id"], "--text", "심겠습니다", "--data-dir", city / "desk")
    files = write(city, "desk")
    refused = cheonman("bundle", "read", *files, "--data-dir", city / "kiosk", "--json", **IN_2099)
    assert refused.status != 0
    assert "clock" in refused.err
    with open_store(city / "kiosk") as store:
        assert store.row("SELECT count(*) FROM reply") == (0,)
        assert verify(store) == ()
    assert read(city, "kiosk", files)["new"] == 1


def test_a_clock_that_jumps_under_a_running_program_changes_no_order(tmp_path: Path) -> None:
    clock, data_dir = tmp_path / "clock", tmp_path / "data"
    clock.write_text("+0")
    environment = surroundings(ROOT, **wrong_clock.as_told_by(clock))
    saver = subprocess.Popen(
        [sys.executable, "-m", "tests.db.saver", str(data_dir)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    with saver:
        assert saver.stdout is not None
        for offset in ("-3d", "+80y", "-50y", "+0"):
            for _ in range(20):
                assert saver.stdout.readline()
            aside = tmp_path / "next"
            aside.write_text(offset)
            os.replace(aside, clock)
        saver.kill()
        saver.stdout.read()
    with open_store(data_dir) as store:
        assert verify(store) == ()
        times = [event.at_us for event, _contents in events(store.connection)]
        rows, _more = list_feedback(store, limit=9_999)
        assert [row.text for row in rows] == [f"의견 {number}" for number in range(len(rows))]
        assert len(times) == len(rows)
    assert times != sorted(times)


def test_a_city_that_signs_with_a_wrong_clock_is_told_so(tmp_path: Path) -> None:
    city, device, paper = tmp_path / "city", tmp_path / "desk", tmp_path / "paper"
    for words in (
        ("authority", "init", "--dir", city),
        ("init", "--role", "desk", "--name", "시청", "--data-dir", device),
    ):
        assert cheonman(*words).status == 0
    asked = said("enroll", "request", "--data-dir", device, "--out", paper)
    sign = ("authority", "sign", paper, "--dir", city, "--role", "desk", "--name", "시청")
    heard = ("--fingerprint", asked["fingerprint"])
    answer = cheonman(
        *sign, *heard, "--out", tmp_path / "cert", **wrong_clock.at("1970-01-02 12:00:00")
    )
    assert answer.status == 0 and "clock cannot be right" in answer.out
