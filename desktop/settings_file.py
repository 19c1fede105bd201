"""Writes `cheonman.toml`: what a person wrote stays, comments, order and line ends with it."""

from __future__ import annotations

from dataclasses import asdict, fields
from pathlib import Path

from db.directory import write_durably
from db.problems import StorageUnavailable
from desktop.settings import FILE, Settings, load_settings, to_toml, with_values


def change_settings(data_dir: Path, **values: object) -> None:
    """Changes these values in the settings file; what the command line said stays out of it.

    Raises SettingsProblem where the file cannot be used as it is, StorageUnavailable.
    """
    file = data_dir / FILE
    changed = with_values(load_settings(data_dir), file, values)
    try:
        text = file.read_bytes().decode("utf-8-sig") if file.exists() else ""
        new = _edited(text, changed, values) if text.strip() else to_toml(changed)
        write_durably(file, new.encode())
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(file)) from error


def _edited(text: str, changed: Settings, values: dict[str, object]) -> str:
    # Only who changes a setting waits for it; the first frame does not.
    import tomlkit

    document = tomlkit.parse(text)
    meant = {each.name: str(each.metadata["doc"]) for each in fields(Settings)}
    now = asdict(changed)
    for name in values:
        if name not in document:
            document.add(tomlkit.comment(meant[name]))
        document[name] = now[name]
    new = tomlkit.dumps(document)
    # What is added ends its lines as the others do.
    return new.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in text else new
