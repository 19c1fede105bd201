# Two commands matter: `make run` opens the kiosk, `make test` proves it. Both install what is missing.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run test coverage lint bench tour soak rehearse pictures

PY := .venv/bin/python
# The same pixels on every machine: off screen, and with the fonts beside the program only.
OFFSCREEN := QT_QPA_PLATFORM=offscreen FONTCONFIG_FILE=$(CURDIR)/resources/fonts/fonts.conf
ARGS ?=
# What is compiled is kept, whatever the shell says: the tests start the program some hundred times.
unexport PYTHONDONTWRITEBYTECODE

help:
	@echo 'make run     install what is missing and open the kiosk (ARGS="--windowed" and so on)'
	@echo 'make test    install what is missing and run all tests'
	@echo 'make setup   install only          make lint    style, types, import contracts'
	@echo 'make bench   measure               make tour    pictures of every screen in build/tour'
	@echo 'make coverage  what tests reach, by folder'
	@echo 'make soak    the long tests           make rehearse  kill the leader of a hub cluster on loopback'

setup:
	@.ci/setup dev

run:
	@.ci/setup run
	@.venv/bin/cheonman kiosk $(ARGS)

test: setup
	@$(OFFSCREEN) $(PY) -m pytest -q -rs -n 2 --dist worksteal $(ARGS)

# What tests reach, by folder; files that were reached whole may not fall back.
coverage: setup
	@rm -rf build/coverage && mkdir -p build/coverage
	@$(OFFSCREEN) $(PY) -m coverage run -m pytest -q -n 2 --dist worksteal $(ARGS)
	@$(PY) -m coverage combine -q && $(PY) -m coverage json -q -o build/coverage/report.json
	@$(PY) .ci/coverage.py build/coverage/report.json

soak: setup
	@$(OFFSCREEN) CHEONMAN_HYPOTHESIS=soak $(PY) -m pytest -q -m soak --timeout 3600 $(ARGS)

lint: setup
	@.ci/lint

bench: setup
	@$(OFFSCREEN) $(PY) -m tests.bench.run $(ARGS)

tour: setup
	@$(OFFSCREEN) .venv/bin/cheonman tour build/tour $(ARGS)

# Needs patroni, etcd-server and haproxy besides; says so where they are missing.
rehearse: setup
	@$(PY) -m tests.rehearsal $(ARGS)

# README's pictures, made anew after a screen has changed.
pictures: tour
	@$(OFFSCREEN) $(PY) -m desktop.tour.readme_pictures build/tour resources/pictures
