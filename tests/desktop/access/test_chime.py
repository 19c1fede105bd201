"""Sounds for steps: soft, as loud as was chosen, never while nobody wants them."""

from __future__ import annotations

import io
import wave
from array import array

import pytest

from desktop.access.chime import LOUDEST, Chime, Sound, wave_of


def samples(sound: Sound, volume: int) -> array[int]:
    with wave.open(io.BytesIO(wave_of(sound, volume))) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        return array("h", file.readframes(file.getnframes()))


@pytest.mark.parametrize("sound", Sound)
def test_a_sound_is_short_begins_and_ends_in_silence_and_follows_the_volume(sound: Sound) -> None:
    loud, soft = samples(sound, 100), samples(sound, 25)
    assert len(loud) / 22_050 < 0.6
    for heard in (loud, soft):
        assert abs(heard[0]) < 10 and abs(heard[-1]) < 10
    assert max(map(abs, soft)) < max(map(abs, loud)) / 3
    assert 0.5 * LOUDEST < max(map(abs, loud)) / 32_767 <= LOUDEST


def test_no_two_sounds_are_alike(qapp: object) -> None:
    assert len({wave_of(sound, 50) for sound in Sound}) == len(Sound) == 4


def test_a_muted_kiosk_makes_no_sound(qapp: object) -> None:
    chime = Chime()
    heard: list[Sound] = []
    chime.sounded.connect(heard.append)
    chime.play(Sound.STEP, 0)
    chime.play(Sound.DONE, 50)
    chime.stop()
    assert heard == [Sound.DONE]
