"""A stand-in of the Graph API's page endpoints."""
