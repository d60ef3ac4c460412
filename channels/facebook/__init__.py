"""A Facebook Page, through the Graph API."""
