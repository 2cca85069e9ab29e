"""The one exception of this package: something an operator can mend, said in plain words."""


class BundleRefused(Exception):  # noqa: N818 -- reads as what happened
    """Nothing was made, or nothing was put in place; the text says why and what to do."""
