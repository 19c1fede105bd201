"""What can go wrong below the screens, sorted by whose fault it is.

Every problem says one sentence in Korean and English: what is wrong and what to do. Anything that
is not one of these is a bug.
"""

from __future__ import annotations

import errno
import os
import shutil
from enum import StrEnum

from db.bilingual import Bilingual


def in_brackets(detail: object) -> tuple[str, str]:
    """A cause that another program words in English, as it follows a Korean and an English
    sentence: in Korean only what is a number, a name or a place.
    """
    text = str(detail)[:120]
    if not text:
        return "", ""
    words = [
        word for word in text.split() if len(word) > 1 and word.isascii() and word[1].isalpha()
    ]
    korean = "" if len(words) > 1 else f" ({text.replace(' bytes', '바이트')})"
    return korean, f" ({text})"


class Problem(Exception):
    """Something a person can be told about and do something about."""

    def __init__(self, ko: str, en: str) -> None:
        super().__init__(en)
        self.ko = ko
        self.en = en

    def sentence(self, language: str = "ko") -> str:
        return Bilingual(self.ko, self.en).in_(language)


class InputRefused(Problem):
    """An input problem: `field` names what was wrong with it."""

    def __init__(self, field: str, ko: str, en: str) -> None:
        super().__init__(ko, en)
        self.field = field


class Cause(StrEnum):
    """Why the environment did not let us store."""

    FULL = "full"
    READ_ONLY = "read-only"
    LOCKED = "locked"
    INPUT_OUTPUT = "input-output"
    CORRUPT = "corrupt"
    NO_RIGHTS = "no-rights"
    NOT_A_DIRECTORY = "not-a-directory"
    IS_A_DIRECTORY = "is-a-directory"
    MISSING = "missing"
    BAD_PATH = "bad-path"
    UNREACHABLE = "unreachable"
    NO_LOCKS = "no-locks"
    TOO_BIG = "too-big"
    SHORT = "short"


_SAID = {
    Cause.FULL: (
        "저장 공간이 가득 찼습니다. 담당자가 공간을 비우면 다시 보낼 수 있습니다.",
        "The disk is full. Sending works again once staff have freed some space.",
    ),
    Cause.READ_ONLY: (
        "저장 장치가 읽기 전용입니다. 담당자가 저장 장치를 확인해야 합니다.",
        "The disk is read-only. Staff need to check it.",
    ),
    Cause.LOCKED: (
        "다른 프로그램이 저장소를 쓰고 있습니다. 잠시 뒤에 다시 해 보세요.",
        "Another program is using the store. Try again in a moment.",
    ),
    Cause.INPUT_OUTPUT: (
        "저장 장치가 응답하지 않습니다. 담당자가 저장 장치를 확인해야 합니다.",
        "The disk does not answer. Staff need to check it.",
    ),
    Cause.CORRUPT: (
        "저장소가 손상되었습니다. 프로그램을 다시 시작하면 남은 기록을 되살립니다.",
        "The store is damaged. Restarting the program recovers what can be read.",
    ),
    Cause.NO_RIGHTS: (
        "이 사용자에게는 읽거나 쓸 권한이 없습니다. 파일과 폴더의 권한을 확인하세요.",
        "This user has no right to read or write there. Check the permissions.",
    ),
    Cause.NOT_A_DIRECTORY: (
        "폴더가 있어야 할 자리에 파일이 있습니다. 다른 경로를 고르세요.",
        "A file stands where a directory should be. Choose another path.",
    ),
    Cause.IS_A_DIRECTORY: (
        "파일이 있어야 할 자리에 폴더가 있습니다. 파일 이름까지 적으세요.",
        "A directory stands where a file should be. Give the file's name as well.",
    ),
    Cause.MISSING: (
        "그런 폴더나 파일이 없습니다. 경로와 꽂은 저장 장치를 확인하세요.",
        "There is no such directory or file. Check the path and that the disk or stick is there.",
    ),
    Cause.BAD_PATH: (
        "경로로 쓸 수 없습니다. 너무 길거나 제자리로 돌아오는 링크입니다. 다른 경로를 고르세요.",
        "This cannot be a path: too long, or a link that leads back to itself. Choose another.",
    ),
    Cause.NO_LOCKS: (
        "이 폴더가 있는 저장 장치는 잠금을 모릅니다. 이 기기의 디스크에 있는 폴더를 고르세요.",
        "The disk of this directory knows no locks. Choose a directory on this machine's own disk.",
    ),
    Cause.TOO_BIG: (
        "이 저장 장치에는 이렇게 큰 파일을 둘 수 없습니다. 다른 저장 장치를 고르세요.",
        "This disk takes no file as large as this one. Choose another disk.",
    ),
    Cause.SHORT: (
        "이 기기의 메모리나 열 수 있는 파일 수가 모자랍니다. 다른 프로그램을 닫으세요.",
        "This machine is short of memory or of open files. Close other programs.",
    ),
    Cause.UNREACHABLE: (
        "데이터베이스가 응답하지 않습니다. 서버와 연결을 확인하세요. 돌아오면 저절로 이어집니다.",
        "The database does not answer. Check the server and the connection; work goes on by "
        "itself once it is back.",
    ),
}

