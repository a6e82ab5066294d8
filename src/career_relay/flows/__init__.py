"""The story of the product: one module a journey, named by its verb, one transaction."""
