use super::*;

#[test]
fn headings_open_sections() {
    let d = doc("intro\n\n# A\n\n$a$\n\n## B $x = 1$\n\n$b$\n\n# C\n\nend\n");
    let titles: Vec<_> = d.sections.iter().map(|s| (s.title.as_str(), s.level, s.parent)).collect();
    assert_eq!(titles, [("", 0, None), ("A", 1, Some(0)), ("B $x = 1$", 2, Some(1)), ("C", 1, Some(0))]);
    let of: Vec<_> = d.formulas().map(|(_, f)| (f.extract.text.as_str(), f.section, f.place)).collect();
    assert_eq!(of, [("a", 1, Place::Paragraph), ("x = 1", 2, Place::Heading), ("b", 2, Place::Paragraph)]);
    assert_eq!(d.source.slice(d.sections[1].span).lines().last(), Some(""));
    assert_eq!(d.sections[1].span.end, d.sections[3].span.start);
    assert_eq!(d.sections_of(2), [2, 1, 0]);
}

#[test]
fn a_rule_under_a_display_makes_no_heading() {
    let d = doc("$$\na\n$$\n---\n\ntext\n");
    assert_eq!(d.sections.len(), 1);
    assert_eq!(formulas("$$\na\n$$\n---\n\ntext\n"), ["[a]"]);
}

#[test]
fn words_before_and_after_a_display_are_found_with_and_without_blank_lines() {
    for text in ["Let us see\n$$a$$\nwhere b holds.", "Let us see\n\n$$a$$\n\nwhere b holds."] {
        let d = doc(text);
        let (i, _) = d.formulas().next().unwrap();
        let words = |ps: Vec<&Prose>| ps.iter().map(|p| p.text.trim().to_owned()).collect::<Vec<_>>();
        assert_eq!(words(d.before(i)), ["Let us see"]);
        assert_eq!(words(d.after(i)), ["where b holds."]);
    }
    let d = doc("one $$a$$ two $x$ three $$b$$ four\n\n# H\n\nfive");
    let at: Vec<_> = d.formulas().map(|f| f.0).collect();
    let after = |i: usize| d.after(at[i]).iter().map(|p| p.text.trim().to_owned()).collect::<Vec<_>>();
    assert_eq!(after(0), ["two", "three"]);
    assert_eq!(after(2), ["four"]);
    assert_eq!(d.before(at[2]).len(), 2);
    assert!(d.before(99).is_empty() && d.after(99).is_empty());
}

#[test]
fn a_display_inside_a_paragraph_belongs_to_it() {
    let d = doc("one\n$$a$$\ntwo $b$\n\nthree $c$");
    let p: Vec<_> = d.formulas().map(|(_, f)| f.paragraph).collect();
    assert_eq!(p[0], p[1]);
    assert_ne!(p[1], p[2]);
    let at: Vec<usize> = d.formulas().map(|(i, _)| d.paragraph_start(i)).collect();
    assert_eq!(at, [0, 0, 4]);
}

#[test]
fn prose_is_without_markup_and_maps_to_the_source() {
    let text = "A **bold** [link](http://x) &amp; `code` \\$5 *em*<br>end\nnext";
    let d = doc(text);
    let Some(Block::Prose(p)) = d.blocks.first() else { panic!() };
    assert_eq!(p.text, "A bold link & code $5 em end\nnext");
    let e = p.extract();
    for word in ["bold", "link", "code", "$5", "em", "end", "next"] {
        let at = e.to_source(p.text.find(word).unwrap());
        assert!(text[at..].starts_with(word), "{word}");
    }
    assert_eq!(p.span, Span::new(0, text.len()));
}

#[test]
fn titles_without_marks_are_recognised() {
    let like = |text: &str| doc(text).blocks.iter().any(|b| matches!(b, Block::Prose(p) if p.is_title_like()));
    assert!(like("소프트맥스 분류기의 역전파\n\n본문은 여기부터이다.\n"));
    assert!(like("실험 결과\n\n본문이다.\n") && like("참고\n\n본문이다.\n"));
    assert!(like("1. Logistic function\n\n\nFirst we look at it.\n"));
    for text in [
        "First we look at it.",
        "two\nlines",
        "그 값은 1 이다",
        "The gradient:",
        "the $x$ axis",
        "- a\n- b",
        "123",
        "마찬가지로",
        "다른 두 클래스에서는",
        "두 식을 더하면",
    ] {
        assert!(!like(text), "{text}");
    }
}

#[test]
fn list_items_are_paragraphs_of_their_own() {
    let d = doc("- a $x$\n- b $y$\n  - c $z$\n");
    let p: Vec<_> = d.formulas().map(|(_, f)| (f.paragraph, f.place)).collect();
    assert!(p[0].0 < p[1].0 && p[1].0 < p[2].0);
    assert!(p.iter().all(|p| p.1 == Place::ListItem));
}

#[test]
fn an_input_beyond_the_limit_is_told() {
    let d = doc(&"x".repeat(MAX_INPUT + 1));
    assert!(d.blocks.is_empty());
    assert_eq!(d.problems[0].kind.code(), "input-too-large");
}

/// The bound is generous for a slow machine; a quadratic pass over such a text would break it many times over.
#[test]
fn hostile_repetition_is_read_in_linear_time() {
    for unit in [
        "$",
        "$$ ",
        "\\(",
        "\\[",
        "\\\\(",
        "`",
        "``` \n",
        "<!--",
        "<!---->",
        "<a \"",
        "[",
        "](",
        "{",
        "> ",
        "\n> - ",
        "\\begin{align}",
        "\\end{align}",
        "$\\text{",
        "${",
        "a $x ",
        "| $x$ ",
        "\n\n$$",
        "#",
        "(x)=\n",
        ":::{note}\n",
        "\n# h",
        "*a",
        "\\[\n\n",
        "$a$\n",
        "{math}`",
        "<script>",
        "- $$\n",
        "&lt;",
    ] {
        let text = unit.repeat(200_000 / unit.len());
        let began = std::time::Instant::now();
        let d = doc(&text);
        let seconds = began.elapsed().as_secs_f64();
        assert!(d.source.text.len() <= 200_000);
        assert!(seconds < 20.0, "{unit:?} took {seconds} s");
    }
}

/// Real notes, where they are at hand: every `$$` pair outside code is a display, intact.
#[test]
fn the_displays_of_the_seed_notes_are_intact() {
    let package = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["../shared/seeds", "../../shared/seeds"].map(|f| package.join(f));
    let Some(entries) = folders.iter().find_map(|f| std::fs::read_dir(f).ok()) else {
        println!("skipped: no seed notes beside the package");
        return;
    };
    let (mut displays, mut inline, mut pairs) = (0, 0, 0);
    for path in entries.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.extension().is_some_and(|e| e == "txt")) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let raw: Vec<&str> = text.split("$$").skip(1).step_by(2).map(str::trim).collect();
        let d = doc(&text);
        let found: Vec<&str> = d.formulas().filter(|f| f.1.display).map(|(_, f)| f.extract.text.as_str()).collect();
        assert_eq!(found, raw, "{}", path.display());
        assert_eq!(d.problems, [], "{}", path.display());
        displays += found.len();
        pairs += raw.len();
        inline += d.formulas().filter(|f| !f.1.display).count();
    }
    assert_eq!((displays, pairs, inline), (64, 64, 13));
}
