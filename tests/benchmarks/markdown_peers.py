"""Other ways to write records as a table, as their users would call them.

A writer maps records to text. Where its package is missing, there is none.
"""

import csv
import io
import json
import re
from importlib.util import find_spec

from richresp import markdown as md

BASELINE = "json.dumps records"
JOINED = "'|'.join, no escapes"


def _join(rows):
    lines = ["|".join(map(str, rows[0])), "|".join("-" for _ in rows[0])]
    return "\n".join([*lines, *("|".join(map(str, row.values())) for row in rows)])


def _table(rows):
    return md.table(rows)


def _iter_table(rows):
    return "\n".join(md.iter_table(rows))


def _compact(rows):
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _indented(rows):
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _columns_and_rows(rows):
    return _compact({"columns": list(rows[0]), "rows": [list(row.values()) for row in rows]})


def _csv(rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    return text.getvalue()


def _bullets(rows):
    return "\n\n".join(md.fields(row) for row in rows)


def _html(rows):
    from html import escape

    head = "".join(f"<th>{escape(str(name))}</th>" for name in rows[0])
    body = ("<tr>" + "".join(f"<td>{escape(str(value))}</td>" for value in row.values()) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{''.join(body)}</table>"


def _tabulate(rows):
    from tabulate import tabulate

    return tabulate(rows, headers="keys", tablefmt="github")


def _pandas(rows):
    import pandas as pd

    return pd.DataFrame(rows).to_markdown(index=False)


def _polars(rows):
    import polars as pl

    with pl.Config(
        tbl_formatting="MARKDOWN", tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True, tbl_rows=-1,
        tbl_cols=-1, fmt_str_lengths=10_000, tbl_width_chars=-1,
    ):  # fmt: skip
        return str(pl.DataFrame(rows))


def _py_markdown_table(rows):
    from py_markdown_table.markdown_table import markdown_table

    # it refuses line ends, and looks at every value for them
    flat = [{name: re.sub(r"[\r\n]", " ", str(value)) for name, value in row.items()} for row in rows]
    return markdown_table(flat).set_params(row_sep="markdown", quote=False).get_markdown()


def _prettytable(rows):
    from prettytable import PrettyTable, TableStyle

    table = PrettyTable(list(rows[0]))
    table.set_style(TableStyle.MARKDOWN)
    table.add_rows([list(row.values()) for row in rows])
    return table.get_string()


def _pytablewriter(rows):
    from pytablewriter import MarkdownTableWriter

    return MarkdownTableWriter(headers=list(rows[0]), value_matrix=[list(row.values()) for row in rows]).dumps()


OURS = {"md.table": _table, "md.iter_table": _iter_table}
PLAIN = {BASELINE: json.dumps, JOINED: _join}
FORMATS = {
    "CSV": _csv,
    "JSON columns + rows": _columns_and_rows,
    "JSON records, compact": _compact,
    "JSON records": json.dumps,
    "JSON records, indent=2": _indented,
    "md.fields": _bullets,
    "HTML table": _html,
}
_PEERS = {
    "tabulate": ("tabulate", _tabulate),
    "pandas.to_markdown": ("pandas", _pandas),
    "polars": ("polars", _polars),
    "py-markdown-table": ("py_markdown_table", _py_markdown_table),
    "prettytable": ("prettytable", _prettytable),
    "pytablewriter": ("pytablewriter", _pytablewriter),
}


def installed():
    """The peers that can be imported here, by name, and the names of the others."""
    found = {name: writer for name, (package, writer) in _PEERS.items() if find_spec(package)}
    return found, [name for name in _PEERS if name not in found]
