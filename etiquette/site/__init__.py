"""Writes the page as a folder of static files. Its sessions run in the browser, under Pyodide: there is no server."""

from etiquette.site.folder import write_site

__all__ = ["write_site"]
