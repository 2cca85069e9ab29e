"""The parts of the pages, shown from the kit itself: what another team copies from."""
