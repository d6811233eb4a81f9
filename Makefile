# The ways into the project; each target does what it needs first, and nothing twice.
# `make` alone lists them. JOBS=1 uses one core.
# SPDX-License-Identifier: Apache-2.0
JOBS ?= $(shell nproc)
SOURCES = $(shell git ls-files -co --exclude-standard '*.cc' '*.h')
FUZZ_SECONDS ?= 60

.PHONY: help
help:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' Makefile

# --- set-up: quick, and without a network, where all is there ------------------------------------

.PHONY: setup packages check-packages models python
setup: check-packages models python ## install what is missing: Debian packages, models/, .venv

packages:
	@bash tools/install_packages.sh build
check-packages:
	@bash tools/install_packages.sh build checks
models: packages
	@python3 tools/install_models.py
	@python3 tools/make_gazetteer.py
python: packages
	@bash tools/install_python.sh

# --- the engine ----------------------------------------------------------------------------------

.PHONY: build engine package wheel deb demo clean
build: packages ## the release binary, build/dateline, and its models: these come while it compiles
	@$(MAKE) --no-print-directory --jobs=2 models engine
engine: packages
	@tools/build.sh release build $(JOBS) dateline

# What these need beside the engine is asked for with it, so that nothing is compiled twice.
WITH_PYTHON = -- -DDATELINE_PYTHON=ON -DPython_EXECUTABLE=$(CURDIR)/.venv/bin/python
package: setup ## the Python package, in build/python
	@tools/build.sh release build $(JOBS) dateline dateline_python $(WITH_PYTHON)

wheel: package ## one wheel with all it needs, in build/wheels: pip install build/wheels/*.whl
	@bash tools/make_wheel.sh

deb: build ## a Debian package with all it needs, in build/debs; its libraries are Debian's
	@bash tools/make_deb.sh

demo: build ## read demo/reports and print their chronology
	@rm -f build/demo.db build/demo.db-*
	build/dateline ingest demo/reports --store build/demo.db
	build/dateline timeline --store build/demo.db
	@echo "To look at it: build/dateline serve --store build/demo.db --open   (http://127.0.0.1:7380/)"

clean: ## remove what was built; models/ and .venv stay
	rm -rf build

# --- checks --------------------------------------------------------------------------------------

.PHONY: page test asan tsan fuzz dev format format-check bench
test: setup ## every test, of C++ (ctest) and Python (pytest)
	@tools/build.sh release build $(JOBS) dateline dateline_tests dateline_python $(WITH_PYTHON)
	ctest --test-dir build --parallel $(JOBS) --output-on-failure
	DATELINE_BINARY=$(CURDIR)/build/dateline PYTHONPATH=build/python .venv/bin/python -m pytest -q -n $(JOBS) --dist worksteal tests

page: ## web/dist anew from web/src, for whoever changes the page; needs Node
	cd web && npm ci && npm run --silent check && npx vite build

asan: ## the C++ tests under AddressSanitizer and UBSan
tsan: ## the C++ tests under ThreadSanitizer
asan tsan: check-packages models
	@tools/build.sh $@ build/$@ $(JOBS) dateline_tests
	ctest --test-dir build/$@ --parallel $(JOBS) --output-on-failure

fuzz: check-packages models ## each libFuzzer target for FUZZ_SECONDS (60)
	@tools/build.sh fuzz build/asan $(JOBS) fuzzers
	bash fuzz/run.sh build/asan $(FUZZ_SECONDS)

dev: check-packages models ## a debug build in build/dev, each file by itself, where warnings are errors
	@tools/build.sh dev build/dev $(JOBS) all

format: check-packages ## clang-format 19 over all C++
	clang-format-19 -i $(SOURCES)
format-check: check-packages
	clang-format-19 --dry-run --Werror $(SOURCES)

bench: setup build ## time reading against spaCy and trafilatura; writes docs/performance.md
	.venv/bin/python bench/bench.py
	.venv/bin/python bench/pages.py
