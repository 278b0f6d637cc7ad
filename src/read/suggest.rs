//! Did-you-mean.

/// The longest word, in characters, that is compared at all.
const LONGEST: usize = 40;

/// The Damerau–Levenshtein distance of two words (insert, delete, replace, swap neighbours; no letter edited twice,
/// the "optimal string alignment" form). Words longer than 40 characters are infinitely far apart.
pub fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(LONGEST + 1).collect();
    let b: Vec<char> = b.chars().take(LONGEST + 1).collect();
    if a.len() > LONGEST || b.len() > LONGEST {
        return usize::MAX;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &y) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(LONGEST);
            let replaced = at(&last, j) + usize::from(x != y);
            let mut best = replaced.min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(&y) && b.get(j - 1) == Some(&x);
            if swapped {
                best = best.min(at(&before, j - 1) + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

/// The candidate nearest to `word`, if it is near enough to be meant: at distance 1, or 2 for words of five letters or
/// more. Case does not count. Of equally near ones the first.
pub fn suggest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let word = word.to_lowercase();
    let limit = if word.chars().count() >= 5 { 2 } else { 1 };
    // Each letter more or less is an edit of its own.
    let length = word.chars().count();
    let near = candidates.iter().filter(|c| c.chars().count().abs_diff(length) <= limit);
    let near = near.map(|c| (distance(&word, c), *c)).filter(|(d, _)| *d <= limit);
    near.min_by_key(|(d, _)| *d).map(|(_, c)| c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swap_is_one_edit() {
        assert_eq!(distance("proevd", "proved"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("같다", "같다"), 0);
    }

    #[test]
    fn only_near_words_are_suggested() {
        assert_eq!(suggest("refutted", &["proved", "refuted"]), Some("refuted"));
        assert_eq!(suggest("nxt", &["let", "next"]), Some("next"));
        assert_eq!(suggest("banana", &["proved", "refuted"]), None);
    }
}
