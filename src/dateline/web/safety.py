"""What stands between the app and the world: which hosts it answers, who may write, and what a page may do.

A captured page is hostile, and so may be any other page in the same browser. So nothing on our pages runs or loads but our own
files; a request that names another host is refused (a name that was made to point here would let its page read the archive);
and a write must come from one of our own pages and carry their secret.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        *("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'"),
        *("connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"),
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
"""On every response, whatever it is."""

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
FIELD = "csrf"
"""The form field that carries the secret of a write; `HEADER` may carry it instead."""
HEADER = "x-csrf-token"

_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_COOKIE = "dateline"


class Guard:
    """Lets a request through to the app, or refuses it. ``hosts`` are names under which the app may be reached, all lower case.

    With a ``token`` every visitor must show it once, as ``?token=`` or as a bearer; a cookie remembers them.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str], token: str | None) -> None:
        self._app = app
        self._hosts = frozenset(hosts)
        self._token = token
        key = secrets.token_bytes(32)
        self._pass = hmac.new(key, (token or "").encode(), hashlib.sha256).hexdigest()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # nothing here speaks any other protocol

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
            await send(message)

        refusal = self._refusal(scope, Headers(scope=scope))
        await (refusal or self._app)(scope, receive, guarded)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """The answer to a request that does not get through, None to one that does."""
        host = headers.get("host", "")
        if not self._known(host):
            return PlainTextResponse(f"this app does not answer to the name {host!r}\n", 400)
        if headers.get("sec-fetch-mode", "navigate") != "navigate" and not _same_site(headers):
            return PlainTextResponse("other pages may link here, not load from here\n", 403)
        if scope["method"] not in _READS and not _from_here(headers, host):
            return PlainTextResponse("writes come from this app's own pages alone\n", 403)
        return self._stranger(scope, headers) if self._token else None

    def _known(self, host: str) -> bool:
        name = host.lower()
        name = name[1:].partition("]")[0] if name.startswith("[") else name.partition(":")[0]
        return name in self._hosts or ("*" in self._hosts and _is_address(name))

    def _stranger(self, scope: Scope, headers: Headers) -> Response | None:
        """What a visitor without the token gets; one that has just shown it is sent on with a cookie."""
        assert self._token is not None
        query = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
        shown = [value for name, value in query if name == "token"]
        if scope["method"] in ("GET", "HEAD") and any(_same(value, self._token) for value in shown):
            rest = urlencode([pair for pair in query if pair[0] != "token"])
            path = "/" + scope["path"].lstrip("/\\")
            answer = RedirectResponse(f"{path}?{rest}" if rest else path, 303)
            answer.set_cookie(_COOKIE, self._pass, httponly=True, samesite="strict", path="/")
            return answer
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and _same(bearer, self._token):
            return None
        if _same(_cookie(headers), self._pass):
            return None
        return PlainTextResponse("open the address with ?token=… that 'dateline serve' printed\n", 401)


class Secret:
    """The secret of one running app that its own pages put into every write."""

    def __init__(self) -> None:
        self.value = secrets.token_urlsafe(32)

    async def check(self, request: Request) -> None:
        """Refuse a write that does not carry the secret, in the header or the form.

        Raises:
            HTTPException: 403.
        """
        given = request.headers.get(HEADER)
        if given is None and request.headers.get("content-type", "").startswith(
            ("application/x-www-form-urlencoded", "multipart/form-data")
        ):
            field = (await request.form()).get(FIELD)
            given = field if isinstance(field, str) else None
        if not _same(given or "", self.value):
            raise HTTPException(403, "this page is older than the running app: load it again, then repeat")


async def checked(request: Request) -> None:
    """The dependency of every route that writes: ``@router.post(…, dependencies=[Depends(checked)])``."""
    await request.app.state.site.secret.check(request)


def _from_here(headers: Headers, host: str) -> bool:
    """Whether a write comes from a page of this app, as far as the browser tells: what it does not tell, the secret must."""
    if not _same_site(headers):
        return False
    origin = headers.get("origin")
    if origin == "null":  # what a form of ours says under a policy that tells nobody where it comes from
        return headers.get("sec-fetch-site") == "same-origin"
    return origin is None or origin.lower() in (f"http://{host.lower()}", f"https://{host.lower()}")


def _same_site(headers: Headers) -> bool:
    """Whether the browser says that a request comes from this app or from the person; a program that says nothing is no browser."""
    return headers.get("sec-fetch-site", "none") in ("same-origin", "none")


def _cookie(headers: Headers) -> str:
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(headers.get("cookie", ""))
    except CookieError:
        return ""
    return cookies[_COOKIE].value if _COOKIE in cookies else ""


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


def _is_address(name: str) -> bool:
    """Whether a host is named by its address, which no other page's name can be made to point at."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
