"""천지인: three vowel strokes and seven consonant keys, the way many older phones write.

Tapping a consonant key again turns its letter over (ㄱ, ㅋ, ㄲ). No clock decides when a letter is
finished: the next letter or the key 다음 글자 does, so nobody is hurried.
"""

from __future__ import annotations

from desktop.keyboard.composer import Typed, assemble

DOT = "ㆍ"
STROKES = ("ㅣ", DOT, "ㅡ")

#: The letters of each consonant key in the order of taps; a key is named by its first letter.
CONSONANTS = {
    "ㄱ": "ㄱㅋㄲ",
    "ㄴ": "ㄴㄹ",
    "ㄷ": "ㄷㅌㄸ",
    "ㅂ": "ㅂㅍㅃ",
    "ㅅ": "ㅅㅎㅆ",
    "ㅈ": "ㅈㅊㅉ",
    "ㅇ": "ㅇㅁ",
}

#: Every row of strokes that is a vowel or can still become one.
VOWELS = {
    "ㅣ": "ㅣ", "ㅣㆍ": "ㅏ", "ㅣㆍㆍ": "ㅑ", "ㅣㆍㅣ": "ㅐ", "ㅣㆍㆍㅣ": "ㅒ",
    "ㆍ": "ㆍ", "ㆍㆍ": "ㆍㆍ", "ㆍㅣ": "ㅓ", "ㆍㆍㅣ": "ㅕ", "ㆍㅣㅣ": "ㅔ", "ㆍㆍㅣㅣ": "ㅖ",
    "ㆍㅡ": "ㅗ", "ㆍㆍㅡ": "ㅛ", "ㆍㅡㅣ": "ㅚ", "ㆍㅡㅣㆍ": "ㅘ", "ㆍㅡㅣㆍㅣ": "ㅙ",
    "ㅡ": "ㅡ", "ㅡㆍ": "ㅜ", "ㅡㆍㆍ": "ㅠ", "ㅡㅣ": "ㅢ", "ㅡㆍㅣ": "ㅟ",
    "ㅡㆍㆍㅣ": "ㅝ", "ㅡㆍㆍㅣㅣ": "ㅞ",
}  # fmt: skip


def _letter(taps: str) -> str:
    """The jamo that a row of taps on one key, or of vowel strokes, stands for."""
    if taps[0] in CONSONANTS:
        turns = CONSONANTS[taps[0]]
        return turns[(len(taps) - 1) % len(turns)]
    return VOWELS[taps]


class Cheonjiin:
    """Keeps the last two syllables provisional: ㅅ after 안 may still turn into ㅎ and make 않."""

    def __init__(self) -> None:
        self._letters: list[str] = []
        self._closed = False

    @property
    def preedit(self) -> str:
        return self._text(self._letters)

    @staticmethod
    def _text(letters: list[str]) -> str:
        return assemble([jamo for taps in letters for jamo in _letter(taps)])

    def press(self, key: str) -> Typed:
        if self._letters and not self._closed and self._continues(self._letters[-1], key):
            self._letters[-1] += key
        else:
            self._letters.append(key)
        self._closed = False
        return Typed(self._commit_settled(), self.preedit)

    @staticmethod
    def _continues(taps: str, key: str) -> bool:
        if key in CONSONANTS:
            return taps[0] == key
        return taps + key in VOWELS

    def _commit_settled(self) -> str:
        committed = ""
        while (count := self._settled()) is not None:
            committed += self._text(self._letters[:count])
            del self._letters[:count]
        return committed

    def _settled(self) -> int | None:
        """How many letters make a first syllable that no later tap can change."""
        text = self.preedit
        for count in range(1, len(self._letters)):
            head, rest = self._text(self._letters[:count]), self._text(self._letters[count:])
            if head + rest == text and len(rest) >= 2 and self._letters[count][0] in CONSONANTS:
                return count
        return None

    def next_letter(self) -> Typed:
        """다음 글자: the next tap on the same key begins a new letter."""
        self._closed = True
        return Typed("", self.preedit)

    def backspace(self) -> Typed | None:
        if not self._letters:
            return None
        # Only the last syllable is taken apart; the one before it is finished by now.
        tail = self._last_syllable()
        head = self._text(self._letters[:-tail])
        self._letters = self._letters[-tail:-1]
        self._closed = True
        return Typed(head, self.preedit)

    def _last_syllable(self) -> int:
        """How many letters the last syllable has."""
        text = self.preedit
        for count in range(1, len(self._letters)):
            if self._text(self._letters[-count:]) == text[-1] and (
                self._text(self._letters[:-count]) == text[:-1]
            ):
                return count
        return len(self._letters)

    def finish(self) -> Typed:
        text, self._letters, self._closed = self.preedit, [], False
        return Typed(text, "")

    def may_join(self) -> bool:
        if self._closed or not self._letters or self._letters[-1][0] not in CONSONANTS:
            return False
        *head, last = self._letters
        turns = (last[0] * taps for taps in range(1, len(CONSONANTS[last[0]]) + 1))
        return any(len(self._text([*head, turn])) < len(self.preedit) for turn in turns)
