// Shares of customers are samples of what customers do: each comes with the interval in which the true share lies in 95 of 100 cases.

const Z = 1.959963984540054;

export interface Interval {
  low: number;
  high: number;
}

/** Wilson's interval of a share (E. B. Wilson, 1927): sound near 0 and 1 and with few customers. Of nobody, it is everything. */
export function shareInterval(part: number, whole: number): Interval {
  if (whole <= 0) return { low: 0, high: 1 };
  const share = part / whole;
  const square = Z * Z;
  const middle = (share + square / (2 * whole)) / (1 + square / whole);
  const half = (Z / (1 + square / whole)) * Math.sqrt((share * (1 - share)) / whole + square / (4 * whole * whole));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

export interface Difference extends Interval {
  difference: number;
}

/**
 * The difference of two shares with its interval (R. G. Newcombe, 1998, method 10), as if of different customers. Customers who are in
 * both usually do alike in both, so the interval is rather too wide than too narrow.
 */
export function shareDifference(part: number, whole: number, otherPart: number, otherWhole: number): Difference | null {
  if (whole <= 0 || otherWhole <= 0) return null;
  const [share, other] = [part / whole, otherPart / otherWhole];
  const [own, others] = [shareInterval(part, whole), shareInterval(otherPart, otherWhole)];
  const difference = share - other;
  return {
    difference,
    low: difference - Math.hypot(share - own.low, others.high - other),
    high: difference + Math.hypot(own.high - share, other - others.low),
  };
}
