"""The look, the components and the words of every page's frame."""
