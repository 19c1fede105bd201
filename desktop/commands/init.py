"""`cheonman init`: prepare a data directory for a device, or change what it is."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from db.problems import InputRefused, Problem
from desktop.cli import output
from desktop.cli.numbers import number, point
from desktop.settings import FILE, PANEL_INCHES, Settings, SettingsProblem, load_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    output.add_data_dir(parser)
    parser.add_argument("--role", required=True, choices=("kiosk", "desk", "hub"))
    parser.add_argument("--name", required=True, metavar="N", help="shown to officers")
    parser.add_argument("--site", metavar="ID", help="id of a landmark, for example lib-geumam")
    parser.add_argument("--site-name", metavar="N", help="of a place that is no landmark")
    parser.add_argument("--site-name-en", metavar="N", help="the same in English")
    parser.add_argument("--site-at", metavar="LAT,LON", help="where that place is")
    parser.add_argument(
        "--panel-inches", type=number(*PANEL_INCHES), metavar="INCHES", help="diagonal, measured"
    )
    parser.add_argument(
        "--pin-file", metavar="F", help="file that holds the operator's PIN; - reads it from stdin"
    )
    output.add_json(parser)


def run(args: argparse.Namespace) -> int:
    from db.publishing.packs import catalogue_at
    from desktop.site import site_fault

    data_dir = output.data_dir_of(args)
    try:
        given = {
            "role": args.role,
            "name": args.name,
            "site": args.site,
            "site_ko": args.site_name,
            "site_en": args.site_name_en,
            **_place(args.site_at),
            "panel_inches": args.panel_inches,
            "operator_pin_hash": _pin_hash(args.pin_file),
        }
        settings = load_settings(data_dir, given)
        fault = site_fault(settings, catalogue_at(data_dir))
        if fault is not None:
            return output.refuse("init", f"--site: {fault.en}")
        values = asdict(settings)
        chosen = {key: values[key] for key, value in given.items() if value is not None}
        return _prepare(args, data_dir, settings, chosen)
    except SettingsProblem as problem:
        return output.refuse("init", str(problem))
    except Problem as problem:
        return output.refuse_problem("init", problem)


def _place(text: str | None) -> dict[str, float]:
    if text is None:
        return {}
    try:
        lat, lon = point(text)
    except ValueError:
        raise SettingsProblem(
            "--site-at",
            text[:60],
            ": 위도,경도로 쓰세요. 예: 35.8242,127.1480",
            ": is no LAT,LON in degrees, for example 35.8242,127.1480",
        ) from None
    return {"site_lat": lat, "site_lon": lon}


def _pin_hash(file: str | None) -> str | None:
    """The hash of a PIN that is typed into no command line, where everybody could read it. Raises
    InputRefused.
    """
    if file is None:
        return None
    from desktop.kiosk.operator.pin.guard import LONGEST, SHORTEST, hash_of

    try:
        text = sys.stdin.readline() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
        return hash_of(text.strip())
    except OSError as error:
        raise InputRefused(
            "pin-file",
            f"{file}을(를) 읽을 수 없습니다.",
            f"{file} cannot be read ({error.strerror}).",
        ) from error
    except ValueError as error:
        raise InputRefused(
            "pin-file",
            f"PIN은 숫자 {SHORTEST}~{LONGEST}자리이고, 같은 숫자나 차례로 된 숫자는 안 됩니다.",
            f"a PIN has {SHORTEST} to {LONGEST} digits, not all alike and not counting up or down.",
        ) from error


def _prepare(
    args: argparse.Namespace, data_dir: Path, settings: Settings, chosen: dict[str, object]
) -> int:
    from db.store.opening import open_store
    from desktop.settings_file import change_settings
    from desktop.site import NO_PIN

    with open_store(data_dir) as store:
        file = data_dir / FILE
        # Written again it keeps the choices of the operator's screen, and everybody's comments.
        change_settings(data_dir, **chosen)
        contact = store.contact
        document = {
            "data_dir": str(data_dir),
            "settings": str(file),
            "role": settings.role,
            "name": settings.name,
            "site": settings.site,
            "panel_inches": settings.panel_inches,
            "device": store.device,
            "operator_pin": bool(settings.operator_pin_hash),
            "contact_key": {"key_id": contact.key_id, "demonstration": contact.demonstration},
        }
    words = "a DEMONSTRATION key" if contact.demonstration else "the city's key"
    output.say(
        args,
        document,
        f"{data_dir} is ready: {settings.role} {settings.name!r}, device {document['device']}.",
        f"Contacts are sealed to {words} ({contact.key_id}).",
        *([NO_PIN[1]] if settings.role == "kiosk" and not settings.operator_pin_hash else []),
    )
    return 0