# Primary result codes of SQLite; extended codes carry them in their low byte.
_CAUSES = {
    13: Cause.FULL,
    8: Cause.READ_ONLY,
    5: Cause.LOCKED,
    6: Cause.LOCKED,
    10: Cause.INPUT_OUTPUT,
    7: Cause.SHORT,
    22: Cause.TOO_BIG,
    11: Cause.CORRUPT,
    26: Cause.CORRUPT,
    14: Cause.NO_RIGHTS,
    3: Cause.NO_RIGHTS,
    23: Cause.NO_RIGHTS,
}


# Room for the index of the write-ahead log: SQLite calls it an I/O error, staff can mend it.
_CAUSES_EXTENDED = {10 | 19 << 8: Cause.FULL}
_LEAST_ROOM = 256 * 1024
_CAUSES_BY_WORDS = {
    "database or disk is full": Cause.FULL,
    "attempt to write a readonly database": Cause.READ_ONLY,
    "database is locked": Cause.LOCKED,
    "disk I/O error": Cause.INPUT_OUTPUT,
    "database disk image is malformed": Cause.CORRUPT,
    "unable to open database file": Cause.NO_RIGHTS,
}


class StorageUnavailable(Problem):
    """The environment refused to store. Nothing was written; the caller keeps what was typed."""

    def __init__(self, cause: Cause, place: str = "") -> None:
        ko, en = _SAID[cause]
        super().__init__(f"{ko} ({place})" if place else ko, f"{en} ({place})" if place else en)
        self.cause = cause
        self.place = place

    @classmethod
    def from_sqlite(cls, error: Exception, place: str = "") -> StorageUnavailable | None:
        """The calm form of an SQLite error, or None when the error is a bug of ours."""
        code = getattr(error, "sqlite_errorcode", None)
        if isinstance(code, int):
            cause = _CAUSES_EXTENDED.get(code) or _CAUSES.get(code & 0xFF)
        else:
            # What copying a whole database raises carries its words alone.
            cause = _CAUSES_BY_WORDS.get(str(error))
        if cause is Cause.INPUT_OUTPUT and _has_no_room(place):
            # What SQLite could not make beside a database it calls an error of the disk.
            cause = Cause.FULL
        return cls(cause, place) if cause else None

    @classmethod
    def from_os(cls, error: OSError, place: str = "") -> StorageUnavailable:
        """The calm form of a file system error."""
        causes = {
            errno.ENOSPC: Cause.FULL,
            errno.EDQUOT: Cause.FULL,
            errno.EROFS: Cause.READ_ONLY,
            errno.EACCES: Cause.NO_RIGHTS,
            errno.EPERM: Cause.NO_RIGHTS,
            errno.ENOTDIR: Cause.NOT_A_DIRECTORY,
            # Making a directory where a file has the name.
            errno.EEXIST: Cause.NOT_A_DIRECTORY,
            errno.EISDIR: Cause.IS_A_DIRECTORY,
            errno.ENOENT: Cause.MISSING,
            errno.ENAMETOOLONG: Cause.BAD_PATH,
            errno.ELOOP: Cause.BAD_PATH,
            errno.EILSEQ: Cause.BAD_PATH,
            errno.EBUSY: Cause.LOCKED,
            errno.ETXTBSY: Cause.LOCKED,
            errno.EFBIG: Cause.TOO_BIG,
            errno.EMFILE: Cause.SHORT,
            errno.ENFILE: Cause.SHORT,
            errno.ENOMEM: Cause.SHORT,
        }
        return cls(causes.get(error.errno or 0, Cause.INPUT_OUTPUT), place)


