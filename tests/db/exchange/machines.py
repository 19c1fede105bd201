"""Whole machines for tests: data directories driven through the program's own commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.__main__ import main

Run = Callable[..., Any]


class Machines:
    """Directories under one root, by name; `run` gives the JSON document a command prints."""

    def __init__(self, root: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self.authority = root / "authority"
        self._capture = capture
        made = self.run("authority", "init", "--dir", self.authority)
        self.city_words: str = made["fingerprint"]

    def run(self, *words: object, status: int = 0) -> Any:
        """Runs a command with --json; its document, or its sentence where it ends with `status`."""
        self._capture.readouterr()
        try:
            ended = main([*(str(word) for word in words), "--json"])
        except SystemExit as refused:  # by argparse, for what is no word of the command
            ended = int(refused.code or 0)
        said = self._capture.readouterr()
        assert ended == status, said.err
        return json.loads(said.out) if said.out.strip() else said.err

    def say_lines(self, *words: object) -> str:
        """What a command says to a person."""
        self._capture.readouterr()
        assert main([str(word) for word in words]) == 0
        return self._capture.readouterr().out

    def of(self, name: str) -> Path:
        return self.root / name

    def make(self, name: str, role: str) -> Path:
        """A prepared data directory, not enrolled."""
        site = ["--site", "lib-geumam"] if role == "kiosk" else []
        self.run("init", "--data-dir", self.of(name), "--role", role, "--name", name, *site)
        return self.of(name)

    def certify(self, name: str, role: str) -> Path:
        """The certificate file of a device, not accepted yet."""
        request, papers = self.root / f"{name}.req", self.root / f"{name}.cert"
        asked = self.run("enroll", "request", "--data-dir", self.of(name), "--out", request)
        words = ("--dir", self.authority, "--role", role, "--name", name, "--out", papers)
        self.run("authority", "sign", request, *words, "--fingerprint", asked["fingerprint"])
        return papers

    def accept(self, papers: Path, name: str) -> Any:
        """Takes papers at a device, after their words were compared."""
        words = ("--data-dir", self.of(name), "--fingerprint", self.city_words)
        return self.run("enroll", "accept", papers, *words)

    def enrol(self, name: str, role: str) -> Path:
        data_dir = self.make(name, role)
        self.accept(self.certify(name, role), name)
        return data_dir

    def say(self, name: str, text: str) -> dict[str, Any]:
        """One feedback at a kiosk; its receipt."""
        words = ("--general", "--kind", "praise", "--text", text)
        receipt: dict[str, Any] = self.run("feedback", "add", "--data-dir", self.of(name), *words)
        return receipt

    def carry(self, giver: str, taker: str, *more: str, status: int = 0) -> Any:
        """A stick goes from one machine to another; what the reading said, and how it ended."""
        stick = self.root / "stick"
        stick.mkdir(exist_ok=True)
        made = self.run("bundle", "write", "--data-dir", self.of(giver), "--to", stick, *more)
        words = ("--data-dir", self.of(taker))
        return self.run("bundle", "read", *made["files"], *words, status=status)

    def hash(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self.run("store-hash", "--data-dir", self.of(name))
        return found

    def status(self, name: str) -> Any:
        return self.run("sync", "--status", "--data-dir", self.of(name))
