"""Pure rules of documents: their states, numbers, canonical data and what a stranger may see."""
