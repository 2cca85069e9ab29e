"""The two halves of an exchange, step by step, over ports; nothing here touches a socket or a disk itself."""
