"""The identity provider: one sign-in for every portal, in the FAPI 2.0 security profile and nothing else.

It knows account identifiers and no person. Who somebody is, the account plane finds out; this program hands
each login over to it (`flows.account_plane`) and speaks the protocol with the clients.

Layers, each reaching only what stands to its right: cli, asgi > adapters > flows > protocol. `protocol`
decides and has no I/O and no clock; `flows` put its decisions in order over a `Store`; `adapters` are
PostgreSQL, HTTP, files.
"""
