"""Certificates for the scenes, from an authority that only these clients trust."""

import datetime as dt
import ssl
from functools import cache

import trustme

SITE, OTHER = "site.example.com", "other.example.com"
WRONG, EXPIRED, UNKNOWN = "wrong.example.com", "expired.example.com", "unknown.example.com"


@cache
def _authority() -> trustme.CA:
    return trustme.CA()


def authority_pem() -> str:
    return _authority().cert_pem.bytes().decode()


def client_context() -> ssl.SSLContext:
    """What a client of this process trusts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    _authority().configure_trust(context)
    return context


@cache
def server_context() -> ssl.SSLContext:
    """Answers each name with the certificate of its own, and keeps the name as `asked` of the socket."""
    past = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    trusted = _authority()
    certificates = {
        SITE: trusted.issue_cert(SITE, f"*.{SITE}"),
        OTHER: trusted.issue_cert(OTHER),
        WRONG: trusted.issue_cert(OTHER),
        EXPIRED: trusted.issue_cert(EXPIRED, not_before=past, not_after=past + dt.timedelta(days=90)),
        UNKNOWN: trustme.CA().issue_cert(UNKNOWN),
        None: trusted.issue_cert("127.0.0.1"),
    }
    contexts = {}
    for name, certificate in certificates.items():
        contexts[name] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(contexts[name])

    def choose(sock: ssl.SSLSocket, name: str | None, _: ssl.SSLContext) -> None:
        sock.asked = name
        sock.context = contexts.get(name, contexts[SITE])

    contexts[None].sni_callback = choose
    return contexts[None]
