"""What an installation decides: one frozen record from `cheonman.toml` and the command line.

Each key is declared once, with its default, its bounds and its sentence for the manual. A key
nobody declared is an error, because a misspelt setting that is silently ignored helps nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from desktop.setting_rules import (
    Pair,
    SettingsProblem,
    T,
    Takes,
    an_id,
    number,
    one_of,
    whole_number,
    words,
    yes_or_no,
)

__all__ = ["FILE", "MAX_BYTES", "Settings", "SettingsProblem", "load_settings", "to_toml"]

FILE = "cheonman.toml"
MAX_BYTES = 64 * 1024
PANEL_INCHES = (7, 120)
FLOOR_TO_PANEL_MM = (0, 2000)
"""Between which they are, in the file and on a command line."""

Values = Mapping[str, Any]
"""Settings by name, as a file or a command line gives them: nobody has checked them yet."""


def _address_fault(value: str) -> Pair | None:
    if not value:
        return None
    # Only a device that has a hub pays for taking addresses apart.
    from db.exchange.carriers.hub_address import address_fault

    return address_fault(value)


_ADDRESS: Takes[str] = Takes(
    "따옴표 안에 https://로 시작하는 허브 주소를",
    "a hub's address in quotation marks",
    '"https://hub.example.kr"',
    lambda v: _address_fault(v) is None,
    _address_fault,
)
_PIN: Takes[str] = Takes(
    "운영자 화면이 적는 해시를 그대로",
    "the hash that the operator's screen writes",
    "",
    lambda v: len(v) <= 200,
    secret=True,
)


def _key(default: T, doc: str, takes: Takes[T]) -> T:
    made: T = field(default=default, metadata={"doc": doc, "takes": takes})
    return made


@dataclass(frozen=True)
class Settings:
    role: str = _key(
        "kiosk", "What this device is: kiosk, desk or hub.", one_of("kiosk", "desk", "hub")
    )
    name: str = _key("", "Name of this device, shown to officers.", words(60, "효자도서관 1층"))
    site: str = _key("", "Id of the landmark where the kiosk stands.", an_id("lib-hyoja"))
    site_ko: str = _key(
        "",
        "Name of the place where it is no landmark; the four below go with it.",
        words(60, "시청 로비"),
    )
    site_en: str = _key(
        "", "The same in English; empty shows the Korean name.", words(60, "City Hall")
    )
    site_lat: float = _key(
        0.0, "Its latitude in degrees, for example 35.8242.", number(-90, 90, 35.8242)
    )
    site_lon: float = _key(
        0.0, "Its longitude in degrees, for example 127.1480.", number(-180, 180, 127.148)
    )
    panel_inches: float = _key(
        24.0, "Diagonal of the panel in inches, measured.", number(*PANEL_INCHES, 24.0)
    )
    language: str = _key("ko", "Language a visit starts in: ko or en.", one_of("ko", "en"))
    hub_url: str = _key("", "Address of the hub; empty without one.", _ADDRESS)
    idle_seconds: int = _key(
        90, "Seconds without a touch before the visit ends.", whole_number(60, 900, 90)
    )
    typing_idle_seconds: int = _key(180, "The same while typing.", whole_number(60, 1800, 180))
    lock_minutes: int = _key(
        10,
        "Minutes without key or mouse before a desk locks itself.",
        whole_number(1, 120, 10),
    )
    phone: str = _key(
        "", "Phone number shown when feedback cannot be taken here.", words(40, "063-281-0000")
    )
    operator_pin_hash: str = _key("", "Hash of the operator's PIN; set on the screen.", _PIN)
    full_screen: bool = _key(True, "Fill the screen and hide the desktop.", yes_or_no(True))
    hide_cursor: bool = _key(False, "Hide the mouse pointer on a touch screen.", yes_or_no(False))
    sounds: bool = _key(True, "A short sound for each step that is done.", yes_or_no(True))
    reduced_motion: bool = _key(False, "Nothing moves by itself.", yes_or_no(False))
    floor_to_panel_mm: int = _key(
        0,
        "Height of the panel's lower edge above the floor, for the low position; 0 unknown.",
        whole_number(*FLOOR_TO_PANEL_MM, 900),
    )
    keep_contact_days: int = _key(
        0, "Days a contact is kept; 0 until somebody erases it.", whole_number(0, 3650, 365)
    )
    keep_contact_days_after_reply: int = _key(
        0,
        "Days a contact is kept once a reply is here; 0 takes no notice.",
        whole_number(0, 3650, 365),
    )
    keep_feedback_days: int = _key(
        0, "Days the words of a feedback are kept; 0 for good.", whole_number(0, 3650, 365)
    )
    keep_planting_days: int = _key(
        0,
        "Days a planting that a resident registered is kept; 0 for good.",
        whole_number(0, 3650, 365),
    )


def with_values(settings: Settings, file: Path | str, values: Values) -> Settings:
    """The settings with these from `file`. Raises SettingsProblem, which names it."""
    known = {f.name: f for f in fields(Settings)}
    result = dict(values)
    for key, value in values.items():
        if key not in known:
            raise _unknown(file, key, known)
        takes = known[key].metadata["takes"]
        wanted = type(known[key].default)
        if wanted is float and type(value) is int and abs(value) < 1 << 64:
            value = float(value)
        if type(value) is not wanted:
            raise takes.refusal(file, key, value)
        if isinstance(value, str):
            value = _plain(file, key, takes, value)
        if not takes.fits(value):
            raise takes.refusal(file, key, value, takes.why(value))
        result[key] = value
    return replace(settings, **result)


def _plain(file: Path | str, key: str, takes: Takes[str], value: str) -> str:
    """One line that somebody can see, composed: what macOS takes apart is the same name."""
    if not value.isascii():
        from unicodedata import normalize  # what is plain does without

        value = normalize("NFC", value)
    if value and _is_unseen(value):
        raise takes.refusal(
            file, key, value, ("보이는 글자가 없습니다.", "holds nothing that anybody would see")
        )
    if not value.isprintable():
        # A line end would break the file that is written from it.
        raise takes.refusal(
            file,
            key,
            value,
            ("줄 바꿈이나 제어 문자가 들어 있습니다.", "holds a line end or a control character"),
        )
    return value


def _is_unseen(value: str) -> bool:
    if value.isascii():
        return not value.strip()
    from db.unseen import is_empty  # plain words do without

    return is_empty(value)


def _unknown(file: Path | str, key: str, known: Iterable[str]) -> SettingsProblem:
    from difflib import get_close_matches  # only in trouble

    plain = "".join(letter if letter.isprintable() else "?" for letter in key[:60])
    near = get_close_matches(plain, list(known), 1)
    ko, en = (f" '{near[0]}'인가요?", f" did you mean '{near[0]}'?") if near else ("", "")
    listed = ", ".join(known)
    return SettingsProblem(
        file,
        plain,
        f": 이런 설정은 없습니다.{ko} 있는 설정: {listed}",
        f": there is no such setting;{en} There are {listed}",
    )


def load_settings(data_dir: Path, overrides: Values | None = None) -> Settings:
    """Settings of `data_dir`; `overrides` (from the command line, None = not given) win."""
    settings = Settings()
    path = data_dir / FILE
    if _is_there(path):
        # Only installations that have a file pay for the parser before the first frame.
        import tomllib

        try:
            if path.stat().st_size > MAX_BYTES:
                raise _about_file(
                    path,
                    f"{MAX_BYTES}바이트보다 큽니다. 파일을 고치세요.",
                    f"is larger than {MAX_BYTES} bytes; repair it",
                )
            # An editor of Windows puts a mark before the first letter.
            values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise _about_file(
                path,
                f"설정 파일로 읽을 수 없습니다{_line_of(error)}. 그 줄을 고치세요.",
                f"is not readable TOML ({str(error)[:120]}); repair it",
            ) from None
        except PermissionError:
            raise _about_file(
                path,
                "읽을 수 없습니다. 이 사용자에게 읽을 권한을 주세요.",
                "cannot be read; give this user the right",
            ) from None
        settings = with_values(settings, path, values)
    given = {k: v for k, v in (overrides or {}).items() if v is not None}
    return with_values(settings, "command line", given)


def _is_there(path: Path) -> bool:
    try:
        if path.is_file():
            return True
        if not path.exists():
            return False
    except OSError as error:
        raise _about_file(
            path,
            "읽을 수 없습니다. 경로와 권한을 확인하세요.",
            f"cannot be read ({error.strerror}); check the path and its permissions",
        ) from None
    raise _about_file(
        path,
        "파일이 아닙니다. 설정을 그 자리에 두거나 치우세요.",
        "is no file; put the settings there, or take it away",
    )


def _about_file(path: Path, ko: str, en: str) -> SettingsProblem:
    return SettingsProblem(path, "file", f": {ko}", f": {en}")


def _line_of(error: BaseException) -> str:
    """Where in the file it is, as tomllib says it in English."""
    _before, said, place = str(error).partition("(at line ")
    line = place.partition(",")[0]
    return f"({line}번째 줄)" if said and line.isdecimal() else ""


def to_toml(settings: Settings) -> str:
    """The file `load_settings` reads, each key under the sentence that explains it."""
    lines = []
    values = asdict(settings)
    for each in fields(settings):
        value = values[each.name]
        if isinstance(value, str):
            shown = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        else:
            shown = str(value).lower()
        lines += [f"# {each.metadata['doc']}", f"{each.name} = {shown}", ""]
    return "\n".join(lines)
