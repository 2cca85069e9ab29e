"""Django glue every room stands on: sealing, outbox, queue, grants, refusals turned into answers."""
