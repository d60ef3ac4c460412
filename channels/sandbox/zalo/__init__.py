"""A stand-in of Zalo's OAuth and OpenAPI for Official Accounts."""
