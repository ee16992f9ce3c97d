"""Texts as they come from the web, made fit to be read: encodings, clutter, scripts, sentences, the forms of words."""
