"""The journal: what imports did to which site, in a file of its own, for the imports to come."""
