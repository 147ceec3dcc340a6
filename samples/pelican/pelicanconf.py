SITENAME = "The Tarrow Haven Lantern"
PATH = "content"
