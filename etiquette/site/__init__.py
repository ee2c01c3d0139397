"""Writes the page as a folder of static files. Its sessions run in the browser, under Pyodide: there is no server."""

from etiquette.site.folder import write_site
from etiquette.site.package import Standard, write_package
from etiquette.site.trainers import write_trainers_page

__all__ = ["Standard", "write_package", "write_site", "write_trainers_page"]
