"""Where the letters of 두벌식 lie, by the Latin letters on the same keys."""

from __future__ import annotations

_PLAIN = {
    "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ": "QWERTYUIOP",
    "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ": "ASDFGHJKL",
    "ㅋㅌㅊㅍㅠㅜㅡ": "ZXCVBNM",
}
_SHIFTED = {"ㅃㅉㄸㄲㅆㅒㅖ": "QWERTOP"}

HANGUL = {
    jamo: letter
    for row in (_PLAIN, _SHIFTED)
    for jamos, letters in row.items()
    for jamo, letter in zip(jamos, letters, strict=True)
}
