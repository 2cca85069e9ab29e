"""What every program shares and nothing else: identifiers, Persian text, dates, actors, refusals.

Pure: no framework, no socket, no file, no clock, no randomness. A function gets all of these as arguments.
"""
