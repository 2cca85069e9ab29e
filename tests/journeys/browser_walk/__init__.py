"""The thread as a person walks it: in a real browser, by pointer, by keyboard alone, and with scripts off."""
