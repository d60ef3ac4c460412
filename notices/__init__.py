"""Paper: from a campaign's words to DOCX, PDF, HTML, text and pictures."""
