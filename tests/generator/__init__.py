"""Tests of the generator as a whole: what it writes, says and refuses."""
