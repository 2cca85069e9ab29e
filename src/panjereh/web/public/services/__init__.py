"""Services for everybody: search, and one page per service that asks for no sign-in."""
