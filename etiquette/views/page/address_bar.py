"""The part of the browser's address that says which part of the page is open."""

from __future__ import annotations

import traitlets

from etiquette.views.controls import InBrowser


class AddressBar(InBrowser):
    """`address` is what follows "#", such as `practise/quiz`; empty at the beginning of the page.

    It is changed by links, by the browser's back and forward buttons, and by Python, which adds to the history.
    `known` is true once the browser has said where it is; `page` is then the page's address without that, empty where
    it is not ours, as in JupyterLab. `title` is the name of what is shown, for the title of the page; empty at its
    beginning.
    """

    address = traitlets.Unicode().tag(sync=True)
    known = traitlets.Bool().tag(sync=True)
    page = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