class DamagedHub(StorageUnavailable):
    """The file of a hub is damaged beyond what can be put right in it."""

    def __init__(self, place: str) -> None:
        super().__init__(Cause.CORRUPT, place)
        Problem.__init__(
            self,
            f"허브의 데이터베이스 파일이 손상되었습니다: {place}. 허브를 끄고 이 파일과 이름 뒤에 "
            "-wal, -shm이 붙은 파일을 다른 폴더로 옮긴 뒤 다시 켜세요. 기기들이 가진 것을 모두 "
            "다시 보냅니다.",
            f"The hub's database is damaged: {place}. Stop the hub, move this file and those with "
            "-wal and -shm behind its name to another directory, and start the hub again; the "
            "devices send all they hold once more.",
        )


def _has_no_room(place: str) -> bool:
    """True where the disk below a file has too little left for the smallest transaction."""
    try:
        return shutil.disk_usage(os.path.dirname(place) or ".").free < _LEAST_ROOM
    except OSError:
        return False


class DirectoryInUse(Problem):
    """Another process already works on this data directory."""

    def __init__(self, directory: str) -> None:
        super().__init__(
            f"다른 천만정원이 이미 이 폴더를 쓰고 있습니다: {directory}. 먼저 그것을 닫으세요.",
            f"Another Cheonman Garden already uses this data directory: {directory}. "
            "Close that one first.",
        )
        self.directory = directory


class NoStore(Problem):
    """There is nothing to read yet."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"저장소가 아직 없습니다: {file}. 'cheonman init'을 먼저 하세요.",
            f"There is no store yet at {file}. Run 'cheonman init' first.",
        )


class MissingFile(Problem):
    """A file that was asked for is not there."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"파일이 없습니다: {file}. 경로를 확인하세요.",
            f"There is no file {file}. Check the path.",
        )


class NewerStore(Problem):
    """The file was written by a newer program than this one."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"더 새로운 천만정원이 쓴 저장소입니다: {file}. 프로그램을 새 판으로 바꾸세요.",
            f"A newer Cheonman Garden wrote this store: {file}. Update the program.",
        )


class ForeignFile(Problem):
    """The file is not a store of this program."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"천만정원의 저장소가 아닙니다: {file}. 다른 파일을 고르세요.",
            f"This is not a Cheonman Garden store: {file}. Choose another file.",
        )


class ForeignDatabase(Problem):
    """A database on a server that holds something else than a hub's."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"천만정원 허브의 데이터베이스가 아닙니다: {place}. 다른 데이터베이스를 고르세요.",
            f"This is not the database of a Cheonman Garden hub: {place}. Choose another database.",
        )


class KioskStore(Problem):
    """The store of a kiosk or a desk was given where a hub's database belongs."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"키오스크나 검토대의 저장소입니다: {file}. 허브에는 다른 파일을 정하세요.",
            f"This is the store of a kiosk or a desk: {file}. Give the hub a file of its own.",
        )


class HubDatabase(Problem):
    """A hub's database was given where the store of a kiosk or a desk belongs."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"허브의 데이터베이스입니다: {file}. 키오스크나 검토대에는 다른 폴더를 정하세요.",
            f"This is a hub's database: {file}. Give the kiosk or desk another data directory.",
        )


class DamagedFile(Problem):
    """The file is ours but cannot be trusted."""

    def __init__(self, file: str, what: str) -> None:
        super().__init__(
            f"손상된 저장소입니다: {file} ({what}). 다른 백업을 고르세요.",
            f"This store is damaged: {file} ({what}). Choose another backup.",
        )


class OldSqlite(Problem):
    """The SQLite library in use can corrupt a database."""

    def __init__(self, version: str, needed: str) -> None:
        super().__init__(
            f"SQLite {version}은(는) 기록을 망가뜨릴 수 있습니다. {needed} 이상을 담은 pysqlite3를 "
            "설치하세요.",
            f"SQLite {version} can damage the store; install a pysqlite3 that brings {needed} "
            "or later.",
        )


class BrokenKey(Problem):
    """A key file is unreadable or malformed."""

    def __init__(self, file: str, cure_ko: str, cure_en: str) -> None:
        super().__init__(f"키 파일 {file}: {cure_ko}", f"Key file {file}: {cure_en}")
        self.file = file
