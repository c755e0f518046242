"""Every number that limits something, with its source, by the room that it is for.

A number that another file needs is imported from here; nothing is configured at run time but by an argument.
"""
