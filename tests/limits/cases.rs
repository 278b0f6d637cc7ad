//! What notes from anyone may hold: a row each, a name and the text.

/// A case: its name, and the notes.
pub type Case = (&'static str, fn() -> String);

/// Formulas that ask for more work than there is time.
pub const FORMULAS: &[Case] = &[
    ("fractions in fractions", || display(&nested("\\frac{1}{1+", "x", "}", 10_000, " = x"))),
    ("fractions in numerators", || display(&nested("\\frac{", "x", "}{2}", 10_000, " = x"))),
    ("fractions, 200 deep", || display(&nested("\\frac{1}{1+", "x", "}", 200, " = x"))),
    ("fractions, 60 deep", || display(&nested("\\frac{1}{1+", "x", "}", 60, " > 0"))),
    ("fractions without braces", || display(&format!("{}x = x", "\\frac1".repeat(5_000)))),
    ("longer than what is read", || display(&"x + ".repeat(20_000))),
    ("braces", || display(&nested("{", "x", "}", 15_000, " = x"))),
    ("brackets", || display(&nested("(", "x", ")", 15_000, " = x"))),
    ("stretched brackets", || display(&nested("\\left(", "x", "\\right)", 2_400, " = x"))),
    ("brackets that never close", || display(&format!("{}x = x", "(".repeat(30_000)))),
    ("braces that never close", || display(&format!("{}x = x", "{".repeat(30_000)))),
    ("brackets closed only", || display(&format!("{}x = x", ")".repeat(30_000)))),
    ("bars", || display(&format!("{}x{} = x", "|".repeat(3_000), "|".repeat(3_000)))),
    ("norms", || display(&format!("{}x{} = x", "\\|".repeat(3_000), "\\|".repeat(3_000)))),
    ("roots", || display(&nested("\\sqrt{", "x", "}", 4_000, " = x"))),
    ("roots, 90 deep", || display(&nested("\\sqrt{1+", "x", "}", 90, " > 0"))),
    ("exponents", || display(&nested("x^{", "x", "}", 5_000, " = x"))),
    ("exponents, 40 deep", || display(&nested("x^{", "x", "}", 40, " > 0"))),
    ("subscripts", || display(&nested("x_{", "x", "}", 5_000, " = x"))),
    ("logarithms", || real(&nested("\\log(1+", "e^x", ")", 3_500, " > 0"))),
    ("logarithms, 90 deep", || real(&nested("\\log(1+", "e^x", ")", 90, " > 0"))),
    ("logarithms, 30 deep", || real(&nested("\\log(1+", "e^x", ")", 30, " > 0"))),
    ("logarithms of logarithms", || real(&nested("\\log(", "x", ")", 60, " > 0"))),
    ("exponentials of exponentials", || real(&nested("\\exp(", "x", ")", 60, " > 1"))),
    ("minus signs", || real(&format!("{}x = x", "-".repeat(30_000)))),
    ("signs in turn", || real(&format!("{}x = -x", "-+".repeat(15_000)))),
    ("hats", || display(&nested("\\hat{", "x", "}", 4_000, " = x"))),
    ("text in text", || display(&nested("\\text{", "x", "}", 4_000, " = x"))),
    ("environments", || {
        let (begin, end) = ("\\begin{pmatrix}", "\\end{pmatrix}");
        display(&nested(begin, "x", end, 1_000, " = x"))
    }),
    ("environments that never end", || display(&"\\begin{aligned}".repeat(2_000))),
    ("ends only", || display(&"\\end{aligned}".repeat(2_000))),
    ("power of a power", || display("10^{10^{10}} = 1")),
    ("power of powers", || display("10^{10^{10^{10^{10}}}} > 10^{10^{10^{10}}}")),
    ("power of small base", || display("2^{1000000000} > 3^{500000000}")),
    ("power, negative", || display("2^{-10000000000} > 0")),
    ("modular power", || display("7^{e^{e^{e^{10e}}}} = 1")),
    ("modular power in real", || real("7^{e^{e^{e^{10x}}}} > x")),
    ("tower", || display("e^{e^{e^{e^{e^{e^{e}}}}}} > 1")),
    ("tower against tower", || display("e^{e^{e^{e^{10}}}} - e^{e^{e^{e^{10}}}} = 0")),
    ("long sum", || display("\\sum_{i=1}^{10^{12}} i = 1")),
    ("long sum of squares", || display("\\sum_{i=1}^{10^{12}} \\frac{1}{i^2} < 2")),
    ("long sum with a power as its end", || display("\\sum_{i=1}^{10^{10^{10}}} i > 0")),
    ("long product", || display("\\prod_{i=1}^{10^{12}} (1 + \\frac{1}{i}) = 10^{12} + 1")),
    ("sums in sums", || {
        let sums: String = ["i", "j", "k", "l", "m"].iter().map(|i| format!("\\sum_{{{i}=1}}^{{1000}} ")).collect();
        display(&format!("{sums} \\sin(i j k l m) = 1"))
    }),
    ("sums in sums, 60 deep", || real(&format!("{}x = 1", "\\sum_{i=1}^{3} ".repeat(60)))),
    ("sums with a sum as their end", || display(&nested("\\sum_{i=1}^{", "3", "} i", 60, " = 1"))),
    ("integrals in integrals", || real(&format!("{} e^{{x^2}} {} = 1", "\\int_0^1 ".repeat(40), "dx ".repeat(40)))),
    ("factorial", || display("(10^9)! = 1")),
    ("factorial of a factorial", || display("((10!)!)! > 1")),
    ("factorials", || display(&format!("5{} = 1", "!".repeat(1_000)))),
    ("binomial", || display("\\binom{10^9}{5 \\cdot 10^8} = 1")),
    ("gamma", || display("\\Gamma(10^{10}) > 1")),
    ("large number", || display(&format!("{} = 1", "9".repeat(30_000)))),
    ("large number squared", || display(&format!("{0}^2 = {0} \\cdot {0}", "9".repeat(10_000)))),
    ("long decimal", || display(&format!("0.{} < 1", "3".repeat(30_000)))),
    ("large fractions", || {
        let terms: Vec<String> =
            (0..400).map(|i| format!("\\frac{{{}}}{{{}}}", 10_000_019 + i, 9_999_991 + 2 * i)).collect();
        display(&format!("{} = 1", terms.join(" + ")))
    }),
    ("small decimals multiplied", || display(&format!("{} > 0", vec!["0.000000001"; 2_000].join(" \\cdot ")))),
    ("power to expand", || real("(x + 1)^{1000000} = x^{1000000}")),
    ("power to expand, many symbols", || {
        let sum = letters().join(" + ");
        display(&format!("({sum})^{{20}} = ({sum})^{{19}} ({sum})"))
    }),
    ("product to expand", || {
        let product: String = (1..400).map(|i| format!("(x + {i})")).collect();
        real(&format!("{product} = x^{{399}}"))
    }),
    ("product to expand, many symbols", || {
        let product: String = letters().iter().map(|a| format!("({a} + \\frac{{1}}{{{a}}})")).collect();
        display(&format!("{product} > 0"))
    }),
    ("product of sums of exponentials", || {
        let product: String = (1..60).map(|i| format!("(e^{{{i}x}} + e^{{-{i}x}} + {i})")).collect();
        real(&format!("{product} > x"))
    }),
    ("squares nested", || real(&nested("(", "x", "+1)^2", 60, " > 0"))),
    ("squares nested with a difference", || real(&nested("(", "x", "-\\frac{1}{3})^2", 24, " \\geq 0"))),
    ("unknown symbols", || display(&format!("{} = 0", many(3_300, |i| format!("x_{{{i}}}")).join("+")))),
    ("unknown symbols in a product", || display(&format!("{} = 0", many(3_300, |i| format!("x_{{{i}}} ")).concat()))),
    ("long sum of terms", || real(&format!("{} = 0", many(4_000, |i| format!("{i}x")).join("+")))),
    ("long sum of sines", || real(&format!("{} > 0", many(2_000, |i| format!("\\sin({i}x)")).join("+")))),
    ("long sum of exponentials", || real(&format!("{} > 0", many(3_000, |i| format!("e^{{{i}x}}")).join("-")))),
    ("long chain", || real(&vec!["x"; 4_000].join(" = "))),
    ("long chain of inequalities", || real(&many(2_500, |i| format!("x + {i}")).join(" < "))),
    ("wide matrix", || display(&format!("\\begin{{pmatrix}}{}\\end{{pmatrix}} = 0", vec!["1"; 15_000].join("&")))),
    ("wide matrix, a million columns", || {
        display(&format!("\\begin{{pmatrix}}{}\\end{{pmatrix}} = 0", vec!["1"; 1_000_000].join("&")))
    }),
    ("tall matrix", || display(&format!("\\begin{{pmatrix}}{}\\end{{pmatrix}} = 0", vec!["1"; 10_000].join("\\\\")))),
    ("square matrix to a power", || {
        let rows = many(60, |i| many(60, |j| format!("{}", i * j % 7)).join("&")).join("\\\\");
        display(&format!("\\begin{{pmatrix}}{rows}\\end{{pmatrix}}^{{100}} = 0"))
    }),
    ("determinant", || {
        let rows = many(36, |i| many(36, |j| format!("x_{{{i},{j}}}")).join("&")).join("\\\\");
        display(&format!("\\det \\begin{{pmatrix}}{rows}\\end{{pmatrix}} = 0"))
    }),
    ("inverse", || {
        let rows = many(36, |i| many(36, |j| format!("{}", (i * i + j) % 11)).join("&")).join("\\\\");
        display(&format!("\\begin{{pmatrix}}{rows}\\end{{pmatrix}}^{{-1}} = 0"))
    }),
    ("column specification", || display(&format!("\\begin{{array}}{{{}}} 1 \\end{{array}} = 0", "c".repeat(30_000)))),
    ("column specification, repeated", || display("\\begin{array}{*{1000000000}{c}} 1 \\end{array} = 0")),
    ("aligned lines", || {
        let lines = many(1_500, |i| format!("x &= {i} - {i} + x"));
        real(&format!("\\begin{{aligned}}\n{}\n\\end{{aligned}}", lines.join(" \\\\\n")))
    }),
    ("aligned lines, wrong", || {
        let lines = many(400, |i| format!("x &= {i} + x"));
        real(&format!("\\begin{{aligned}}\n{}\n\\end{{aligned}}", lines.join(" \\\\\n")))
    }),
    ("cases", || {
        let rows = many(2_000, |i| format!("{i} & x > {i}"));
        real(&format!("f(x) = \\begin{{cases}}{}\\end{{cases}}", rows.join("\\\\")))
    }),
    ("derivatives of derivatives", || real(&format!("{} \\sin(e^{{x^2}}) = 0", "\\frac{d}{dx} ".repeat(40)))),
    ("derivative of a high order", || real("\\frac{d^{1000000}}{dx^{1000000}} e^{x^2} = 0")),
    ("derivative of nested functions", || {
        real(&format!("\\frac{{d}}{{dx}} {} = 0", nested("\\sin(x + ", "x", ")", 80, "")))
    }),
    ("second derivative of nested functions", || {
        real(&format!("\\frac{{d^2}}{{dx^2}} {} = 0", nested("\\sin(x e^{x} + ", "x", ")", 20, "")))
    }),
    ("limit", || real("\\lim_{x \\to \\infty} e^{e^{e^{e^x}}} - x^{x^{x^x}} = 0")),
    ("maximum of many", || display(&format!("\\max({}) = 1", many(3_300, |i| format!("x_{{{i}}}")).join(",")))),
    ("set of many", || display(&format!("1 \\in \\{{{}\\}}", many(5_000, |i| i.to_string()).join(",")))),
    ("quantifiers", || {
        display(&format!("{} x_1 = 1", many(500, |i| format!("\\forall x_{{{i}}} \\in \\mathbb{{R}}: ")).concat()))
    }),
    ("implications", || real(&vec!["x > 0"; 2_000].join(" \\Rightarrow "))),
    ("equivalences", || real(&many(300, |i| format!("x + {i} > {i}")).join(" \\Leftrightarrow "))),
    ("conjunctions", || real(&vec!["x > 0"; 1_000].join(" \\land "))),
    ("plus or minus", || real(&format!("{} = 0", "\\pm x ".repeat(60)))),
    ("readings", || display(&format!("{} = 0", "f(x)(y) ".repeat(2_000)))),
    ("primes", || display(&format!("f{}(x) = 0", "'".repeat(10_000)))),
    ("macros that double", || {
        let first = "\\newcommand{\\a}{x + x}".to_owned();
        let double = |pair: &[u8]| match pair {
            [b, c] => format!("\\newcommand{{\\{1}}}{{\\{0} + \\{0}}}", char::from(*b), char::from(*c)),
            _ => String::new(),
        };
        let more: String = (b'a'..=b'z').collect::<Vec<u8>>().windows(2).map(double).collect();
        display(&format!("{first}{more} \\z = 0"))
    }),
    ("macros that call themselves", || display("\\newcommand{\\a}{\\a\\a} \\a = 0")),
    ("macros that call each other", || display("\\newcommand{\\a}{\\b\\b}\\newcommand{\\b}{\\a\\a} \\a = 0")),
    ("macros with arguments that double", || {
        display(&format!("\\newcommand{{\\d}}[1]{{#1 #1}} {} = 0", nested("\\d{", "x", "}", 40, "")))
    }),
    ("macros that are many", || {
        let name =
            |i: usize| format!("\\m{}", i.to_string().bytes().map(|d| (d - b'0' + b'a') as char).collect::<String>());
        display(&many(2_000, |i| format!("\\newcommand{{{}}}{{x}}", name(i))).concat())
    }),
];

/// Documents that are large, or that are nested in Markdown.
pub const DOCUMENTS: &[Case] = &[
    ("too large, one line", || "x = x ".repeat(50 << 20 >> 2)),
    ("too large, many lines", || "$x = x$\n".repeat(50 << 17)),
    ("dollars", || "$".repeat(MOST)),
    ("dollars with spaces", || "$ ".repeat(MOST / 2)),
    ("dollars on lines", || "$\n".repeat(MOST / 2)),
    ("dollars in pairs on lines", || "$$\n".repeat(MOST / 3)),
    ("dollars in pairs and blank lines", || "$$\n\n".repeat(MOST / 4)),
    ("a formula that never ends", || format!("$${}", "x + ".repeat(MOST / 4 - 1))),
    ("a formula that never ends, lines", || format!("$$\n{}", "x + y\n".repeat(MOST / 6 - 1))),
    ("a formula that never ends, paragraphs", || format!("$$\n{}", "x + y\n\n".repeat(MOST / 7 - 1))),
    ("brackets that open", || "\\[ ".repeat(MOST / 3)),
    ("brackets that open, lines", || "\\[\n\n".repeat(MOST / 4)),
    ("inline brackets that open", || "\\( ".repeat(MOST / 3)),
    ("backticks", || "`".repeat(MOST)),
    ("backticks, growing", || many(2_000, |i| "`".repeat(i)).join(" ")),
    ("fences", || "```\n".repeat(MOST / 4)),
    ("fences of mathematics", || "```math\n".repeat(MOST / 8)),
    ("comments that never end", || "<!-- ".repeat(MOST / 5)),
    ("annotations that never end", || "<!-- rederive let: x ".repeat(MOST / 21)),
    ("annotations", || "<!-- rederive let: x \\in \\mathbb{R} -->\n".repeat(2_000)),
    ("annotations that are misspelt", || "<!-- rederive lett: x -->\n".repeat(10_000)),
    ("an annotation of many clauses", || {
        format!("<!-- rederive let: {} -->\n\n$$x = x$$\n", vec!["x > 0"; 10_000].join(", "))
    }),
    ("quotes", || format!("{}$$x = x$$\n", "> ".repeat(100_000))),
    ("quotes, growing", || many(1_000, |i| format!("{} $x = x$\n", ">".repeat(i))).concat()),
    ("lists", || many(1_000, |i| format!("{}- $x = x$\n", "  ".repeat(i))).concat()),
    ("lists on one line", || format!("{}$x = x$\n", "- ".repeat(100_000))),
    ("numbered lists on one line", || format!("{}$x = x$\n", "1. ".repeat(100_000))),
    ("emphasis", || "*a **a ".repeat(MOST / 7)),
    ("emphasis, underscores", || "_a __a ".repeat(MOST / 7)),
    ("links", || "[".repeat(1_000_000)),
    ("links, targets", || "[a](".repeat(MOST / 4)),
    ("images", || "![a](b".repeat(MOST / 7)),
    ("references", || many(50_000, |i| format!("[a{i}]: b\n")).concat()),
    ("references that are used", || format!("[a]: b\n\n{}", "[a] ".repeat(300_000))),
    ("footnotes", || many(20_000, |i| format!("a[^{i}]\n\n[^{i}]: b\n\n")).concat()),
    ("headings", || "# a\n".repeat(100_000)),
    ("headings, the same", || "# a\n\n$x$\n\n".repeat(5_000)),
    ("tables", || format!("|{}\n|{}\n{}", "a|".repeat(1_000), "-|".repeat(1_000), "|x|\n".repeat(5_000))),
    ("tags", || "<a ".repeat(500_000)),
    ("tags, nested", || "<div>\n".repeat(100_000)),
    ("entities", || "&amp;&#0;&#x110000;".repeat(100_000)),
    ("front matter that never ends", || format!("---\n{}", "a: b\n".repeat(500_000))),
    ("control characters", || "\u{0}\u{1b}[31m\u{202e}\u{feff} $x = x$ ".repeat(2_000)),
    ("carriage returns", || "$$\rx = x\r$$\r".repeat(300)),
    ("blank lines", || "\n".repeat(MOST)),
    ("spaces", || " ".repeat(MOST)),
    ("one word", || "a".repeat(MOST)),
    ("words", || "if x, for all ".repeat(MOST / 14)),
    ("escapes", || "\\".repeat(MOST)),
    ("symbols that nothing introduces", || many(2_000, |i| format!("$y_{{{i}}} = a_{{{i}}} + b$\n\n")).concat()),
    ("definitions of one symbol", || many(400, |i| format!("$$a = {i}$$\n\n")).concat()),
    ("definitions in definitions", || {
        let chain = many(200, |i| format!("$$a_{{{}}} := a_{{{i}}} + a_{{{i}}}$$\n\n", i + 1)).concat();
        format!("$$a_{{0}} := 1$$\n\n{chain}$$a_{{200}} = 2$$\n")
    }),
    ("definitions in definitions, letters", || {
        let l = letters();
        let chain: String = l.windows(2).map(|w| format!("$${} := {} \\cdot {} + 1$$\n\n", w[1], w[0], w[0])).collect();
        format!("Let $x > 0$.\n\n$$a := x + 1$$\n\n{chain}$$z > 0$$\n")
    }),
    ("definitions in a circle", || "$$a := b + 1$$\n\n$$b := a + 1$$\n\n$$a > b$$\n".to_owned()),
    ("macros that are used much", || {
        format!("$\\newcommand{{\\a}}{{x}}$\n\n{}", "$\\a\\a\\a\\a = \\a$ and ".repeat(300))
    }),
];

/// A megabyte: a book. Time is linear in what lies between this and what is read at most.
const MOST: usize = 1 << 20;

/// A claim about a real number.
fn real(latex: &str) -> String {
    format!("For all real $x$:\n\n$$\n{latex}\n$$\n")
}

fn display(latex: &str) -> String {
    format!("$$\n{latex}\n$$\n")
}

fn nested(before: &str, inner: &str, after: &str, depth: usize, rest: &str) -> String {
    format!("{}{inner}{}{rest}", before.repeat(depth), after.repeat(depth))
}

fn many(count: usize, row: impl Fn(usize) -> String) -> Vec<String> {
    (0..count).map(row).collect()
}

/// The letters that are no constants.
fn letters() -> Vec<String> {
    ('a'..='z').filter(|c| !matches!(c, 'd' | 'e' | 'i')).map(String::from).collect()
}
