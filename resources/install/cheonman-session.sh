#!/bin/sh
# Runs the kiosk alone on the screen, under cage (Wayland) or a bare X server, and ends with the
# kiosk's own exit status: neither cage nor xinit hands it on in every version.
# Usage: cheonman-session.sh cage|x11
set -u
command=${CHEONMAN_COMMAND:-/opt/cheonman/.venv/bin/cheonman}
data=${CHEONMAN_DATA:-/var/lib/cheonman}
run=${RUNTIME_DIRECTORY:?set by systemd (RuntimeDirectory=) or by hand}
status=$run/status

case ${1:-} in
inside)
    # systemd names the process it started as the one to watch; the kiosk is its grandchild and
    # gives the signs of life itself.
    unset WATCHDOG_PID
    "$command" kiosk --data-dir "$data"
    echo $? >"$status"
    exit 0
    ;;
cage)
    rm -f "$status"
    export QT_QPA_PLATFORM=wayland
    cage -d -- "$0" inside
    ;;
x11)
    rm -f "$status"
    export QT_QPA_PLATFORM=xcb
    xinit "$0" inside-x11 -- :0 vt7 -nocursor -nolisten tcp
    ;;
inside-x11)
    # The screen never blanks and no key switches it off.
    xset s off -dpms
    exec "$0" inside
    ;;
*)
    echo "usage: $0 cage|x11" >&2
    exit 2
    ;;
esac
if [ -r "$status" ]; then
    exit "$(cat "$status")"
fi
exit 1
