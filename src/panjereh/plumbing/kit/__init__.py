"""The page kit: what its macros take, read from the blocks above them, and checked where a slip is cheap."""
