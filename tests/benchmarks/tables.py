"""Tables of benchmarks as values: computed in one place, printed in another, in columns for a terminal or as markdown.

A cell is text or a number; a number is shown with four digits that count.
"""

from dataclasses import dataclass

from richresp import markdown as md


@dataclass(frozen=True, slots=True)
class Table:
    """What was measured.

    Attributes:
        title: what is measured beside what.
        head: the names of the columns.
        rows: cells by column; the first tells what the row is about.
        notes: lines that stand below.
        words: columns that hold words, and stand to the left as the first does.
    """

    title: str
    head: list
    rows: list
    notes: tuple = ()
    words: tuple = ()

    def in_columns(self):
        """For a terminal: the first column to the left, the others to the right."""
        cells = [self.head, *([_shown(cell) for cell in row] for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        lines = [
            "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))])
            for row in cells
        ]
        return "\n".join(
            ["", self.title, lines[0], "  ".join("-" * width for width in widths), *lines[1:], *self.notes]
        )

    def in_markdown(self):
        """For a document: a bold title, the table, its notes."""
        rows = [[_shown(cell) for cell in row] for row in self.rows]
        align = {name: "right" for name in self.head[1:] if name not in self.words}
        table = md.table(rows, columns=self.head, align=align)
        notes = ["", *(f"{md.escape(note)}  " for note in self.notes)] if self.notes else []
        return "\n".join([f"**{md.escape(self.title)}**", "", str(table), *notes])


def _shown(cell):
    return cell if isinstance(cell, str) else f"{cell:.4g}"
