"""A folder of a build in, a web application out: endpoint, query page, explorer, and what every IRI leads to.

- `/sparql` is a query endpoint of the SPARQL 1.1 Protocol; without a query it describes itself.
- `/<kind>/<id>`, the path of an IRI below its base, leads on (303) to `/page/...` or, for a program, to `/data/...`.
- `/questions` lists the named questions, `/questions/<name>?hardware=A100` answers one.
- `/query` is the query page, `/` the explorer, `/kg.ttl` and its like the files that `/void` describes.

Nothing is ever written, and no page of another origin may read anything unless `cors` names it.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.query.questions import Question, questions
from kg.rdf.terms import Terms
from kg.serve import asking, description, dumps, pages, things
from kg.serve.accept import GRAPHS, HTML, choose
from kg.serve.answer import Answer, say
from kg.serve.pool import Pool
from kg.serve.protocol import LONGEST, Asked, RefusedError, by_get, by_post
from kg.serve.worker import opened, sparql
from kg.view.explorer import BESIDE

ASSETS = Path(__file__).parent / "assets"
_SAID = ["Kg-Truncated", "Kg-Hint"]


def create_app(
    folder: Path | str,
    *,
    timeout: float = 10.0,
    max_rows: int = 10_000,
    cors: Sequence[str] = (),
    base: str | None = None,
    hosts: Sequence[str] = ("*",),
    workers: int | None = None,
    own_questions: Path | str | None = None,
) -> Starlette:
    """The application over a folder that `kg build` wrote.

    `timeout` in seconds and `max_rows` hold for each query; `cors` are origins that may read answers, `hosts` the names
    that a request may call this server; `base` is that of the IRIs, where the store does not say it itself.
    Raises InputError where the folder has no graph that can be read.
    """
    terms = opened(folder, base).terms  # fails here and now; and what is to be cached on disk is cached once
    pool = Pool(folder, workers or max(2, os.cpu_count() or 2), timeout, base)
    served = _Served(Path(folder), pool, terms, max_rows, questions(own_questions))
    app = Starlette(
        routes=served.routes(),
        lifespan=served.lifespan,
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts)),
            *([_cors(cors)] if cors else []),
            Middleware(_Careful),
        ],
    )
    app.router.redirect_slashes = False  # `/x` is nothing, and not the way to `/x/`
    return app


def _cors(origins: Sequence[str]) -> Middleware:
    return Middleware(
        CORSMiddleware, allow_origins=list(origins), allow_methods=["GET", "POST"], allow_headers=["*"],
        expose_headers=_SAID,
    )  # fmt: skip


class _Served:
    """What the routes share."""

    def __init__(self, folder: Path, pool: Pool, terms: Terms, max_rows: int, asked: list[Question]) -> None:
        self.folder, self.pool, self.terms, self.max_rows = folder, pool, terms, max_rows
        self.questions = {question.name: question for question in asked}
        self.query_page: str | None = None  # the same for all, as long as the store is

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        try:
            await self.pool.start()
            yield
        finally:
            self.pool.stop()

    def routes(self) -> list[Route | Mount]:
        return [
            Route("/", self.explorer),
            Route("/sparql", self.sparql, methods=["GET", "POST"]),
            Route("/query", self.query),
            Route("/query/prefixes", self.prefixes),
            Route("/questions", self.list_questions),
            Route("/questions/{name}", self.question),
            Mount("/assets", StaticFiles(directory=ASSETS)),
            Mount(f"/{BESIDE}", StaticFiles(directory=self.folder / BESIDE, check_dir=False)),
            Route("/page/{key:path}", self.page),
            Route("/data/{key:path}", self.data),
            Route("/ontology", self.thing),
            Route("/.well-known/void", self.well_known),
            Route("/{name}", self.dump),
            Route("/{kind}/{id:path}", self.thing),
        ]

    async def explorer(self, _request: Request) -> Response:
        page = self.folder / "index.html"
        if not page.is_file():
            return RedirectResponse("/query", 307)
        return _file(page, "explorer")

    async def sparql(self, request: Request) -> Response:
        accept = request.headers.get("accept")
        try:
            asked = await _asked(request)
        except RefusedError as e:
            return _response(say(e.status, e.reason))
        if asked is None:
            if choose(accept, [*GRAPHS, HTML]) == HTML:
                return RedirectResponse("/query", 303)
            return _response(await self.pool.ask(description.description, str(request.url), accept))
        return _response(await self.pool.ask(sparql, asked, accept, self.max_rows))

    async def query(self, _request: Request) -> Response:
        if self.query_page is None:
            offered = await self.pool.ask(asking.offered, list(self.questions.values()))
            if isinstance(offered, Answer):
                return _response(offered)
            self.query_page = pages.query(offered, self.terms.base)
        return _page(self.query_page, "query")

    async def prefixes(self, _request: Request) -> Response:
        return JSONResponse(self.terms.prefixes())

    async def list_questions(self, _request: Request) -> Response:
        return JSONResponse(
            [
                {
                    "name": q.name,
                    "title": q.title,
                    "group": q.group,
                    "parameters": [p._asdict() for p in q.parameters],
                    "example": q.example,
                }
                for q in self.questions.values()
            ]
        )

    async def question(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in self.questions:
            return _response(say(404, f"no question is called {name!r}; there are {', '.join(self.questions)}"))
        asked, given = self.questions[name], dict(request.query_params)
        return _response(await self.pool.ask(asking.ask, asked, given, request.headers.get("accept"), self.max_rows))

    async def thing(self, request: Request) -> Response:
        html = choose(request.headers.get("accept"), [*GRAPHS, HTML]) == HTML
        path = request.scope.get("raw_path") or request.url.path.encode()
        to = f"/{'page' if html else 'data'}/{path.decode('ascii', 'ignore').lstrip('/')}"
        return Response(status_code=303, headers={"Location": to, "Vary": "Accept"})

    async def page(self, request: Request) -> Response:
        key = request.path_params["key"]
        if key in things.ONTOLOGIES:  # where the links of its page lead to what stands beside it
            return RedirectResponse(f"/{dumps.ONTOLOGY_PAGE}", 303)
        found = await self.pool.ask(things.page, key)
        return _response(found) if isinstance(found, Answer) else _page(pages.thing(found, self.terms.base), "thing")

    def ontology(self) -> Response:
        """The page that the build wrote, where it did."""
        page = dumps.inside(self.folder, dumps.ONTOLOGY_PAGE)
        return _file(page, "ontology") if page else RedirectResponse(f"/data/{things.ONTOLOGIES[0]}", 303)

    async def dump(self, request: Request) -> Response:
        if request.path_params["name"] == dumps.ONTOLOGY_PAGE:
            return self.ontology()
        found = dumps.dump(self.folder, request.path_params["name"])
        if found is None:
            return _response(say(404, "there is nothing; start at /, /query or /sparql"))
        return FileResponse(found[0], media_type=found[1])

    async def well_known(self, _request: Request) -> Response:
        return RedirectResponse("/void", 303)  # where crawlers look for a description of the data

    async def data(self, request: Request) -> Response:
        key, accept = request.path_params["key"], request.headers.get("accept")
        return _response(await self.pool.ask(things.data, key, accept, self.max_rows))


async def _asked(request: Request) -> Asked | None:
    """The query of a request; None where a GET asks for nothing. Raises RefusedError."""
    search = request.scope["query_string"]
    if request.method != "POST":
        return by_get(search) if search else None
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LONGEST:  # read no further, whatever still comes
            break
    return by_post(request.headers.get("content-type"), search, bytes(body))


def _response(answer: Answer) -> Response:
    return Response(answer.body, answer.status, {"Vary": "Accept", **answer.headers}, answer.media)


def _file(page: Path, policy: str) -> Response:
    return FileResponse(page, media_type=HTML, headers={"Content-Security-Policy": pages.POLICY[policy]})


def _page(html: str, policy: str) -> Response:
    return HTMLResponse(html, headers={"Content-Security-Policy": pages.POLICY[policy]})


class _Careful:
    """Headers that hold for every answer: no guessing of types, nothing said to others, nothing framed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def careful(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
            await send(message)

        await self._app(scope, receive, careful)
