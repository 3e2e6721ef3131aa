//! Processor time that a process has used, from `/proc`.

use std::fs;

/// What Linux counts processor time in, whatever the kernel ticks at.
const TICKS_PER_SECOND: f64 = 100.0;

/// Seconds that the whole machine has spent on anything but waiting, since it started.
pub fn machine_seconds() -> f64 {
    let text = fs::read_to_string("/proc/stat").unwrap_or_default();
    let fields = text.lines().next().unwrap_or_default().split_whitespace().skip(1).take(8);
    let ticks = fields.map(|field| field.parse::<u64>().unwrap_or_default()).enumerate();
    // The fourth and the fifth are idle time, and idle time while the disk is waited for.
    let busy: u64 = ticks.filter(|(index, _)| !matches!(index, 3 | 4)).map(|(_, ticks)| ticks).sum();
    busy as f64 / TICKS_PER_SECOND
}

/// Seconds in user and kernel mode of a process; of this one when no id is told. 0 where there is no such file.
pub fn seconds(process: Option<u32>) -> f64 {
    let path = process.map_or("/proc/self/stat".to_owned(), |id| format!("/proc/{id}/stat"));
    let text = fs::read_to_string(path).unwrap_or_default();
    // The second field is a name in parentheses and may hold spaces; user and kernel time are the 14th and 15th.
    let after_name = text.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: u64 = after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    ticks as f64 / TICKS_PER_SECOND
}
