"""What every voice promises, asked of the recording one and of espeak-ng where it is installed.

The real one writes its sound into a file: no sound card is needed.
"""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.access.voice import LONGEST, SPEEDS, EspeakVoice, Voice
from tests.desktop.access.recording_voice import RecordingVoice

Make = Callable[[], Voice]


def _real(folder: Path) -> Make:
    return lambda: EspeakVoice(folder / "spoken.wav")


def _recording(folder: Path) -> Make:
    return lambda: RecordingVoice(quick=True)


VOICES = {"recording": _recording}
if EspeakVoice().available():
    VOICES["espeak-ng"] = _real


@pytest.fixture(params=VOICES)
def voice(request: pytest.FixtureRequest, tmp_path: Path, qapp: object) -> Iterator[Voice]:
    made = VOICES[request.param](tmp_path)()
    yield made
    made.close()


def say(voice: Voice, text: str, **choices: int) -> None:
    voice.say(text, language="ko", rate=choices.get("rate", 1), volume=choices.get("volume", 50))


def test_a_voice_says_when_it_has_ended(voice: Voice, qtbot: QtBot) -> None:
    assert voice.available()
    with qtbot.waitSignal(voice.ended, timeout=10_000):
        say(voice, "안녕하세요")


def test_new_words_take_the_place_of_old_ones_and_end_once(voice: Voice, qtbot: QtBot) -> None:
    ends: list[int] = []
    voice.ended.connect(lambda: ends.append(1))
    say(voice, "첫 번째 문장은 끝까지 들리지 않습니다. " * 20)
    with qtbot.waitSignal(voice.ended, timeout=10_000):
        say(voice, "둘째")
    assert ends == [1]


def test_a_stopped_voice_does_not_say_that_it_ended(voice: Voice, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(voice.ended, wait=50):
        say(voice, "긴 문장입니다. " * 50)
        voice.stop()
    voice.stop()
    with qtbot.waitSignal(voice.ended, timeout=10_000):
        say(voice, "다시")


def test_a_voice_takes_any_text_without_harm(voice: Voice, qtbot: QtBot) -> None:
    for text in ("-w /tmp/x", "<speak>&", "한" * (LONGEST + 500), "🌳 ㅋㅋ\n줄"):
        with qtbot.waitSignal(voice.ended, timeout=20_000):
            say(voice, text)


def test_words_are_never_among_the_arguments_of_the_process() -> None:
    voice = EspeakVoice()
    for rate in range(3):
        for volume in (0, 50, 100):
            arguments = voice.arguments("ko", rate, volume)
            assert arguments[arguments.index("-s") + 1] == str(SPEEDS[rate])
            assert 0 <= int(arguments[arguments.index("-a") + 1]) <= 200
            assert "--stdin" in arguments


def test_slow_is_slower_than_normal_and_normal_than_fast(tmp_path: Path, qtbot: QtBot) -> None:
    voice = EspeakVoice(tmp_path / "spoken.wav")
    if not voice.available():
        assert tuple(sorted(SPEEDS)) == SPEEDS
        return
    lengths = []
    for rate in range(3):
        with qtbot.waitSignal(voice.ended, timeout=10_000):
            say(voice, "전주의 정원 사업을 지도에서 볼 수 있어요", rate=rate)
        with wave.open(str(tmp_path / "spoken.wav")) as sound:
            lengths.append(sound.getnframes())
    voice.close()
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] > lengths[2] * 1.3


def test_a_machine_without_the_program_has_no_voice(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    voice = EspeakVoice()
    assert not voice.available()
    with qtbot.assertNotEmitted(voice.ended, wait=20):
        say(voice, "안녕하세요")
