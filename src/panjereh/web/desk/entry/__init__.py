"""The way into the desk: the same identity provider, another client, a cookie and a session of its own."""
