"""Files that people hand in: received, kept apart, looked at, and only then there to be read.

quarantined ─▸ released ─▸ erased
     └───────▸ refused ──▸ erased

A file has no name here, no place in any folder and no address: it is a row, sealed under its subject's key
like every personal field, so that erasing the key erases it. What is released is not what was handed in where
that can be helped: pictures are drawn anew from their points, which leaves hidden data and second meanings
behind. A file of PDF is kept as it is, or its signature would break, and is refused if it can act by itself.

GAP: no page takes files yet; a room that will has to leave the trace of each reading itself.

The door is `api`. Nothing is imported here: the child that reads files knows neither Django nor a setting.
"""
