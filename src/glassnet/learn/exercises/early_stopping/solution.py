"""Early stopping: training ends when it no longer helps.

After each epoch the loss is measured on validation pictures, which the network does not learn from. It falls,
then it rises again: the network begins to know its training pictures by heart. Patience is how many epochs in
a row may pass without a new lowest loss.

    best = the epoch with the lowest loss so far (the first of equal ones)
    stop after the first epoch with  epoch − best = patience

What is kept are the weights of the best epoch, not of the last. Epochs count from 0.
"""


def early_stopping(losses, patience):
    """When training stops, and which epoch is the best one until then.

    Parameters
    ----------
    losses : array (E,)
        The validation loss after each epoch that there would be.
    patience : int
        At least 1.

    Returns
    -------
    stop : int
        The last epoch that is trained; E − 1 where patience never ends.
    best : int
        The epoch with the lowest loss up to ``stop``.

    Examples
    --------
    >>> early_stopping([0.9, 0.5, 0.6, 0.55, 0.1], patience=2)
    (3, 1)
    """
    best = 0
    stop = len(losses) - 1
    for epoch in range(len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        waited = epoch - best
        if waited >= patience:
            stop = epoch
            break
    return stop, best
