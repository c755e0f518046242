"""The page of a gallery as html5lib reads it."""

import html5lib

from richresp.gallery import gallery

SVG = "{http://www.w3.org/2000/svg}"


def tree_of(*entries):
    return html5lib.parse(gallery(entries), namespaceHTMLElements=False)


def texts(tree, where):
    return ["".join(found.itertext()) for found in tree.findall(where)]
