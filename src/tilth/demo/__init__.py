"""A believable half-year of one partnership between two people who don't exist, sealed by the Python client."""
