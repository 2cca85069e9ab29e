"""What lies behind the laboratory of indices: files, other indices, raw indicators, lists of questions."""
