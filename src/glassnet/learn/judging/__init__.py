"""From a learner's numbers to what is wrong: known mistakes first, then what is certain of the numbers."""
