"""Who gets a kit: lists of agencies in YAML, CSV and XLSX, checked row by row."""
