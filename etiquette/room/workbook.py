"""The tables of a session as a workbook that Excel, LibreOffice and Numbers open wherever they run."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from etiquette.room.tables import Cell, Table

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

WRAPPED_FROM = 18  # characters: the width from which a column holds sentences


def as_workbook(tables: Iterable[Table], day: date) -> bytes:
    """An .xlsx file with a sheet for each table. `day` is when it was made.

    Texts are written as texts, never as formulas or links, whatever people have typed.
    """
    import xlsxwriter  # imported here because it is large and nothing else needs it

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": "Persistent or Pesky?", "created": datetime(day.year, day.month, day.day)})
        plain, top = {"valign": "top"}, {"valign": "top", "text_wrap": True}
        head = workbook.add_format(top | {"bold": True, "bottom": 1, "bg_color": "#e7efee"})
        moment = workbook.add_format(plain | {"num_format": "yyyy-mm-dd hh:mm:ss"})
        usual, wrapped = workbook.add_format(plain), workbook.add_format(top)
        for table in tables:
            sheet = workbook.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            sheet.repeat_rows(0)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
            for column, (heading, width) in enumerate(table.columns):
                sheet.set_column(column, column, width)
                sheet.write_string(0, column, heading, head)
                style = wrapped if width >= WRAPPED_FROM else usual
                for number, row in enumerate(table.rows, start=1):
                    _write(sheet, number, column, row[column], style, moment)
            if table.note:
                sheet.write_string(len(table.rows) + 2, 0, table.note, usual)
    return out.getvalue()


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, style: Any, moment: Any) -> None:
    match cell:
        case str():
            sheet.write_string(row, column, cell, style)
        case int():
            sheet.write_number(row, column, cell, style)
        case datetime():
            sheet.write_datetime(row, column, cell.astimezone(UTC).replace(tzinfo=None), moment)
