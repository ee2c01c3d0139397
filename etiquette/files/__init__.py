"""Files that a person wrote, read so that every mistake can be shown to them.

A YAML or JSON file becomes a tree of text that knows its lines; typed fields are read out of it; whatever is wrong is
collected, and raised as one `PackError` that names file, line, path, value and remedy.
"""

from etiquette.files.errors import PackError, Problem, Problems, shorten
from etiquette.files.fields import Fields, mapping_of, suggest
from etiquette.files.shipped import LIBRARY, library_files, notebooks
from etiquette.files.tree import Node, read_text

__all__ = [
    "LIBRARY",
    "Fields",
    "Node",
    "PackError",
    "Problem",
    "Problems",
    "library_files",
    "mapping_of",
    "notebooks",
    "read_text",
    "shorten",
    "suggest",
]
