"""The stage as one hears it: the voice, what is read when, and the row that steers it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.access.bar import BarKey
from desktop.access.caption import Caption
from desktop.access.chime import Chime, Sound
from desktop.access.narrator import Narrator
from desktop.access.speech import Speaker
from desktop.access.speech_strip import SpeechStrip
from desktop.access.spoken import describe, script
from desktop.access.touch_to_hear import TouchToHear
from desktop.access.voice import EspeakVoice, Voice
from desktop.i18n import tr
from desktop.kiosk.shell.navigator import Navigator
from desktop.kiosk.shell.routes import ScreenName
from desktop.theme.look import Look
from desktop.widgets.dialog import Scrim


class Listening(QObject):
    """`counting` answers whether the idle question is asked: it speaks for itself."""

    def __init__(
        self,
        navigator: Navigator,
        voice: Voice | None,
        counting: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._navigator, self._shell, self._visit = navigator, navigator.shell, navigator.visit
        self._counting = counting
        self.voice = voice or EspeakVoice()
        self.speaker = Speaker(self.voice, self)
        self.hear = TouchToHear(self.speaker, self)
        self.chime = Chime(self)
        self.caption: Caption | None = None
        self.speaker.said.connect(self._on_said)
        self.speaker.speaking.connect(self._on_speaking)
        self.narrator = Narrator(self.speaker, self._shell, self._stage, self)
        self._dressed = self._shown_settings()

    def on_opened(self, sound: Sound = Sound.STEP) -> None:
        """Another screen or step is on stage."""
        self.hear.forget()
        self.narrator.open()
        self.chime_once(sound)

    def chime_once(self, sound: Sound) -> None:
        """For whoever listens with their ears alone; speech says it in words."""
        if self._navigator.settings.sounds and self._navigator.visiting and not self.speaker.on:
            self.chime.play(sound, self._visit.volume)

    def _on_said(self, words: str) -> None:
        view = self._shell.view
        if self.caption is not None and view is not None:
            self.caption.say(words, view.geometry(), self._visit.speech_rate)

    def _on_speaking(self, speaking: bool) -> None:
        # With the sound off the words stay for as long as they would be said.
        if not speaking and self.caption is not None and self._visit.volume:
            self.caption.hush()

    def _drop_caption(self) -> None:
        if self.caption is not None:
            self.caption.hush()
            self.caption.setParent(None)
            self.caption.deleteLater()
            self.caption = None

    def forget(self) -> None:
        """The visit is over."""
        self._drop_caption()
        self.speaker.forget()
        self.hear.forget()
        self.chime.stop()

    def on_look_changed(self, look: Look) -> None:
        """Dress the row anew and say what changed; the view is built anew by others."""
        was_on = self.speaker.on
        self._use_voice()
        self.speaker.set_on(self._visit.speech)
        self._show_strip(look)
        before, self._dressed = self._dressed, self._shown_settings()
        changed = [key for key, value in self._dressed.items() if before[key] != value]
        if not was_on and self.speaker.on:
            self.narrator.open(
                tr("음성 안내를 켰습니다. 한 번 누르면 읽고, 한 번 더 누르면 실행합니다.")
            )
        elif "language" in changed:
            self.narrator.open()
        else:
            bar = self._shell.bar
            words = (
                [describe(bar.buttons[BarKey(key)]) for key in changed] if bar is not None else []
            )
            self.narrator.dress(". ".join(words))

    def _shown_settings(self) -> dict[str, object]:
        v = self._visit
        chosen = {"large": v.large, "contrast": v.contrast, "low": v.low}
        return {**chosen, "language": v.language}

    def _stage(self) -> QWidget | None:
        """What is read: the dialog that asks, else the screen. The attract screen changes by
        itself and talks to nobody."""
        current = self._navigator.current
        if self._counting() or current is None or current.name is ScreenName.ATTRACT:
            return None
        stage = self._shell.overlays[-1] if self._shell.overlays else self._shell.view
        asked = stage.findChildren(Scrim) if stage is not None else []
        return next((each for each in reversed(asked) if each.isVisible()), stage)

    # -- the row -------------------------------------------------------------------------------

    def _show_strip(self, look: Look) -> None:
        self._drop_caption()
        if not self.speaker.on:
            self._shell.show_strip(None)
            return
        self.caption = Caption(look, self._shell)
        strip = SpeechStrip(look, rate=self._visit.speech_rate, volume=self._visit.volume)
        strip.read.connect(self.read_screen)
        strip.again.connect(self.speaker.repeat)
        strip.stop.connect(self._stop)
        strip.rate_chosen.connect(self._on_rate)
        strip.volume_chosen.connect(self._on_volume)
        self._shell.show_strip(strip)

    def _stop(self) -> None:
        self.speaker.stop()
        if self.caption is not None:
            self.caption.hush()

    def read_screen(self) -> None:
        """Everything visible, from the top."""
        stage = self._stage()
        if stage is not None:
            self.speaker.say(".\n".join(script(stage)))

    def _on_rate(self, rate: int) -> None:
        self._visit.speech_rate = rate
        self._use_voice()
        self.speaker.say((tr("느리게"), tr("보통"), tr("빠르게"))[rate])

    def _on_volume(self, volume: int) -> None:
        self._visit.volume = volume
        self._use_voice()
        self.speaker.say(tr("소리 끔") if volume == 0 else tr("소리 {n}%", n=volume))

    def _use_voice(self) -> None:
        v = self._visit
        self.speaker.use(language=v.language, rate=v.speech_rate, volume=v.volume)
