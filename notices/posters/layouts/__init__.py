"""The layouts of posters, one file each: the same words, composed by one idea."""
