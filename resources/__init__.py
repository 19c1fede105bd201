"""What the program shows and reads but does not compute: facts, map, fonts, icons, words."""

#: The program's version; packaging and `cheonman --version` both read it here.
VERSION = "0.1.0"
