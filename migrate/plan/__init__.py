"""What an import would do to a site: recognising posts and choosing actions."""
