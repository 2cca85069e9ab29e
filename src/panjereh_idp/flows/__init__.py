"""What happens, in order: each flow reads, lets `protocol` decide, and writes in one statement of the store.

A flow gets the `Provider` (what it is made of) and the instant. One statement per change means that a process
killed between two steps leaves either nothing or a whole step; the person or client then starts again.
"""
