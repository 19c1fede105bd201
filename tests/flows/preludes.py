"""Programs that make the world worse first and then become the kiosk program."""

from __future__ import annotations

import sys

_BECOME = """
words = [sys.executable, "-P", "-m", "desktop", *sys.argv[1:]]
os.execv(sys.executable, words)
"""
_RUN = "import runpy; sys.argv[0] = 'cheonman'; runpy.run_module('desktop', run_name='__main__')"

#: Root may write everywhere; without these two capabilities it may not, like anybody else.
WITHOUT_RIGHTS = (
    sys.executable,
    "-P",
    "-c",
    f"""
import ctypes, os, sys
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2
if os.geteuid() == 0:
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        if libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "cannot give up the right")
{_BECOME}
""",
)

#: No file may grow beyond 200 kB: a full disk where nobody may mount a small one.
ON_A_FULL_DISK = (
    sys.executable,
    "-P",
    "-c",
    f"""
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
{_RUN}
""",
)
