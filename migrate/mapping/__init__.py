"""Which front matter key carries which field of a record, in both directions."""
