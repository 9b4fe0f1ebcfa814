"""What tests of several rooms share. Tests import from here, never from one another."""
