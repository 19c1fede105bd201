"""Contact details 연락처: sealed to the city's key the moment they are entered.

What is sealed here can be opened only with the city's private key, which no kiosk holds.
"""

from __future__ import annotations

import re
import unicodedata

import msgspec
from nacl.bindings import crypto_box_seal
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from db.keys.contact_key import ContactKey
from db.problems import InputRefused
from db.records.feedback import Contact, ContactKind

_LONGEST = 200
_EMAIL = re.compile(r"^[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}$")
_PHONE = re.compile(r"^0(?:1[016789]\d{7,8}|2\d{7,8}|[3-8]\d{8,10})$")


def clean_contact(contact: Contact) -> Contact:
    """The contact in its plain form. Raises InputRefused when it is none or consent is missing."""
    if not contact.consent.is_complete:
        raise InputRefused(
            "consent",
            "만 14세 이상 확인과 네 가지 동의가 모두 있어야 연락처를 받을 수 있습니다.",
            "A contact is taken only with the age confirmation and all four points of consent.",
        )
    # Never cut: what is left of one address might be another's.
    typed = contact.value if len(contact.value) <= _LONGEST else ""
    value = unicodedata.normalize("NFKC", typed).strip()
    if contact.kind is ContactKind.PHONE:
        digits = re.sub(r"[\s().·\-‐-―]", "", value)
        digits = re.sub(r"^\+?82\(?0?", "0", digits)
        if not _PHONE.match(digits):
            raise InputRefused(
                "contact",
                "전화번호를 다시 확인해 주세요. 예: 010-1234-5678",
                "Please check the phone number, for example 010-1234-5678.",
            )
        return msgspec.structs.replace(contact, value=digits)
    if not _EMAIL.match(value):
        raise InputRefused(
            "contact",
            "전자우편 주소를 다시 확인해 주세요. 예: name@example.com",
            "Please check the e-mail address, for example name@example.com.",
        )
    return msgspec.structs.replace(contact, value=value)


def seal(contact: Contact, key: ContactKey) -> bytes:
    """The sealed contact; nobody without the city's private key can open it, this kiosk included.

    Padded, so that its length does not tell a phone number from an address.
    """
    plain = msgspec.json.encode({"kind": contact.kind, "value": contact.value})
    return crypto_box_seal(plain.ljust(96), key.public)


def open_sealed(sealed: bytes, private: bytes) -> tuple[ContactKind, str]:
    """Kind and value of a sealed contact. `private` is 32 bytes. Raises InputRefused."""
    try:
        plain = SealedBox(PrivateKey(private)).decrypt(sealed)
        opened = msgspec.json.decode(plain, type=dict[str, str])
        return ContactKind(opened["kind"]), opened["value"]
    except (CryptoError, ValueError, KeyError, msgspec.MsgspecError) as error:
        raise InputRefused(
            "key",
            "이 열쇠로는 연락처를 열 수 없습니다. 도시의 비밀 열쇠를 확인하세요.",
            "This key does not open the contact; check the city's private key.",
        ) from error
