"""A website of plain files."""
