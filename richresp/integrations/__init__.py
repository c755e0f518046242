"""The frameworks that handlers are written in: one file for each, which translates and decides nothing.

None is imported until you do: `from richresp.integrations.asgi import ShapeMiddleware`.
"""
