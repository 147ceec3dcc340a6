"""What a post is, in no format: WordPress's own data model, findings and actions."""
