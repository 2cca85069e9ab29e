"""The reference of B-PAGE: three of our pages written the plain Django way.

Models with foreign keys, the ORM with `select_related` and `prefetch_related` where anybody would put them,
function views, Django's template language, sessions in the database. The same middleware, the same tables for
cases and directory, the same sealing of personal data, the same words and the same HTML. What a pack says
about a service stands in tables, as it would in any Django project. It is neither tuned nor slowed down.
"""
