# make app: serve the page.  make workshop: run a workshop.  make lab: the notebooks.  make test: run everything.
# Without a server: make site ARGS=FOLDER writes the page, and make lite the notebooks.
# The rest is for those who work on it.
# ARGS are arguments of the command: make app ARGS="--port 9000", make lab ARGS="--no-browser".
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check
SOURCES := etiquette/sessions/page
PAGE   := etiquette/sessions/static/assets.json
PYTHON_IN_BROWSER := etiquette/site/runtime/made_of.json
# The slow tests that take longest: they begin first, so that no worker is left with one.
LONGEST := $(addprefix tests/,views/test_progress_page.py views/test_course_page.py views/test_workshop_page.py \
  test_install.py views/test_workshop_faults.py views/test_jupyterlab_page.py site/test_learning_platform_page.py \
  host/test_lean_page.py views/test_control_page.py views/test_themes_page.py)
OURS   := $(shell find etiquette notebooks -type d \( -name node_modules -o -name static -o -name runtime -o -name __pycache__ \) -prune -o -type f -print)

.PHONY: app workshop site lab lite test test-bounds lint bench bench-host bench-room bench-site bench-soak lock weigh format clean

app: $(VENV)/.app $(PAGE)
	$(BIN)/etiquette serve $(ARGS)

workshop: $(VENV)/.app $(PAGE)
	$(BIN)/etiquette serve --workshop $(ARGS)

site: $(VENV)/.app $(PAGE)
	$(BIN)/python $(SOURCES)/build.py --site 11
	$(BIN)/etiquette site $(ARGS)

lab: $(VENV)/.lab
	$(BIN)/etiquette lab $(ARGS)

lite: $(VENV)/.lite
	$(BIN)/python deploy/lite/build.py build/lite

test: $(VENV)/.test
	$(MAKE) --jobs=2 lint $(PYTHON_IN_BROWSER)
	$(BIN)/python -m tests.browser
	$(BIN)/python -m pytest -n 2 -m "not slow"
	$(BIN)/python -m pytest -n 3 -m slow --dist loadfile --no-loadscope-reorder $(LONGEST) tests
	$(BIN)/python -m pytest --nbval-lax --nbval-current-env notebooks

lint: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/.test
	$(BIN)/python -m tests.bench.core

bench-host: $(VENV)/.test $(PAGE)
	$(BIN)/python -m tests.bench.host

bench-room: $(VENV)/.test $(PAGE)
	$(BIN)/python -m tests.bench.room $(LEARNERS)

bench-site: $(VENV)/.test $(PAGE)
	$(BIN)/python $(SOURCES)/build.py --site 11
	$(BIN)/python -m tests.bench.site $(ARGS)

bench-soak: $(VENV)/.test $(PAGE)
	$(BIN)/python -m tests.bench.soak $(VISITORS)

format: $(VENV)/.test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The private environment. Debian's python3 comes without venv's pip: fetch it as root, else say how.
$(BIN)/python:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" \
	  || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c "import ensurepip" 2>/dev/null \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update && apt-get install -y python3-venv; } \
	  || { echo "Python's venv is missing. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.app: locks/app.txt pyproject.toml | $(BIN)/python
	$(PIP) install --quiet --require-hashes -r locks/app.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# What the page loads, built from npm packages: by the system's Node.js, else by one that PyPI has.
$(PAGE): $(wildcard $(SOURCES)/*.* $(SOURCES)/src/* $(SOURCES)/src/*/*) | $(VENV)/.app
	$(BIN)/python $(SOURCES)/build.py

# Python for pages without a server, with all that is ours, packed a little less well than `make site` does.
$(PYTHON_IN_BROWSER): $(PAGE) $(OURS)
	$(BIN)/python $(SOURCES)/build.py --site 5
	@touch $@

$(VENV)/.lab: locks/lab.txt $(VENV)/.app
	$(PIP) install --quiet --require-hashes -r locks/lab.txt
	@touch $@

$(VENV)/.lite: locks/lite.txt $(VENV)/.app
	$(PIP) install --quiet --require-hashes -r locks/lite.txt
	@touch $@

$(VENV)/.test: locks/test.txt $(VENV)/.app
	$(PIP) install --quiet --require-hashes -r locks/test.txt
	@touch $@

# Needs uv (https://docs.astral.sh/uv); the files name no registry.
LOCK := uv pip compile --universal --no-header --generate-hashes pyproject.toml
lock:
	$(LOCK) --extra build -o locks/app.txt
	$(LOCK) --extra build --extra lab -c locks/app.txt -o locks/lab.txt
	$(LOCK) --extra build --extra lite -c locks/lab.txt -o locks/lite.txt
	$(LOCK) --all-extras -c locks/lab.txt -c locks/lite.txt -o locks/test.txt

# Needs uv too: the quick tests with the lowest versions that pyproject.toml allows, in an environment of their own.
test-bounds: $(PAGE)
	uv venv --quiet --clear --python $(PYTHON) build/bounds
	uv pip install --quiet --python build/bounds --resolution lowest-direct -r pyproject.toml --all-extras --editable .
	build/bounds/bin/python -m pytest -n 2 -m "not slow"

# Needs uv too: scikit-learn learns the weights of words, and nothing else here needs it.
weigh: $(VENV)/.app
	uv run --no-project --with scikit-learn python -m tests.drafts.weigh

clean:
	rm -rf $(VENV) $(SOURCES)/node_modules $(dir $(PAGE)) $(dir $(PYTHON_IN_BROWSER)) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
