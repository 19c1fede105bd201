"""What an installation decides: one frozen record from `cheonman.toml` and the command line.

Each key is declared once, with its default, its bounds and its sentence for the manual. A key
nobody declared is an error, because a misspelt setting that is silently ignored helps nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

FILE = "cheonman.toml"
MAX_BYTES = 64 * 1024
#: Printable and yet nothing to see; `db.text` knows more of them and is not needed this early.
_UNSEEN = " \u034f\u115f\u1160\u17b4\u17b5\u2800\u3000\u3164\uffa0" + "".join(
    map(chr, range(0xFE00, 0xFE10))
)


T = TypeVar("T")
Values = Mapping[str, Any]
"""Settings by name, as a file or a command line gives them: nobody has checked them yet."""


class SettingsProblem(Exception):
    """A setting cannot be used: names the file, the key and the cure in one sentence."""

    def __init__(self, file: Path | str, key: str, cure: str) -> None:
        super().__init__(f"{file}: {key}: {cure}")
        self.file, self.key, self.cure = str(file), key, cure


def _one_of(*allowed: str) -> Callable[[str], str | None]:
    return lambda v: None if v in allowed else f"must be one of {', '.join(allowed)}"


def _between(low: float, high: float) -> Callable[[float], str | None]:
    return lambda v: None if low <= v <= high else f"must be between {low:g} and {high:g}"


def _at_most(length: int) -> Callable[[str], str | None]:
    return lambda v: None if len(v) <= length else f"must have at most {length} characters"


def _id(value: str) -> str | None:
    # Without `re`, which the first frame does without.
    plain = (
        value.isascii() and value.replace("-", "a").replace("_", "a").replace(".", "a").isalnum()
    )
    if value and not (plain and value[0].isalnum() and len(value) <= 60):
        return f"'{value[:60]}' is no id; one has up to 60 letters, digits, '-', '_' and '.'"
    return None


def _address(value: str) -> str | None:
    if not value:
        return None
    # Only a device that has a hub pays for taking addresses apart.
    from db.exchange.carriers.hub_address import address_fault

    return address_fault(value)


def _key(default: T, doc: str, check: Callable[[T], str | None]) -> T:
    return field(default=default, metadata={"doc": doc, "check": check})


@dataclass(frozen=True)
class Settings:
    role: str = _key(
        "kiosk", "What this device is: kiosk, desk or hub.", _one_of("kiosk", "desk", "hub")
    )
    name: str = _key("", "Name of this device, shown to officers.", _at_most(60))
    site: str = _key("", "Id of the landmark where the kiosk stands.", _id)
    site_ko: str = _key(
        "", "Name of the place where it is no landmark; the four below go with it.", _at_most(60)
    )
    site_en: str = _key("", "The same in English; empty shows the Korean name.", _at_most(60))
    site_lat: float = _key(0.0, "Its latitude in degrees, for example 35.8242.", _between(-90, 90))
    site_lon: float = _key(
        0.0, "Its longitude in degrees, for example 127.1480.", _between(-180, 180)
    )
    panel_inches: float = _key(24.0, "Diagonal of the panel in inches, measured.", _between(7, 120))
    language: str = _key("ko", "Language a visit starts in: ko or en.", _one_of("ko", "en"))
    hub_url: str = _key("", "Address of the hub; empty without one.", _address)
    idle_seconds: int = _key(
        90, "Seconds without a touch before the visit ends.", _between(60, 900)
    )
    typing_idle_seconds: int = _key(180, "The same while typing.", _between(60, 1800))
    phone: str = _key("", "Phone number shown when feedback cannot be taken here.", _at_most(40))
    operator_pin_hash: str = _key(
        "", "Hash of the operator's PIN; set on the screen.", _at_most(200)
    )
    full_screen: bool = _key(True, "Fill the screen and hide the desktop.", lambda v: None)
    hide_cursor: bool = _key(False, "Hide the mouse pointer on a touch screen.", lambda v: None)
    sounds: bool = _key(True, "A short sound for each step that is done.", lambda v: None)
    reduced_motion: bool = _key(False, "Nothing moves by itself.", lambda v: None)
    floor_to_panel_mm: int = _key(
        0,
        "Height of the panel's lower edge above the floor, for the low position; 0 unknown.",
        _between(0, 2000),
    )
    keep_contact_days: int = _key(
        0, "Days a contact is kept; 0 until somebody erases it.", _between(0, 3650)
    )
    keep_contact_days_after_reply: int = _key(
        0, "Days a contact is kept once a reply is here; 0 takes no notice.", _between(0, 3650)
    )
    keep_feedback_days: int = _key(
        0, "Days the words of a feedback are kept; 0 for good.", _between(0, 3650)
    )
    keep_planting_days: int = _key(
        0, "Days a planting that a resident registered is kept; 0 for good.", _between(0, 3650)
    )


def with_values(settings: Settings, file: Path | str, values: Values) -> Settings:
    """The settings with these from `file`. Raises SettingsProblem, which names it."""
    known = {f.name: f for f in fields(Settings)}
    result = dict(values)
    for key, value in values.items():
        if key not in known:
            raise SettingsProblem(file, key, f"unknown key; known keys are {', '.join(known)}")
        default = known[key].default
        wanted = type(default)
        if wanted is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if type(value) is not wanted:
            raise SettingsProblem(file, key, f"must be a {wanted.__name__}")
        if isinstance(value, str) and not value.isascii():
            # What macOS takes apart is the same name.
            from unicodedata import normalize

            value = normalize("NFC", value)
            if not value.strip(_UNSEEN):
                raise SettingsProblem(file, key, "holds letters that nobody sees; write it anew")
        if isinstance(value, str) and not value.isprintable():
            # A line end would break the file that is written from it.
            raise SettingsProblem(file, key, "must be one line of plain characters")
        trouble = known[key].metadata["check"](value)
        if trouble:
            raise SettingsProblem(file, key, trouble)
        result[key] = value
    return replace(settings, **result)


def load_settings(data_dir: Path, overrides: Values | None = None) -> Settings:
    """Settings of `data_dir`; `overrides` (from the command line, None = not given) win."""
    settings = Settings()
    path = data_dir / FILE
    if _is_there(path):
        # Only installations that have a file pay for the parser before the first frame.
        import tomllib

        try:
            if path.stat().st_size > MAX_BYTES:
                raise SettingsProblem(path, "file", f"is larger than {MAX_BYTES} bytes; repair it")
            # An editor of Windows puts a mark before the first letter.
            values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsProblem(
                path, "file", f"is not readable TOML ({error}); repair it"
            ) from None
        except PermissionError:
            raise SettingsProblem(
                path, "file", "cannot be read; give this user the right"
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
        cure = f"cannot be read ({error.strerror}); check the path and its permissions"
        raise SettingsProblem(path, "file", cure) from None
    raise SettingsProblem(path, "file", "is no file; put the settings there, or take it away")


def to_toml(settings: Settings) -> str:
    """The file `load_settings` reads, each key under the sentence that explains it."""
    lines = []
    for each in fields(settings):
        value = getattr(settings, each.name)
        if isinstance(value, str):
            shown = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        else:
            shown = str(value).lower()
        lines += [f"# {each.metadata['doc']}", f"{each.name} = {shown}", ""]
    return "\n".join(lines)
