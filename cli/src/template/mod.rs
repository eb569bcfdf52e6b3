//! In progress (CLI engineer 2).
