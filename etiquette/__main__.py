"""`python -m etiquette` is the `etiquette` command."""

import sys

from etiquette.cli import main

sys.exit(main())
