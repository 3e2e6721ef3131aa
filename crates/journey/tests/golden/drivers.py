#!/usr/bin/env python3
"""Writes `drivers.json`: answers, and what statsmodels, SciPy and NumPy make of them.

Coefficients, explained variance, variance inflation, HC2 errors (which are CR2 of customers who answer once) and
adjusted p-values are those of statsmodels; CR2 and its degrees of freedom of customers who answer several times, which
statsmodels does not have, are the dense formulas of Bell and McCaffrey.

usage: python -m venv V && V/bin/pip install statsmodels==0.15.0 && V/bin/python drivers.py > drivers.json
"""

import itertools
import json

import numpy as np
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.outliers_influence import variance_inflation_factor

ANSWERS, CONTROLS = 90, 2


def explained(y, columns):
    return sm.OLS(y, sm.add_constant(np.column_stack(columns))).fit().rsquared if columns else 0.0


def importance(y, controls, variables):
    orders = list(itertools.permutations(range(len(variables))))
    parts = np.zeros(len(variables))
    for order in orders:
        before = list(controls)
        for variable in order:
            more = [*before, variables[variable]]
            parts[variable] += explained(y, more) - explained(y, before)
            before = more
    return parts / len(orders)


def clustered(fit, customers):
    """Variance (CR2) and degrees of freedom of each coefficient."""
    x = fit.model.exog
    makers = np.linalg.pinv(x)
    left = np.eye(len(x)) - x @ makers
    weights = np.zeros((x.shape[1], len(x), len(set(customers))))
    for place, customer in enumerate(sorted(set(customers))):
        rows = np.flatnonzero(customers == customer)
        values, vectors = np.linalg.eigh(left[np.ix_(rows, rows)])
        evened = vectors @ np.diag(values**-0.5) @ vectors.T
        weights[:, rows, place] = makers[:, rows] @ evened
    found = []
    for of_coefficient in weights:
        variance = ((of_coefficient.T @ fit.resid) ** 2).sum()
        omega = of_coefficient.T @ left @ of_coefficient
        found.append((variance, np.trace(omega) ** 2 / (omega**2).sum()))
    return found


def told(customers, y, controls, variables):
    fit = sm.OLS(y, sm.add_constant(np.column_stack([*controls, *variables]))).fit()
    reliable = clustered(fit, customers)
    if len(set(customers)) == len(customers):
        assert np.allclose(np.sqrt([variance for variance, _ in reliable]), fit.HC2_se)
    places = range(1 + len(controls), len(fit.params))
    errors = [reliable[place][0] ** 0.5 for place in places]
    degrees = [reliable[place][1] for place in places]
    sure = list(zip(places, errors, degrees, strict=True))
    p = [2 * stats.t.sf(abs(fit.params[place]) / error, df) for place, error, df in sure]
    parts = importance(y, controls, variables)
    return {
        "explained": fit.rsquared,
        "explained_by_controls": explained(y, controls),
        "coefficient": [fit.params[place] for place in places],
        "low": [fit.params[i] - stats.t.ppf(0.975, df) * error for i, error, df in sure],
        "degrees": degrees,
        "p": p,
        "adjusted_p": multipletests(p, method="fdr_bh")[1].tolist(),
        "importance": parts.tolist(),
        "inflation": [variance_inflation_factor(fit.model.exog, place) for place in places],
    }


def main():
    rng = np.random.default_rng(7)
    customers = np.sort(rng.integers(0, 45, ANSWERS))
    known = rng.normal(size=ANSWERS).round(3)
    of_unit = rng.integers(0, 2, ANSWERS).astype(float)
    wait = (rng.gamma(2, 3, ANSWERS) + known).round(2)
    contacts = rng.poisson(0.7, ANSWERS).astype(float)
    errors = rng.binomial(1, 0.3, ANSWERS).astype(float)
    taste = (rng.normal(size=ANSWERS) - wait / 8).round(3)
    mood = rng.normal(size=45)[customers]
    y = (8 - 0.2 * wait - 0.7 * contacts + known + mood + rng.normal(size=ANSWERS)).round(3)
    controls, variables = [known, of_unit], [wait, contacts, errors, taste]
    once = np.arange(ANSWERS)
    columns = {
        "controls": [column.tolist() for column in controls],
        "variables": [column.tolist() for column in variables],
    }
    lots = [(customers, y), (once, y), (customers, (y > np.median(y)) * 100.0)]
    cases = [
        {"customers": who.tolist(), "outcome": what.tolist(), "told": told(who, what, controls, variables)}
        for who, what in lots
    ]
    print(json.dumps({**columns, "cases": cases}))


if __name__ == "__main__":
    main()
