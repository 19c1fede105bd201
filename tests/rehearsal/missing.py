"""Which Debian packages a rehearsal needs and does not find."""

from __future__ import annotations

import os
import shutil

_PROGRAMS = {
    "etcd": "etcd-server",
    "etcdctl": "etcd-client",
    "patroni": "patroni",
    "haproxy": "haproxy",
    "openssl": "openssl",
    "/usr/lib/postgresql/15/bin/postgres": "postgresql-15",
}


def missing_programs() -> str:
    path = f"{os.environ['PATH']}:/usr/sbin"
    return " ".join(
        package for program, package in _PROGRAMS.items() if not shutil.which(program, path=path)
    )
