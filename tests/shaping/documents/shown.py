"""What markdown shows, word by word: what a reader of pages must find in them, in this order, as in the whole.

The oracle of division: markdown-it's parse of all of it, inline too. Every word, line of code and cell is told with the
quotes, lists and emphasis it stands in; how many blocks they are is not, for a page may begin in the middle of one.
"""

from markdown_it import MarkdownIt

from richresp.limits.markdown import MAX_BLOCK_NESTING

_PARSER = MarkdownIt("commonmark", {"maxNesting": MAX_BLOCK_NESTING}).enable(["table", "strikethrough"])
_CONTAINERS = {"blockquote", "bullet_list", "ordered_list", "list_item"}


def shown(source):
    """The words, lines and cells that a document shows."""
    path, kind, found = [], "", []
    for token in _PARSER.parse(source):
        name = token.type.removesuffix("_open").removesuffix("_close")
        if name in _CONTAINERS:
            path = [*path, name] if token.nesting == 1 else path[:-1]
        elif token.type == "inline":
            found += [(*path, kind, *word) for word in _words(token.children)]
        elif token.nesting == 1:
            kind = name
        elif token.type in ("fence", "code_block", "html_block"):
            found += [(*path, name, token.info, line) for line in token.content.split("\n") if line.strip()]
        elif token.type == "hr":
            found.append((*path, name))
    return found


def shown_new(page, front):
    """What a page shows behind what it repeats: the header of a table."""
    found = shown(page)
    if "|" in front:
        head = next(at for at, word in enumerate(found) if "th" in word)
        while head < len(found) and "th" in found[head]:
            del found[head]
    return found


def _words(tokens):
    inside = []
    for token in tokens:
        if token.nesting == 1:
            inside.append((token.tag, token.attrs.get("href", "")))
        elif token.nesting == -1:
            inside.pop()
        elif token.type == "image":
            yield (*inside, "image", token.attrs["src"], token.content)
        else:
            for word in token.content.split():
                yield (*inside, token.type, word)
