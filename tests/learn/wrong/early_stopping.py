# %% counter without a reset -> named: the waiting is not reset at a new best
def early_stopping(losses, patience):
    lowest, best, wait = float("inf"), 0, 0
    for epoch, loss in enumerate(losses):
        if loss < lowest:
            lowest, best = loss, epoch
        else:
            wait += 1
            if wait >= patience:
                return epoch, best
    return len(losses) - 1, best


# %% None when it never stops -> stopped: sometimes it returns None
def early_stopping(losses, patience):
    best, wait = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]:
            best, wait = epoch, 0
        else:
            wait += 1
        if wait == patience:
            return epoch, best


# %% best is where it stopped less patience less one -> named: best is 1 too small everywhere
def early_stopping(losses, patience):
    best = 0
    for epoch in range(len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        if epoch - best >= patience:
            return epoch, epoch - patience - 1
    return len(losses) - 1, best


# %% an accuracy's comparison -> named: the highest loss is taken as the best
def early_stopping(losses, patience):
    best = 0
    for epoch in range(len(losses)):
        if losses[epoch] > losses[best]:
            best = epoch
        if epoch - best >= patience:
            return epoch, best
    return len(losses) - 1, best
