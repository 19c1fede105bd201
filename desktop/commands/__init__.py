"""The sub-commands of `cheonman`, one module each with `add_arguments(parser)` and `run(args)`."""

SUMMARIES = {
    "kiosk": "open the kiosk",
    "init": "prepare a data directory for a device",
    "feedback": "add or list feedback (paper forms use the same code as the screen)",
    "tour": "drive the real program off screen and save a picture of every screen",
    "doctor": "check versions, store, journal, disk, fonts, keys and catalogue",
    "backup": "copy the store to a file",
    "restore": "bring a store back from a file",
}
