"""Certificates for hubs with TLS, made by the openssl command for one test."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.left_out import leave_out


def require_openssl() -> None:
    if shutil.which("openssl") is None:
        leave_out("the openssl command makes the certificates of these tests")


class Pair:
    """A certificate and its key, made for this test."""

    def __init__(self, folder: Path, name: str, signer: Pair | None = None) -> None:
        self.cert, self.key = folder / f"{name}.crt", folder / f"{name}.key"
        # fmt: off
        words: list[str | Path] = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-days", "2", "-subj", f"/CN={name}", "-keyout", self.key,
            "-out", self.cert,
        ]
        if signer is not None:
            words += [
                "-CA", signer.cert, "-CAkey", signer.key,
                "-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=CA:FALSE",
            ]
        # fmt: on
        subprocess.run(words, check=True, capture_output=True)
