"""Site generators build what we write; nothing that isn't published may stand in their sites."""
