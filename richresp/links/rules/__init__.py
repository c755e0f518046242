"""The rules of the audit: each a small function from a page to what is wrong with it, each with the documentation it stands on.

    rule        what a rule, a page and a finding are
    document    whether hosts get to the tags at all: walls, scripts, where the tags stand, encoding
    words       title, description, site name and other text
    images      the image, its address, type and size
    addresses   og:url and the canonical link

A rule whose source cannot be named is not here.
"""
