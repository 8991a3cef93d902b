import numpy as np


# %% counter
def early_stopping(losses, patience):
    lowest, best, wait = float("inf"), 0, 0
    for epoch, loss in enumerate(losses):
        if loss < lowest:
            lowest, best, wait = loss, epoch, 0
        else:
            wait += 1
            if wait == patience:
                return epoch, best
    return len(losses) - 1, best


# %% while, as a list
def early_stopping(losses, patience):
    epoch = best = 0
    while epoch < len(losses) - 1 and epoch - best < patience:
        epoch += 1
        if losses[epoch] < losses[best]:
            best = epoch
    return [epoch, best]


# %% argmin of what has been so far
def early_stopping(losses, patience):
    for epoch in range(len(losses)):
        best = np.argmin(losses[: epoch + 1])
        if epoch - best >= patience:
            break
    return epoch, best


# %% a dict
def early_stopping(losses, patience):
    best = 0
    for stop in range(len(losses)):
        if losses[stop] < losses[best]:
            best = stop
        elif stop >= best + patience:
            break
    return {"stop": stop, "best": best}


# %% running minimum, float32
def early_stopping(losses, patience):
    losses = np.float32(losses)
    new = np.r_[True, losses[1:] < np.minimum.accumulate(losses)[:-1]]
    bests = np.maximum.accumulate(np.where(new, np.arange(len(losses)), 0))
    late = np.flatnonzero(np.arange(len(losses)) - bests >= patience)
    stop = late[0] if len(late) else len(losses) - 1
    return stop, bests[stop]
