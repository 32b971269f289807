"""The pages: public, staff and API, and what they share. Forms in, services called, redirects and templates out."""
