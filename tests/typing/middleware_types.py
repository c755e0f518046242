"""What a type checker says of the ASGI middleware in the frameworks, and how each is told of it."""

from fastapi import FastAPI
from litestar import Litestar
from litestar.middleware import DefineMiddleware
from quart import Quart
from starlette.applications import Starlette
from starlette.middleware import Middleware

from richresp.integrations.asgi import ShapeMiddleware

starlette = Starlette(middleware=[Middleware(ShapeMiddleware, budget=300, routes={"/search": 800, "/export": None})])
starlette.add_middleware(ShapeMiddleware, budget=300)
FastAPI().add_middleware(ShapeMiddleware, budget=300, drop=["$..secret"])
Litestar([], middleware=[DefineMiddleware(ShapeMiddleware, budget=300)])
outermost = ShapeMiddleware(starlette, budget=300)
ShapeMiddleware(outermost, budget=300)

quart = Quart("todo")
quart.asgi_app = ShapeMiddleware(quart.asgi_app, budget=300)  # type: ignore[method-assign]

starlette.add_middleware(ShapeMiddleware, buget=300)  # wrong: call-arg
ShapeMiddleware(starlette, budget="many")  # wrong: arg-type
