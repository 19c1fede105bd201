"""What each act is called, and its drawing."""

from __future__ import annotations

from db.officers.audit import AuditLine
from db.records.feedback import ReviewState
from db.records.officers import ActKind, OfficerRole
from desktop.i18n import tr
from desktop.words.feedback import office_state_word

ICONS = {
    ActKind.SIGNED_IN: "key-round",
    ActKind.SIGN_IN_FAILED: "triangle-alert",
    ActKind.LOCKED: "lock",
    ActKind.OPENED: "book-open",
    ActKind.REVIEWED: "circle-check",
    ActKind.REPLIED: "reply",
    ActKind.NOTED: "sticky-note",
    ActKind.GROUPED: "layers",
    ActKind.UNGROUPED: "layers",
    ActKind.KEPT_APART: "minus",
    ActKind.UNDONE: "undo-2",
    ActKind.EXPORTED: "usb",
    ActKind.IMPORTED: "package-open",
    ActKind.OFFICER_SET: "users",
    ActKind.PASSWORD_SET: "key-round",
    ActKind.CONTACT_OPENED: "phone",
    ActKind.REDACTED: "eraser",
    ActKind.REPORTED: "download",
    ActKind.VERIFIED: "shield-check",
}


def act_word(act: ActKind) -> str:
    return {
        ActKind.SIGNED_IN: tr("들어옴"),
        ActKind.SIGN_IN_FAILED: tr("들어오지 못함"),
        ActKind.LOCKED: tr("잠금"),
        ActKind.OPENED: tr("읽음"),
        ActKind.REVIEWED: tr("상태 정함"),
        ActKind.REPLIED: tr("답변 저장"),
        ActKind.NOTED: tr("메모 저장"),
        ActKind.GROUPED: tr("묶어 둠"),
        ActKind.UNGROUPED: tr("묶음 풀기"),
        ActKind.KEPT_APART: tr("따로 두기"),
        ActKind.UNDONE: tr("되돌림"),
        ActKind.EXPORTED: tr("꾸러미 내보냄"),
        ActKind.IMPORTED: tr("꾸러미 받음"),
        ActKind.OFFICER_SET: tr("담당자 정함"),
        ActKind.PASSWORD_SET: tr("비밀번호 다시 정함"),
        ActKind.CONTACT_OPENED: tr("연락처 엶"),
        ActKind.REDACTED: tr("가림"),
        ActKind.REPORTED: tr("표로 내보냄"),
        ActKind.VERIFIED: tr("검증함"),
    }[act]


def role_word(role: OfficerRole) -> str:
    match role:
        case OfficerRole.VIEWER:
            return tr("보는 사람")
        case OfficerRole.REVIEWER:
            return tr("검토자")
        case OfficerRole.PUBLISHER:
            return tr("발행자")
        case OfficerRole.ADMINISTRATOR:
            return tr("관리자")


def how_words(line: AuditLine) -> str:
    """What the log says beside the act, in the words of the screen."""
    if line.act is ActKind.REVIEWED and line.words in set(ReviewState):
        return office_state_word(ReviewState(line.words))
    if line.act is ActKind.UNDONE and line.words in set(ActKind):
        return act_word(ActKind(line.words))
    if line.act in (ActKind.OFFICER_SET, ActKind.PASSWORD_SET):
        name, _between, role = line.words.rpartition(" · ")
        if name:
            told = role_word(OfficerRole(role)) if role in set(OfficerRole) else tr("그만둠")
            return f"{name} · {told}"
    return line.words
