"""One package a noun, in two streams and a confluence."""
