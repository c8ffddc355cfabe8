# Every command of the repository; `make` or `make help` prints them.
.DEFAULT_GOAL := help
.PHONY: help generate check explain check-output test test-fast test-long test-stack test-preview lint format bench bench-defects servers demo preview build-preview pictures bot up down apply test-alert quiet logs build clean
SHELL := /bin/sh
BOT ?= mcbot
PROMETHEUS ?= http://127.0.0.1:9090
PORT ?= 0
OUT ?= out
node := node --import tsx
# What was fetched for the tests, or else what is on PATH.
fetched = $(firstword $(wildcard .tools/*/usr/bin/$(1) .tools/*/$(1)) $(1))
tools = PROMTOOL="$${PROMTOOL:-$(call fetched,promtool)}" AMTOOL="$${AMTOOL:-$(call fetched,amtool)}" VMALERT="$${VMALERT:-$(call fetched,vmalert)}"
within := $(if $(WITHIN),--within $(WITHIN))
# BOT chooses one bot where it is given; generate, check and check-output take all without it.
only := $(if $(filter command,$(firstword $(origin BOT))),--bot $(BOT))

## -- everyday ---------------------------------------------------------------

generate: node_modules ## write out/ from the definitions
	@$(node) generators/main.ts generate --out $(OUT) $(only)

check: node_modules ## report problems in the definitions and their PromQL (STRICT=1, FORMAT=json|sarif|github)
	@$(tools) $(node) generators/main.ts check $(only) $(if $(STRICT),--strict) $(if $(FORMAT),--format $(FORMAT))

explain: node_modules ## show what is known about a PromQL expression (EXPR='…', BOT)
	@$(node) generators/main.ts explain --bot $(BOT) '$(EXPR)'

check-output: node_modules ## check that out/ is up to date
	@$(node) generators/main.ts generate --check --out $(OUT) $(only)

test: node_modules ## all tests except the long ones; downloads missing servers into .tools/
	@node test/run.mjs

test-fast: node_modules ## the tests that need no server
	@node test/run.mjs --fast

## -- see it work ------------------------------------------------------------

demo: node_modules ## run the paper bot with real Prometheus and Alertmanager, without Docker
	@$(node) demo/main.ts --bot $(BOT)

preview: node_modules build-preview ## view the dashboards in a browser, without Grafana (PROMETHEUS, STORE, PORT)
	@$(node) generators/main.ts preview --out $(OUT) --prometheus $(PROMETHEUS) $(if $(STORE),--logs $(STORE)) --port $(PORT)

bot: node_modules ## run the paper bot alone (PORT, BOT)
	@PORT=$(PORT) $(node) demo/$(BOT)/main.ts

up: generate ## start the whole stack with Docker Compose (WITHIN=5m for a slow starter)
	@$(node) generators/main.ts up --bot $(BOT) --out $(OUT) $(within)

down: node_modules ## stop the stack; its data stays
	@$(node) generators/main.ts down --bot $(BOT) --out $(OUT)

apply: generate ## load changed definitions into the running stack (WITHIN)
	@$(node) generators/main.ts apply --bot $(BOT) --out $(OUT) $(within)

test-alert: node_modules ## send a real message of each severity to the configured channels
	@$(node) generators/main.ts test-alert --bot $(BOT) --out $(OUT)

quiet: node_modules ## hold back alerts during a maintenance (FOR=15m WHY=deploy ENV; END=1 ends it; alone it lists)
	@$(node) generators/main.ts quiet $(FOR) --bot $(BOT) --out $(OUT) $(if $(WHY),--why '$(WHY)') $(if $(ENV),--env $(ENV)) $(if $(END),--end)

logs: node_modules ## print the log lines of a bot (EVENT LEVEL SINCE=1h; FOLLOW=1 goes on)
	@$(node) generators/main.ts logs --bot $(BOT) --out $(OUT) $(if $(EVENT),--event $(EVENT)) $(if $(LEVEL),--level $(LEVEL)) $(if $(SINCE),--since $(SINCE)) $(if $(FOLLOW),--follow)

## -- more -------------------------------------------------------------------

test-long: node_modules ## tests that take long (*.long.test.ts); up to 40 minutes
	@node test/run.mjs --long

test-stack: node_modules ## test the generated stack on a Docker-compatible engine
	@node test/run.mjs test/stack

bench: node_modules ## compare the runtime with other libraries and generation with promtool; 15 minutes (JSON=FILE)
	@$(node) test/bench/main.ts $(if $(JSON),--json $(JSON))

bench-defects: node_modules ## inject defects into the definitions and count what tsc, check and promtool find
	@$(node) test/bench/defects/main.ts --bot $(BOT) $(if $(JSON),--json $(JSON))

test-preview: node_modules build-preview ## test every dashboard in headless Chromium; pictures go to preview/pictures/
	@BOTWATCH_PREVIEW=required node test/run.mjs test/preview

pictures: build-preview ## retake the README's pictures from a running preview (PREVIEW)
	@$(node) test/preview/pictures.ts $(PREVIEW)

build-preview: preview/dist/index.html ## build the preview page (its tools take 480 MB)

servers: node_modules ## find or download the real servers and list them
	@$(node) demo/servers/main.ts

lint: node_modules ## check formatting, lint and types
	@npx biome check . && npx tsc --noEmit --singleThreaded

format: node_modules ## format everything
	@npx biome check --write .

build: node_modules ## compile the runtime and the command line to plain JavaScript
	@npm run --silent build

clean: ## remove what was built or fetched, never out/
	@rm -rf node_modules runtime/node_modules preview/node_modules dist runtime/dist preview/dist preview/pictures test/bench/peers/node_modules .tools

help: ## print this
	@node -e 'for (const line of require("node:fs").readFileSync("Makefile", "utf8").split("\n")) { const part = /^## -- (.*?) -+$$/.exec(line), target = /^([a-z-]+):.*## (.*)$$/.exec(line); if (part) console.log("\n" + part[1]); if (target) console.log("  " + target[1].padEnd(14) + target[2]) }'

node_modules: package.json package-lock.json runtime/package.json
	@npm ci --no-audit --no-fund --loglevel=error
	@touch node_modules

preview/dist/index.html: preview/node_modules $(wildcard preview/page/*.* preview/page/*/*.* preview/build/*.* preview/build/*/*.*)
	@npm run --silent --prefix preview build

preview/node_modules: preview/package.json preview/package-lock.json
	@echo 'installing what builds the preview: 480 MB, once'
	@npm ci --prefix preview --no-audit --no-fund --loglevel=error
	@touch preview/node_modules
