use super::*;

#[test]
fn dollars_open_and_close_formulas() {
    assert_eq!(formulas("Let $x_1$ be and $$y = 2$$ inside."), ["x_1", "[y = 2]"]);
    assert_eq!(formulas("값은$x_1$이다. **$y$**입니다"), ["x_1", "y"]);
    assert_eq!(formulas("$a$, $b$-axis and $c$$d$"), ["a", "b", "c", "d"]);
    assert_eq!(formulas(r"$\text{where $x$ is} = 1$ and $y$"), [r"\text{where $x$ is} = 1", "y"]);
    assert_eq!(formulas("$ a_1 $ and $ n $"), ["a_1", "n"]);
    assert_eq!(formulas("at $ t+1$; $\\alpha\n- \\beta$"), ["t+1", "\\alpha\n- \\beta"]);
    assert_eq!(formulas("a line $x +\ny$ breaks"), ["x +\ny"]);
}

#[test]
fn prices_and_shell_variables_are_no_formulas() {
    for text in [
        "It costs $5 and $6.",
        "from $5 to $10, or US$5 vs. CA$6",
        "$5-$6 a month; 5$ or 6$",
        "set $HOME and $PATH",
        r"\$x\$ is escaped",
        "`$x$` and ``a ` $y$``",
        "A$AP and B$AP",
        "- costs $5\n- costs $6",
        "a $ b\n\nc $ d",
    ] {
        assert_eq!(formulas(text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(formulas("costs $20, where $b$ is"), ["b"]);
    assert_eq!(formulas("for $5 you get $x = 1$ and $y$"), ["x = 1", "y"]);
}

#[test]
fn displays_hold_what_markdown_would_tear() {
    for inner in [
        "a\n\n= b",
        "a\n=\nb",
        "a\n---\nb",
        "a\n+ b\n- c\n* d",
        "a\n> 0",
        "a\n1. 5",
        "a *b* _c_ <b> \\\\ d",
        "x\n\n    + y\n\n= z",
        r"\text{if } x \text{ and so on and on and on}",
    ] {
        let text = format!("before\n\n$$\n{inner}\n$$\n\nafter");
        assert_eq!(formulas(&text), [format!("[{inner}]")], "{text}");
        assert_eq!(prose(&text), ["before", "after"], "{text}");
        assert_eq!(problems(&text), Vec::<&str>::new(), "{text}");
        assert_eq!(first(&text).extract.runs.len(), 1);
    }
}

#[test]
fn an_unclosed_display_is_told_and_harms_nothing_else() {
    let text = "Take $$ a\n\nThis is the next paragraph with $x$ in it.\n\n$$\nb\n$$\n\n## Title\n\n$$c$$\n";
    assert_eq!(formulas(text), ["x", "[b]", "[c]"]);
    assert_eq!(problems(text), ["unclosed-math"]);
    assert_eq!(prose(text), ["Take  a", "This is the next paragraph with ", " in it."]);
    assert_eq!(problems("\\begin{align}\na\n\n# T\n"), ["unclosed-math"]);
    assert_eq!(problems("\\[\na\n\n# T\n"), ["unclosed-math"]);
    assert_eq!(formulas("- $$a\n- $b$"), ["b"]);
}

#[test]
fn tex_and_kramdown_delimiters_are_read() {
    assert_eq!(formulas(r"so \(a*b*c\) and \\(d_1\\)."), ["a*b*c", "d_1"]);
    assert_eq!(formulas("\\[ a \\\\[2pt] b \\]\n\n\\\\[ c = 1 \\\\]"), [r"[a \\[2pt] b]", "[c = 1]"]);
    assert_eq!(formulas("\\[\na\n\n= b\n\\]"), ["[a\n\n= b]"]);
    assert_eq!(formulas(r"see \[1\], \[text\](a.html) and \(as above\) \(2\)"), Vec::<String>::new());
}

#[test]
fn bare_environments_are_displays() {
    let text =
        "We get\n\\begin{align*}\na &= b \\\\\n+ c &= \\begin{cases} 1 \\\\ 2 \\end{cases}\n\\end{align*}\nhence.";
    let f = first(text);
    assert_eq!(f.env.as_deref(), Some("align*"));
    assert_eq!((f.display, f.carrier), (true, Carrier::Environment));
    assert!(f.extract.text.starts_with("\\begin{align*}") && f.extract.text.ends_with("\\end{align*}"));
    assert_eq!(formulas(text).len(), 1);
    assert_eq!(formulas("\\begin{itemize}\n\\item $x$\n\\end{itemize}"), ["x"]);
    assert_eq!(formulas("$$\\begin{aligned} a &= b \\end{aligned}$$").len(), 1);
}

#[test]
fn fences_of_mathematics_are_displays_and_others_are_code() {
    assert_eq!(formulas("```math\na = b\n```\n"), ["[a = b]"]);
    assert_eq!(formulas("> ```math\n> a\n> = b\n> ```\n> $c$"), ["[a\n= b]", "c"]);
    assert_eq!(formulas("```python\nx = '$a$'\n$$\n```\n$b$"), ["b"]);
    assert_eq!(formulas("~~~\n$$a$$\n```\n~~~\n$b$"), ["b"]);
    assert_eq!(formulas("- item\n  ```math\n  a\n  b\n  ```\n"), ["[a\nb]"]);
    let d = doc("text\n```python\nprint('$x$')\n```\n");
    assert_eq!(d.blocks.get(1), Some(&Block::Code { span: Span::new(5, 31), language: "python".into() }));
}

#[test]
fn myst_fences_roles_and_directives_are_read() {
    let f = first("```{math}\n:label: euler\n\ne^{i\\pi} = -1\n```\n");
    assert_eq!((f.extract.text.as_str(), f.label.as_deref()), (r"e^{i\pi} = -1", Some("euler")));
    assert_eq!(formulas("```{math} a = b\n```"), ["[a = b]"]);
    assert_eq!(formulas(":::{math}\na\n:::"), ["[a]"]);
    assert_eq!(formulas("the {math}`x^2` role and $`y|z`$"), ["x^2", "y|z"]);
    let note = "````{prf:theorem} Name\n:label: thm\n\nText $a$.\n\n```{math}\nb\n```\n\n````\n\nafter $c$\n";
    assert_eq!(formulas(note), ["a", "[b]", "c"]);
    assert_eq!(prose(note), ["Text ", ".", "after "]);
}

#[test]
fn prefixes_of_lists_and_quotes_are_no_part_of_a_formula() {
    let text = "1. step\n   $$\n   a\n     + b\n   $$\n   and $c$\n";
    assert_eq!(formulas(text), ["[a\n+ b]", "c"]);
    let text = "> > $$\n> > a\n> > > b\n> > $$\n";
    assert_eq!(formulas(text), ["[a\n> b]"]);
    let text = "> quote $$x\n> = y$$ end";
    let f = first(text);
    assert_eq!(f.extract.text, "x\n= y");
    assert_eq!(&text[f.extract.to_source(2)..], "= y$$ end");
}

#[test]
fn tables_hold_formulas_with_bars() {
    let text = "| a | b |\n|---|---|\n| $P(x\\|y)$ | $|z|$ and $$w$$ |\n";
    assert_eq!(formulas(text), ["P(x|y)", "|z|", "[w]"]);
    let d = doc(text);
    assert!(d.formulas().all(|(_, f)| f.place == Place::TableCell));
    assert_eq!(first(r"the norm $\|x\|$").extract.text, r"\|x\|");
}

#[test]
fn html_comments_entities_links_and_indents_are_handled() {
    assert_eq!(formulas("a <!-- $x$ --> $y$ <a href=\"$z$\">$w$</a>"), ["y", "w"]);
    assert_eq!(formulas("<div>\n$$a$$\nwords\n</div>"), ["[a]"]);
    assert_eq!(prose("<div>\nwords $a$\n</div>"), Vec::<String>::new());
    assert_eq!(formulas("$a &lt; b$"), ["a < b"]);
    assert_eq!(formulas("[t $x$](http://a.b/$c$) ![alt $d$](e.png)"), ["x"]);
    assert_eq!(formulas("text\n\n    $$\n    a\n    $$\n\nmore"), ["[a]"]);
    assert_eq!(formulas("text\n\n    echo $x$ $$\n\nmore $y$"), ["y"]);
    assert_eq!(formulas("if a < b and $c > d$"), ["c > d"]);
    assert_eq!(formulas("<script>\nvar a = '$x$';\n</script>\n\n$y$"), ["y"]);
    assert_eq!(problems("a <!-- b $x$"), ["unclosed-comment"]);
    assert_eq!(formulas("a <!-- b $x$"), ["x"]);
}

#[test]
fn line_ends_and_byte_order_marks_do_no_harm() {
    let text = "\u{feff}# 제목\r\n\r\n값 $$\r\na\r\n\r\n= b\r\n$$\r\n끝 $c$\r\n";
    assert_eq!(formulas(text), ["[a\r\n\r\n= b]", "c"]);
    assert!(matches!(&doc(text).blocks[0], Block::Heading { text, level: 1, .. } if text == "제목"));
    assert_eq!(formulas("\u{feff}```\n$x$\n```\n$y$"), ["y"]);
    assert_eq!(formulas("\u{feff}---\ntitle: $a$\n---\n$b$"), ["b"]);
    assert_eq!(formulas("---\ntitle: $a$\n---\n$b$\n\n---\n\n$c$"), ["b", "c"]);
    assert_eq!(formulas("---\n\n$b$\n\n---\n"), ["b"]);
}

#[test]
fn labels_are_taken_from_every_dialect() {
    let label = |t: &str| first(t).label;
    assert_eq!(label("$$a$$ {#eq-x}\n").as_deref(), Some("eq-x"));
    assert_eq!(label("$$\na\n$$ (eq_x)\n").as_deref(), Some("eq_x"));
    assert_eq!(label("(eq:x)=\n$$\na\n$$\n").as_deref(), Some("eq:x"));
    assert_eq!(label("\\begin{equation}\na \\label{e}\n\\end{equation}").as_deref(), Some("e"));
    assert_eq!(label("$$a$$ (see below)\n"), None);
    assert_eq!(prose("$$a$$ {#eq-x}\nword"), ["\nword"]);
    assert_eq!(prose("(eq:x)=\n$$a$$\n"), Vec::<String>::new());
    assert_eq!(doc("(s)=\n# T\n").sections[1].label.as_deref(), Some("s"));
    assert_eq!(doc("# T {#s}\n").sections[1].label.as_deref(), Some("s"));
}
