"""Ready phrases: few, for every kind, in both languages, and a site may put in its own."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.catalogue.phrases import load_phrases
from db.records.feedback import Kind
from desktop.kiosk.feedback.text_history import TextHistory


def test_every_kind_has_three_to_five_phrases_in_both_languages() -> None:
    phrases = load_phrases()
    for kind in Kind:
        own = [p for p in phrases if p.kind is kind]
        assert 3 <= len(own) <= 5
        assert all(p.words("ko") != p.words("en") for p in own)
    assert len({p.id for p in phrases}) == len(phrases)


def test_a_site_may_put_its_own_phrases_in_their_place(data_dir: Path) -> None:
    own = {"phrases": [{"id": "own", "kind": "praise", "ko": "좋아요", "en": "Good"}]}
    _put(data_dir, json.dumps(own))
    assert [p.id for p in load_phrases(data_dir)] == ["own"]


@pytest.mark.parametrize(
    "broken",
    ["{", "[]", '{"phrases": [{"id": "x", "kind": "rumour", "ko": "", "en": ""}]}', "가" * 200_000],
)
def test_a_broken_file_of_the_site_is_left_aside_and_named(
    data_dir: Path, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    _put(data_dir, broken)
    with caplog.at_level(logging.WARNING):
        assert load_phrases(data_dir) == load_phrases()
    assert "phrases.json" in caplog.text


def _put(data_dir: Path, text: str) -> None:
    folder = data_dir / "catalogue"
    folder.mkdir()
    (folder / "phrases.json").write_text(text, encoding="utf-8")


@given(st.lists(st.text("가나 \n", max_size=6), max_size=12))
def test_undoing_everything_leads_back_to_the_first_text(texts: list[str]) -> None:
    history, now = TextHistory(), ""
    for text in texts:
        history.record(now, text)
        now = text
    while (before := history.undo()) is not None:
        now = before
    assert now == "" and not history.can_undo
