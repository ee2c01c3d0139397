"""Reads YAML and JSON files that people write, and reports every mistake in them.

A file is parsed into a tree of text with line numbers, and typed fields are read from the tree. All problems of a file
are raised together as one `PackError`, each with its file, line, path, value and remedy. The room also knows where the
package's own files are, and whether they are all there.
"""

from etiquette.files.errors import PackError, Problem, Problems, shorten
from etiquette.files.fields import Fields, did_you_mean, parse_fields
from etiquette.files.installed import DISTRIBUTION, check_installation, installed_version
from etiquette.files.shipped import LIBRARY, library_files, notebooks
from etiquette.files.tree import Node, read_text

__all__ = [
    "DISTRIBUTION",
    "LIBRARY",
    "Fields",
    "Node",
    "PackError",
    "Problem",
    "Problems",
    "check_installation",
    "did_you_mean",
    "installed_version",
    "library_files",
    "notebooks",
    "parse_fields",
    "read_text",
    "shorten",
]
