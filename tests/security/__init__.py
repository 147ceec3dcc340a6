"""What nobody may do through a file, a site or an address: docs/security.md, proven."""
