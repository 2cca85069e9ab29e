"""The developer's tool behind `./dev`: standard library only, so that a bare machine can start with it."""
