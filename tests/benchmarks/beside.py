"""What the project is for, in one table: cells of the tables that the sections print, richresp's own beside those of its peers."""

from dataclasses import dataclass

from tests.benchmarks.tables import Table


@dataclass(frozen=True, slots=True)
class Beside:
    """One thing that people choose by.

    Attributes:
        what: it is, and which end of it is good.
        ours: what richresp has of it.
        others: what its peers have, by name.
    """

    what: str
    ours: str
    others: dict

    def row(self):
        """The cells of the table."""
        return [self.what, self.ours, "; ".join(f"{name} {value}" for name, value in self.others.items())]


def beside(what, table, column, *, ours, without=()):
    """A column of a table.

    Args:
        what: it tells.
        table: which has it.
        column: by its name.
        ours: the name of our row.
        without: names of rows that are no peers.
    """
    at = table.head.index(column)
    cells = {row[0]: row[at] for row in table.rows}
    others = {name: cell for name, cell in cells.items() if cell and name not in (ours, *without)}
    return Beside(what, cells[ours], others)


def summary(found):
    """The table of all of them."""
    return Table("Beside others", ["", "richresp", "others"], [one.row() for one in found], words=("others",))
