"""Where the parts of a row stand: one plan for the head of the table and for every row."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from desktop.theme.desk_look import DeskLook

#: Below this the list is the narrow one beside a thread: state, words, due.
NARROW = 430


@dataclass(frozen=True, slots=True)
class Columns:
    """Left and right edges, in px, of one row; empty where a narrow list has no room for one."""

    check: tuple[int, int]
    state: tuple[int, int]
    kind: tuple[int, int]
    words: tuple[int, int]
    project: tuple[int, int]
    dong: tuple[int, int]
    received: tuple[int, int]
    due: tuple[int, int]
    narrow: bool

    @classmethod
    def of(cls, look: DeskLook, width: int) -> Columns:
        px = look.px
        if width < px(NARROW):
            right = width - px(8)
            due = (right - px(64 if look.korean else 88), right)
            return cls(
                (0, 0), (px(8), px(32)), (0, 0), (px(34), due[0] - px(6)), (0, 0), (0, 0), (0, 0),
                due, True,
            )  # fmt: skip
        state_wide, kind_wide = (112, 44) if look.korean else (104, 76)
        right = width - px(10)
        due = (right - px(92 if look.korean else 112), right)
        left_of_due = due[0] - px(8)
        # The resident's words keep room; what is seldom asked for comes in as there is more.
        received = dong = project = (0, 0)
        if width >= px(1000):
            received = (left_of_due - px(92), left_of_due)
            left_of_due = received[0] - px(8)
        if width >= px(620):
            dong = (left_of_due - px(84), left_of_due)
            left_of_due = dong[0] - px(8)
        if width >= px(900):
            project = (left_of_due - px(150), left_of_due)
            left_of_due = project[0] - px(8)
        check = (px(10), px(28))
        state = (px(36), px(36 + state_wide))
        kind = (state[1] + px(4), state[1] + px(4 + kind_wide))
        words = (kind[1] + px(2), left_of_due)
        return cls(check, state, kind, words, project, dong, received, due, False)


def box(span: tuple[int, int], top: float, height: float) -> QRectF:
    return QRectF(span[0], top, span[1] - span[0], height)
