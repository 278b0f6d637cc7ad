//! Prints what is made of notes: reading, claim, verdict.
use rederive::{Options, check, message::Lang, source::Source};

fn main() {
    for path in std::env::args().skip(1) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let result = check(Source::new(path.clone(), text), &Options::default());
        println!("=== {path}");
        for j in &result.statements {
            let s = &j.statement;
            let (a, _) = result.source.lines(s.span);
            println!("{a}: [{}] {} {} {}", s.kind.word(), j.judgement.verdict.word(), s.id, s.read);
            if let Some(r) = &j.judgement.reason {
                println!("      {}", r.text(Lang::En));
            }
            for c in &j.judgement.conditions {
                println!("      owes {c}");
            }
            if let Some(c) = &j.judgement.counterexample {
                println!("      at {:?}: {} vs {}", c.at, c.left, c.right);
            }
            for n in &j.judgement.notes {
                println!("      note: {}", n.text(Lang::En));
            }
            if std::env::var_os("UNFOLD").is_some()
                && let Some(c) = &s.claim
            {
                println!("      -> {}", c.unfolded);
                for g in &c.givens {
                    println!("      given {} ({:?})", g.text, g.line);
                }
                if let Some(o) = &c.open {
                    println!("      open: {}", o.text(Lang::En));
                }
            }
        }
        for f in &result.findings {
            println!("FINDING {} {}", result.source.line(f.span.start), f.message.text(Lang::En));
        }
    }
}
