"""What somebody in front of the locked desk may mean."""

from __future__ import annotations

from msgspec import Struct


class SignIn(Struct, frozen=True):
    name: str
    password: str

    def __repr__(self) -> str:
        return f"SignIn({self.name!r}, ***)"


class MakeFirst(Struct, frozen=True):
    """The first administrator of the city, with the password written twice."""

    name: str
    password: str
    again: str

    def __repr__(self) -> str:
        return f"MakeFirst({self.name!r}, ***)"


class LookAround(Struct, frozen=True):
    """Into a demonstration."""


SignInIntent = SignIn | MakeFirst | LookAround
