"""What made-up residents say: parts of sentences, written for this and about nobody.

They name kinds of places alone, never a real one: what is said here happened nowhere.
"""

from __future__ import annotations

from db.records.feedback import Kind

PLACES = (
    *("산책로", "놀이터", "연못가", "쉼터", "화단", "옥상 정원", "주차장", "버스 정류장", "운동장"),
    *("북쪽 입구", "남쪽 입구", "광장", "다리 아래", "물가", "골목길", "횡단보도 앞", "도서관 앞"),
    *("학교 담장 옆", "경로당 앞", "시장 뒷길", "숲길", "나무 데크", "자전거길", "체육 시설"),
    *("분수대", "공원 화장실", "어린이 도서실 앞", "가로수길", "하천 둔치", "언덕길", "정자 주변"),
)
THINGS = (
    *("벤치", "가로등", "안내판", "나무 그늘", "쓰레기통", "난간", "보도블록", "음수대", "경사로"),
    *("잔디", "꽃나무", "가로수", "울타리", "배수로", "그네", "조명", "자전거 거치대", "계단"),
    *("화장실 문", "손잡이", "점자 블록", "현수막", "물웅덩이", "낙엽", "모래밭", "그늘막", "평상"),
    *(
        "운동 기구",
        "길고양이 급식소",
        "반려견 배변 봉투함",
        "흙길",
        "맨발길",
        "꽃밭",
        "뿌리",
        "나뭇가지",
    ),
)
WHEN = (
    *("아침마다", "저녁 늦게", "비 온 다음 날", "주말에", "여름 낮에는", "겨울이 되면", "장마철에"),
    *("출근할 때", "아이와 함께 가면", "해가 지고 나면", "지난달부터", "며칠 전부터", "봄부터"),
    *("유모차를 끌고 가면", "휠체어로 지나가면", "어르신들이 모이는 시간에", "자전거를 타고 가면"),
)
SAYS: dict[Kind, tuple[str, ...]] = {
    Kind.PROBLEM: (
        "{place}에 있는 {thing_i} 망가져서 다치기 쉽습니다",
        "{when} {place_i} 너무 어두워서 발밑이 보이지 않습니다",
        "{place}의 {thing_i} 기울어져 있어 위험해 보입니다",
        "{place} 근처에서 냄새가 나고 {thing_i} 지저분합니다",
        "{when} {place}의 {thing} 주변이 미끄럽습니다",
        "{thing_i} 길을 막고 있어 지나가기 어렵습니다",
        "{place}의 {thing_neun} 고친 지 얼마 안 되었는데 또 고장이 났습니다",
        "{when} {place} 소음이 심해서 창문을 열 수 없습니다",
    ),
    Kind.SUGGESTION: (
        "{place}에 {thing_eul} 더 놓아 주시면 좋겠습니다",
        "{place}의 {thing_eul} 새것으로 바꾸어 주세요",
        "{when} 쉴 곳이 없으니 {place}에 {thing_i} 있으면 합니다",
        "{place}에 키 큰 나무를 심어 그늘을 만들어 주세요",
        "{thing_neun} 그대로 두고 {place_eul} 먼저 정비하면 어떨까요",
        "{place}까지 걸어갈 수 있게 길을 이어 주세요",
        "{place}에 계절마다 다른 꽃을 심으면 좋겠습니다",
    ),
    Kind.PRAISE: (
        "{place_i} 깨끗해져서 {when} 꼭 들릅니다",
        "{place}의 {thing_i} 새로 생겨 편해졌습니다",
        "{when} {place_eul} 걷는데 참 좋았습니다",
        "{thing_eul} 빨리 고쳐 주셔서 고맙습니다",
        "{place} 나무가 많이 자라 보기 좋습니다",
    ),
    Kind.QUESTION: (
        "{place}의 {thing_neun} 언제 고치나요",
        "{place_neun} 몇 시까지 들어갈 수 있나요",
        "{place}에 {thing_eul} 둘 계획이 있나요",
        "{when} {place}에서 행사를 해도 되나요",
        "{place} 공사는 언제 끝나나요",
    ),
}
WHY = (
    *("넘어질 뻔한 적이 있습니다", "아이들이 다칠까 걱정됩니다", "이웃들도 같은 말을 합니다"),
    *("어르신들이 특히 힘들어하십니다", "유모차 바퀴가 자꾸 걸립니다", "여러 번 보았습니다"),
    *("더운 날에는 앉아 있을 수가 없습니다", "물이 고여 신발이 젖습니다"),
    *(
        "사진을 찍어 두었습니다",
        "다른 길로 돌아가고 있습니다",
        "벌써 세 번째입니다",
        "많이들 이용합니다",
    ),
)
WISHES = (
    *("한번 살펴봐 주세요", "빠른 조치 부탁드립니다", "답변 기다리겠습니다", "꼭 반영해 주세요"),
    *("예산이 든다면 작은 것부터 해도 좋습니다", "늘 애써 주셔서 감사합니다", "검토해 주세요"),
    *("현장에 나와 보시면 아실 겁니다", "주민들 의견도 들어 주세요", "안내라도 해 주세요"),
)
RARE = (
    *("느티나무", "이팝나무", "배롱나무", "수국", "맥문동", "돌배나무", "미루나무", "산수유"),
    *("왜가리", "반딧불이", "두꺼비", "직박구리", "보행 보조기", "점자 안내", "수어 안내", "제초"),
    *("송충이", "은행 열매", "송홧가루", "야외 음악", "텃밭", "빗물받이", "맨홀", "볼라드"),
)
CAMPAIGNS = (
    "{place}에 {thing_eul} 늘려 주세요. 우리 동네 주민 모두의 바람입니다. 서명에 함께합니다.",
    "{place} 나무를 베지 말아 주세요. 오래된 나무는 다시 만들 수 없습니다. 숲을 지켜 주세요.",
    "{place} 야간 조명을 꺼 주세요. 새와 곤충도 쉬어야 합니다. 주민들이 뜻을 모았습니다.",
    "{place} 공사를 다시 생각해 주세요. 주민 설명회를 먼저 열어 주시기 바랍니다.",
)
ENGLISH = (
    "The signs near the pond are only in Korean. Could you add English?",
    "Thank you for the new benches. I rest there every morning.",
    "The path by the bridge is too dark after sunset.",
    "Is the roof garden open on Sundays?",
    "Please plant more trees along the bicycle road; there is no shade in summer.",
)
REPLIES = (
    "말씀해 주신 {place_eul} 담당 부서가 살펴보았고, 정비 목록에 넣었습니다. (시연 답변)",
    "의견 고맙습니다. {place}의 {thing_neun} 다음 점검 때 먼저 보겠습니다. (시연 답변)",
    "현장을 확인했습니다. {thing} 정비는 다음 분기에 합니다. (시연 답변)",
    "보내 주신 뜻을 담당 부서에 전했고, 정해지는 대로 다시 알려 드립니다. (시연 답변)",
)
REASONS = (
    "같은 자리에 이미 다른 시설이 계획되어 있습니다. (시연 까닭)",
    "사유지라 시가 고칠 수 없습니다. (시연 까닭)",
    "다른 주민의 통행에 방해가 됩니다. (시연 까닭)",
)
DEPARTMENTS = (
    *("공원 담당", "가로수 담당", "도로 담당", "하천 담당", "도서관 담당", "체육시설 담당"),
    *("청소 담당", "교통 담당", "도시재생 담당", "정원 담당"),
)


def with_particles(name: str, noun: str) -> dict[str, str]:
    """A noun under this name, and with each particle that its last sound asks for."""
    closed = "가" <= noun[-1] <= "힣" and (ord(noun[-1]) - ord("가")) % 28 > 0
    return {
        name: noun,
        f"{name}_i": noun + ("이" if closed else "가"),
        f"{name}_eul": noun + ("을" if closed else "를"),
        f"{name}_neun": noun + ("은" if closed else "는"),
    }
