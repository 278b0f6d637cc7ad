//! Numbers: rational, interval, dual, ternary truth.
