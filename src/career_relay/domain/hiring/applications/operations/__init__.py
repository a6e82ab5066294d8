"""Everything that changes applications: files taken in (`imports`), and what is put right by hand (`corrections`)."""
