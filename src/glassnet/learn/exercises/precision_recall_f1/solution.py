"""Precision, recall and F1 of each digit.

Two questions for each class k, from the confusion matrix C (rows: labels, columns: answers):

    precision[k] = C[k, k] / sum over i of C[i, k]        of those that were taken for k, how many are k?
    recall[k] = C[k, k] / sum over j of C[k, j]           of those that are k, how many were taken for k?
    f1[k] = 2 · precision[k] · recall[k] / (precision[k] + recall[k])

C (K, K)   ->   three arrays (K,). Where there is nothing to divide by (nothing was taken for k, no sample is
k, or both shares are 0), the result is 0.
"""

import numpy as np


def precision_recall_f1(C):
    """Precision, recall and F1 of each class.

    Parameters
    ----------
    C : array (K, K)
        How many samples of the row's class were taken for the column's.

    Returns
    -------
    precision, recall, f1 : array (K,)
        From 0 to 1; 0 where there is nothing to divide by.

    Examples
    --------
    >>> p, r, f = precision_recall_f1(np.array([[3, 1], [0, 4]]))
    >>> p.tolist(), r.tolist(), f.round(3).tolist()
    ([1.0, 0.8], [0.75, 1.0], [0.857, 0.889])
    """
    hits = np.diag(C)
    answered = np.sum(C, axis=0)
    labelled = np.sum(C, axis=1)
    precision = hits / np.where(answered == 0, 1, answered)
    recall = hits / np.where(labelled == 0, 1, labelled)
    both = precision + recall
    f1 = 2 * precision * recall / np.where(both == 0, 1, both)
    return precision, recall, f1
