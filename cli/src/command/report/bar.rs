//! Bars of blocks. They only repeat the figure beside them.

/// A bar of `width` blocks, filled for this share; a share above nothing shows at least one.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a few columns"
)]
pub fn bar(share: f64, width: usize) -> (String, String) {
    let filled = (share.clamp(0.0, 1.0) * width as f64).round() as usize;
    let filled = if share > 0.0 { filled.max(1) } else { filled }.min(width);
    ("█".repeat(filled), "░".repeat(width - filled))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_empty_and_little_is_seen() {
        assert_eq!(bar(0.0, 3), (String::new(), "░░░".to_owned()));
        assert_eq!(bar(0.001, 3), ("█".to_owned(), "░░".to_owned()));
        assert_eq!(bar(1.0, 3), ("███".to_owned(), String::new()));
    }
}
