"""Exchange: how stores of different devices come to hold the same journal.

One format, the page; several carriers: a bundle on a stick, a folder, a hub. Whatever arrives is
checked as if an enemy had written it, and taken whole or not at all.
"""
