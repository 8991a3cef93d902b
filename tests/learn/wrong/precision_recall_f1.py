import numpy as np


# %% swapped and unguarded -> named: two things at once: precision and recall are interchanged; a division by 0 gives nan; f1 is nan where both shares are 0
def precision_recall_f1(C):
    tp = np.diag(C)
    p, r = tp / C.sum(1), tp / C.sum(0)
    return p, r, 2 * p * r / (p + r)


# %% nothing gives 1 -> named: nothing to divide by gives 1
def precision_recall_f1(C):
    tp = np.diag(C)
    p = np.where(C.sum(0) == 0, 1, tp / np.maximum(C.sum(0), 1))
    r = np.where(C.sum(1) == 0, 1, tp / np.maximum(C.sum(1), 1))
    return p, r, 2 * p * r / np.where(p + r == 0, 1, p + r)


# %% averaged over the classes -> named: precision has lost an axis; recall has lost an axis …
def precision_recall_f1(C):
    tp = np.diag(C)
    p = tp / np.maximum(C.sum(0), 1)
    r = tp / np.maximum(C.sum(1), 1)
    return p.mean(), r.mean(), (2 * p * r / np.where(p + r == 0, 1, p + r)).mean()


# %% product without the 2 and the sum -> named: your f1 is 4 · 1 / f1
def precision_recall_f1(C):
    tp = np.diag(C)
    p = tp / np.maximum(C.sum(0), 1)
    r = tp / np.maximum(C.sum(1), 1)
    return p, r, 2 * (p + r) / np.where(p * r == 0, 1, p * r)
