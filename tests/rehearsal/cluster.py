"""Three machines' worth of etcd, Patroni and PostgreSQL on loopback."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from functools import partial
from typing import Any

import httpx
import psycopg

from tests.rehearsal.places import NODES, Places, read_settings, server_user
from tests.rehearsal.processes import Server, wait_until

START_SECONDS = 90


class Cluster:
    """Starts in `start`; `end` stops whatever of it is running."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._etcd: dict[str, Server] = {}
        self._patroni: dict[str, Server] = {}

    def start(self) -> None:
        for node in NODES:
            self.start_etcd(node)
        # The first alone: it makes the cluster, the others copy it.
        self.start_patroni(NODES[0])
        wait_until("the first leader", lambda: self.leader() is not None, START_SECONDS)
        for node in NODES[1:]:
            self.start_patroni(node)
        self.wait_until_whole()
        with self.connect(self.leader() or NODES[0], "postgres") as connection:
            connection.execute("CREATE DATABASE cheonman OWNER cheonman")

    def start_etcd(self, node: str, state: str = "new") -> None:
        filled = self._places.filled("etcd.env", node, ETCD_STATE=state)
        environment = read_settings(filled)
        log = self._places.of(node) / "etcd.log"
        self._etcd[node] = Server(["etcd"], log, user=server_user(), environment=environment)

    def start_patroni(self, node: str) -> None:
        config = self._places.of(node) / "patroni.yml"
        config.write_text(self._places.filled("patroni.yml", node), encoding="utf-8")
        # No rehearsal resets the machine it runs on.
        text = config.read_text(encoding="utf-8").replace("mode: automatic", "mode: 'off'")
        text = text.replace("- local all postgres peer", "- local all postgres trust")
        config.write_text(text, encoding="utf-8")
        log = self._places.of(node) / "patroni.log"
        self._patroni[node] = Server(["patroni", str(config)], log, user=server_user())

    def members(self) -> list[dict[str, Any]]:
        """What Patroni says of its members, asked from whoever answers."""
        for node in NODES:
            with suppress(httpx.HTTPError, ValueError, KeyError):
                answer = httpx.get(f"{self._rest(node)}/cluster", timeout=2)
                members: list[dict[str, Any]] = answer.json()["members"]
                return members
        return []

    def leader(self) -> str | None:
        """The machine that says of itself that it leads."""
        for node in NODES:
            with suppress(httpx.HTTPError):
                if httpx.get(f"{self._rest(node)}/primary", timeout=2).status_code == 200:
                    return node
        return None

    def is_whole(self) -> bool:
        """A leader, a copy that must confirm, and all three follow the same history."""
        members = self.members()
        roles = [each["role"] for each in members]
        running = {each.get("state") for each in members} <= {"running", "streaming"}
        timelines = {each.get("timeline") for each in members}
        whole = len(members) == len(NODES) and running and len(timelines) == 1
        return whole and roles.count("leader") == 1 and "sync_standby" in roles

    def wait_until_whole(self, seconds: float = START_SECONDS) -> None:
        wait_until("a leader with two copies", self.is_whole, seconds)

    def kill_leader(self) -> str:
        """kill -9 to the leader's Patroni and every process of its PostgreSQL."""
        node = self.leader()
        assert node is not None, "no leader to kill"
        self._kill_database(node)
        return node

    def switch_over(self) -> str:
        """Asks the leader to hand over, as before an update; the one that led."""
        node = self.leader()
        assert node is not None, "no leader to relieve"
        secret = ("patroni", self._places.secret)
        url = f"{self._rest(node)}/switchover"
        answer = httpx.post(url, json={"leader": node}, auth=secret, timeout=60)
        assert answer.status_code == 200, answer.text
        return node

    def lose_machine(self) -> str:
        """A copy, its etcd and all its disks are gone for good; the one it was."""
        node = next(node for node in NODES if node != self.leader())
        self._kill_database(node)
        self._etcd[node].kill()
        self._places.lose(node)
        return node

    def replace_machine(self, node: str) -> None:
        """The walk of the guide: etcd forgets the lost one, and learns of the new one."""
        (lost,) = [
            line.split(", ")[0] for line in self._etcdctl(node, "list") if f", {node}," in line
        ]
        self._etcdctl(node, "remove", lost)
        self._etcdctl(node, "add", node, f"--peer-urls={self._url(node, 'ETCD_PEER_PORT')}")
        self.start_etcd(node, "existing")
        self.start_patroni(node)

    def connect(self, node: str, database: str = "cheonman") -> psycopg.Connection[Any]:
        """As the superuser, to one machine."""
        return psycopg.connect(
            host=self._places.addresses[node],
            port=self._places.ports["POSTGRES_PORT"],
            user="postgres",
            password=self._places.secret,
            dbname=database,
            connect_timeout=5,
            autocommit=True,
        )

    def end(self) -> None:
        for each in self._patroni.values():
            each.ask_to_end()
        for node, each in self._patroni.items():
            each.end(partial(self._postmaster, node))
        for each in self._etcd.values():
            each.end()

    def last_words(self) -> str:
        servers = [*self._etcd.values(), *self._patroni.values()]
        return "\n".join(f"-- {each.log}\n{each.last_words()}" for each in servers)

    def _kill_database(self, node: str) -> None:
        postmaster = self._postmaster(node)
        assert postmaster is not None, f"{node} has no postmaster"
        self._patroni[node].kill(postmaster)

    def _etcdctl(self, without: str, *words: str) -> list[str]:
        """What `etcdctl member` says, asked from the machines that are left."""
        left = [self._url(node, "ETCD_PORT") for node in NODES if node != without]
        command = ["etcdctl", f"--endpoints={','.join(left)}", "member", *words]
        finished = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
        assert finished.returncode == 0, finished.stderr
        return finished.stdout.splitlines()

    def _postmaster(self, node: str) -> int | None:
        file = self._places.of(node) / "postgresql" / "postmaster.pid"
        try:
            return int(file.read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None

    def _rest(self, node: str) -> str:
        return self._url(node, "PATRONI_PORT")

    def _url(self, node: str, port: str) -> str:
        return f"http://{self._places.addresses[node]}:{self._places.ports[port]}"
