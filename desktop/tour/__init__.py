"""Drives the real program off screen and keeps a picture and an inventory of every screen."""
