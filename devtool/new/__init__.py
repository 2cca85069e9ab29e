"""`./dev new`: a room, a service or a connector that works as it is written, to be changed from there."""
