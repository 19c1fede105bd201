"""The sub-commands of `cheonman`, one module each with `add_arguments(parser)` and `run(args)`."""

SUMMARIES = {
    "kiosk": "open the kiosk",
    "init": "prepare a data directory for a device",
    "feedback": "add or list feedback (paper forms use the same code as the screen)",
    "tour": "drive the real program off screen and save a picture of every screen",
    "doctor": "check versions, store, journal, disk, fonts, keys, papers and catalogue",
    "backup": "copy the store to a file",
    "restore": "bring a store back from a file",
    "authority": "keep the city's own keys: certify and revoke devices",
    "enroll": "ask the city for this device's certificate, and take it",
    "bundle": "write or read a sealed bundle on a stick",
    "sync": "give and take over a shared folder or a hub, or say how exchange stands",
    "hub": "run the address where kiosks and desks meet over HTTP",
    "hub-check": "read all a hub's database holds, and mend or mark what rotted in it",
    "review": "set the state of a feedback (on a desk)",
    "reply": "answer a feedback (on a desk)",
    "publish": "tell every kiosk: a catalogue, an announcement (on a desk)",
    "erase": "erase something before its time, everywhere",
    "purge": "destroy what is past its retention period",
    "store-hash": "print the hash that equal stores share",
    "rebuild": "write what screens read anew from the journal",
}
