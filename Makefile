# Everything is done by dev/: see dev/README.md.
.PHONY: help run stop reset clean test test-apps test-debian test-upgrade lint bench fuzz translations
.DEFAULT_GOAL := help

GROUND = PORT="$(PORT)" HOST="$(HOST)" SUITE="$(SUITE)" dev/make

help: ## show this list
	@sed -n 's/^\([a-z-]*\): ## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 22

run: ## serve a demo database on http://localhost:8069 (PORT=…, HOST=…)
	@$(GROUND) run

stop: ## stop the server and PostgreSQL
	@$(GROUND) stop

reset: ## make the demo database afresh
	@$(GROUND) reset

clean: ## remove everything that was installed into this folder
	@$(GROUND) clean

test: ## run all tests (ARGS="-k name …" for pytest, or the folder of a glue addon)
	@$(GROUND) test $(ARGS)

test-apps: ## beside each app of Odoo's, for hours (ARGS="hr_holidays website", ARGS=all: all at once)
	@$(GROUND) test-apps $(ARGS)

test-debian: ## run and test in a fresh Debian 13, as root (SUITE=bookworm: 12; ARGS as for test)
	@$(GROUND) test-debian $(ARGS)

test-upgrade: ## update a database of an earlier commit, and count what is there (ARGS=commit)
	@$(GROUND) test-upgrade $(ARGS)

lint: ## check the code
	@$(GROUND) lint

bench: ## measure what has to be fast
	@$(GROUND) bench $(ARGS)

fuzz: ## people in random orders, for as long as one likes (ARGS="minutes=60 seed=1")
	@$(GROUND) fuzz $(ARGS)

translations: ## write the messages of the code into each addon's i18n/
	@$(GROUND) translations
