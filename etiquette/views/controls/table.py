"""Tables, and the bars in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Markup:
    """A table with these column headings; the first cell of each row is its heading."""
    heads = Markup("").join(Markup('<th scope="col">{}</th>').format(column) for column in columns)
    row = Markup('<tr><th scope="row">{}</th>' + "<td>{}</td>" * (len(columns) - 1) + "</tr>")
    return Markup('<table class="pp-table"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(
        heads, Markup("").join(row.format(*cells) for cells in rows)
    )


def bar(percent: int, label: object) -> Markup:
    """A horizontal bar with a label beside it; screen readers read the label alone."""
    return Markup('<span class="pp-bar" aria-hidden="true"><span style="width: {}%"></span></span> {}').format(
        percent, label
    )
