"""What every stage may use: problems with their place, words, clean text, whole files."""
