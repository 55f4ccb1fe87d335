"""The kind *verdict*: a judgement of a claim, with its evidence and a probability."""
