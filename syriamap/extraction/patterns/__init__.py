"""Who does what where, as the words stand."""
