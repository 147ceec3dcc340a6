"""Taking back what an import did to a site."""
