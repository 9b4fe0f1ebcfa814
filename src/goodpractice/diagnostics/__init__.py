"""Problems as data: their rules, how they are shown, and how many are looked for."""
