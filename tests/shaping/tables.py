"""The table in a text, as markdown-it reads it."""

from markdown_it import MarkdownIt


def table_of(text):
    rows, row = [], []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "tr_open":
            row = []
            rows.append(row)
        elif token.type == "inline" and token.level > 3:
            row.append("".join(child.content for child in token.children))
    return rows[0], rows[1:]
