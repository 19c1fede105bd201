"""What a resident may mean while sending feedback, step by step."""

from __future__ import annotations

from msgspec import Struct

from db.records.feedback import About, ContactKind, Kind
from desktop.kiosk.feedback.state import FeedbackStep
from desktop.kiosk.shell.intents import AnswerQuit, Next, Quit, Send, TypeQuery


class EditDraft(Struct, frozen=True):
    """고치기 in the review."""

    step: FeedbackStep


# -- 1: about what -----------------------------------------------------------------------------


class ChooseAbout(Struct, frozen=True):
    """A card of the first step; a project, a dong and a place are looked for next."""

    about: About


class ChooseHit(Struct, frozen=True):
    """A project or a dong that was found by its name."""

    id: str


class TouchPlace(Struct, frozen=True):
    """A touch on the map; outside the city it means nothing."""

    lat: float
    lon: float


class ConfirmPlace(Struct, frozen=True):
    """여기로 할게요."""


# -- 2 and 3: kind, feeling --------------------------------------------------------------------


class ChooseKind(Struct, frozen=True):
    kind: Kind


class TurnPhrase(Struct, frozen=True):
    """Choose a phrase or let it go."""

    id: str


class Rate(Struct, frozen=True):
    """1 to 3; the same again takes it back."""

    rating: int


# -- 4: text -----------------------------------------------------------------------------------


class TypeText(Struct, frozen=True):
    text: str


class Undo(Struct, frozen=True):
    """되돌리기."""


class ClearText(Struct, frozen=True):
    """모두 지움, which 되돌리기 takes back."""


class RemoveFindings(Struct, frozen=True):
    """지우기: take out what was found and go on."""


class KeepFindings(Struct, frozen=True):
    """그대로 두기: not for registration numbers."""


# -- 5: contact --------------------------------------------------------------------------------


class WantContact(Struct, frozen=True):
    """연락처 남기기 or not. Not wanting one forgets what was entered before."""

    wanted: bool


class AnswerAge(Struct, frozen=True):
    """만 14세 이상입니다, or not: then nothing is asked and nothing is kept."""

    adult: bool


class GoOnTooYoung(Struct, frozen=True):
    """다음, after it was said that nothing is needed."""


class Agree(Struct, frozen=True):
    """The tick under the notice; never set beforehand."""

    agreed: bool


class GoOnAgreed(Struct, frozen=True):
    """다음 under the notice."""


class ChooseContactKind(Struct, frozen=True):
    kind: ContactKind


class TypeContact(Struct, frozen=True):
    contact: str


ContactIntent = (
    WantContact | AnswerAge | GoOnTooYoung | Agree | GoOnAgreed | ChooseContactKind | TypeContact
)
FeedbackIntent = (
    Next
    | EditDraft
    | Send
    | Quit
    | AnswerQuit
    | ChooseAbout
    | TypeQuery
    | ChooseHit
    | TouchPlace
    | ConfirmPlace
    | ChooseKind
    | TurnPhrase
    | Rate
    | TypeText
    | Undo
    | ClearText
    | RemoveFindings
    | KeepFindings
    | ContactIntent
)
