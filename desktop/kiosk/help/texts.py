"""The words of the help pages: a picture sentence of a few steps, then short plain lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.i18n import tr
from desktop.kiosk.help.state import HelpState, Topic
from desktop.words.feedback import verbatim


@dataclass(frozen=True, slots=True)
class HelpPage:
    """`steps` are (icon, word); arrows stand between them when `in_order`."""

    title: str
    steps: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    in_order: bool = True
    #: The last lines in a box of their own.
    boxed: tuple[str, ...] = ()


def topic_word(topic: Topic) -> str:
    return {
        Topic.MAP: tr("지도 보기"),
        Topic.FEEDBACK: tr("의견 보내기"),
        Topic.REPLY: tr("답변 찾기"),
        Topic.PRIVACY: tr("내 정보"),
        Topic.PEOPLE: tr("도움 받기"),
        Topic.SOURCES: tr("자료와 저작권"),
    }[topic]


def page_of(state: HelpState) -> HelpPage:
    """The page of the chosen topic in the visit's language."""
    pages: dict[Topic, Callable[[], HelpPage]] = {
        Topic.MAP: _map,
        Topic.FEEDBACK: _feedback,
        Topic.REPLY: _reply,
        Topic.PRIVACY: lambda: _privacy(state),
        Topic.PEOPLE: lambda: _people(state),
        Topic.SOURCES: lambda: _sources(state),
    }
    return pages[state.topic]()


def _map() -> HelpPage:
    return HelpPage(
        tr("지도는 눌러서 움직입니다"),
        (
            ("plus", tr("크게 보기")),
            ("minus", tr("작게 보기")),
            ("move", tr("옮겨 보기")),
            ("locate-fixed", tr("여기로")),
        ),
        (
            tr("사업 표시를 누르면 그 사업의 설명이 나옵니다."),
            tr("꽃 모양의 숫자는 그 자리에 모인 사업의 수입니다. 누르면 펼쳐집니다."),
            tr("동을 누르면 그 동의 사업과 나무가 나옵니다."),
            tr("지도 옆 목록에도 같은 사업이 같은 순서로 있습니다."),
        ),
        in_order=False,
    )


def _feedback() -> HelpPage:
    return HelpPage(
        tr("의견은 이름 없이 보냅니다"),
        (
            ("map-pin", tr("무엇에 대해")),
            ("message-square", tr("어떤 의견")),
            ("pencil", tr("하고 싶은 말")),
            ("ticket", tr("접수번호")),
        ),
        (
            tr("글을 쓰지 않고 고르기만 해도 보낼 수 있습니다."),
            tr("언제든 이전으로 돌아가 고치거나 그만둘 수 있습니다."),
            tr("다 보내면 접수번호가 나옵니다. 적어 두세요."),
        ),
    )


def _reply() -> HelpPage:
    return HelpPage(
        tr("답변은 접수번호로 찾습니다"),
        (
            ("ticket", tr("접수번호 적어 두기")),
            ("calendar", tr("며칠 뒤 다시 오기")),
            ("search", tr("번호 누르기")),
            ("mail-open", tr("답변 읽기")),
        ),
        (
            tr("처음 화면의 **내 의견 답변 보기**를 누르고 접수번호를 누르세요."),
            tr("어느 도서관의 키오스크에서나 찾을 수 있습니다."),
            tr("답변이 아직 이 키오스크에 오지 않았을 수도 있습니다. 그때는 그렇게 알려 드립니다."),
        ),
    )


def _privacy(state: HelpState) -> HelpPage:
    kept: tuple[str, ...] = ()
    if state.keep_days:
        words = tr("의견에 쓴 글은 **{days}일** 동안 두고 지웁니다.", days=state.keep_days)
        kept = (words,)
    return HelpPage(
        tr("내 정보는 이렇게 지킵니다"),
        (
            ("ban", tr("이름 묻지 않기")),
            ("square-check", tr("연락처는 원할 때만")),
            ("shield-check", tr("잠가서 보관")),
            ("eraser", tr("떠나면 지우기")),
        ),
        (
            tr("이름, 주소, 주민등록번호를 묻지 않습니다. 글에도 적지 마세요."),
            tr("연락처는 원하는 분만, 만 14세부터 남깁니다. 없어도 의견은 똑같이 받습니다."),
            tr("연락처는 바로 잠가서 시 담당자만 엽니다. 이 키오스크도 못 읽습니다."),
            tr("자리를 떠나면 화면에 쓰던 내용은 지워집니다."),
            *kept,
        ),
        in_order=False,
        boxed=(
            tr("이름 없는 의견은 법에서 정한 **민원이 아닙니다**."),
            tr("민원은 국민신문고(epeople.go.kr)에 내세요."),
        ),
    )


def _people(state: HelpState) -> HelpPage:
    steps = [
        ("concierge-bell", tr("직원에게")),
        ("a-large-small", tr("글자 크기")),
        ("contrast", tr("선명한 화면")),
        ("arrow-down-to-line", tr("낮은 화면")),
    ]
    lines = [
        tr("도서관 직원에게 말씀하시면 함께 눌러 드립니다."),
        tr("**글자 크기**와 **선명한 화면**은 글을 크고 또렷하게 합니다."),
        tr("**낮은 화면**은 버튼을 아래로 내려 앉아서도 닿게 합니다."),
    ]
    if state.speech:
        steps.insert(3, ("volume-2", tr("음성 안내")))
        lines.append(tr("**음성 안내**를 켜면 한 번 눌러 듣고, 한 번 더 눌러 실행합니다."))
    if state.phone:
        lines.append(tr("전화로 물어보기: **{phone}**", phone=state.phone))
    return HelpPage(tr("혼자 하지 않아도 됩니다"), tuple(steps), tuple(lines), in_order=False)


def _sources(state: HelpState) -> HelpPage:
    return HelpPage(
        tr("자료는 이렇게 모았습니다"),
        (),
        (
            *_pack(state),
            tr("사업과 나무 자료의 기준일은 **{date}**입니다.", date=state.as_of),
            tr(
                "보도와 공식 자료 {n}건에서 모았습니다. 각 사업 화면에 출처와 날짜가 있습니다.",
                n=state.source_count,
            ),
            tr("확인되지 않은 것은 확인되지 않았다고 적었습니다."),
        ),
    )


def _pack(state: HelpState) -> tuple[str, ...]:
    """Where the facts came from, when a desk published them."""
    if not state.pack:
        return ()
    title = verbatim(state.pack)
    if not state.pack_day:
        return (tr("이 자료는 시에서 발행한 자료집 **{title}**입니다.", title=title),)
    said = tr(
        "이 자료는 시에서 **{date}**에 발행한 자료집 **{title}**입니다.",
        title=title,
        date=state.pack_day,
    )
    return (said,)
