"""`docs/reference` and `docs/pictures`, made from the code, so that no page has to be believed.

Sources are read, never imported: what programs are may not depend on whether they could be started here. It
runs in the environment's Python, as a pack is YAML; everything else is the standard library.
"""
