import numpy as np


# %% divide, where
def precision_recall_f1(C):
    C = C.astype(float)
    tp = C.diagonal()
    p = np.divide(tp, C.sum(0), out=np.zeros(len(C)), where=C.sum(0) > 0)
    r = np.divide(tp, C.sum(1), out=np.zeros(len(C)), where=C.sum(1) > 0)
    f = np.divide(2 * p * r, p + r, out=np.zeros(len(C)), where=p + r > 0)
    return p, r, f


# %% loop with true and false positives
def precision_recall_f1(C):
    K = len(C)
    P, R, F = [0.0] * K, [0.0] * K, [0.0] * K
    for k in range(K):
        tp = C[k, k]
        fp = C[:, k].sum() - tp
        fn = C[k].sum() - tp
        if tp + fp:
            P[k] = tp / (tp + fp)
        if tp + fn:
            R[k] = tp / (tp + fn)
        if P[k] + R[k]:
            F[k] = 2 * P[k] * R[k] / (P[k] + R[k])
    return P, R, F


# %% nan becomes 0
def precision_recall_f1(C):
    with np.errstate(all="ignore"):
        p = np.nan_to_num(np.diag(C) / C.sum(axis=0))
        r = np.nan_to_num(np.diag(C) / C.sum(axis=1))
        return p, r, np.nan_to_num(2 * p * r / (p + r))


# %% f1 from the counts, a tiny number in the divisors
def precision_recall_f1(C):
    tp = np.diag(C)
    rows, columns = C.sum(axis=1), C.sum(axis=0)
    return tp / (columns + 1e-12), tp / (rows + 1e-12), 2 * tp / (rows + columns + 1e-12)


# %% at least 1, float32, as a dict
def precision_recall_f1(C):
    tp = np.diag(C).astype(np.float32)
    p = tp / np.maximum(C.sum(0), 1)
    r = tp / np.maximum(C.sum(1), 1)
    return {"precision": p, "recall": r, "f1": 2 * p * r / np.maximum(p + r, 1e-9)}
