use rederive::*;
fn main() {
    for p in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&p).unwrap();
        let doc = read::read(source::Source::new(p.clone(), text));
        let el = elaborate::elaborate(&doc);
        println!("=== {p}: {} formulas", doc.formulas().count());
        for s in &el.statements {
            let (a, _) = doc.source.lines(s.span);
            println!("{a}: [{}] {} {}", s.kind.word(), s.id, s.read);
            if let Some((v, m)) = &s.problem {
                println!("      !! {} {}", v.word(), m.text(message::Lang::En));
            }
            if let Some(c) = &s.claim {
                println!("      -> {}", c.unfolded);
                if let Some(o) = &c.open {
                    println!("      open: {}", o.text(message::Lang::En));
                }
                for g in &c.givens {
                    println!("      given {} (line {:?})", g.text, g.line);
                }
                if !c.known.is_empty() {
                    println!("      known {:?}", c.known);
                }
            }
        }
        for f in &el.findings {
            println!(
                "FINDING {} {} {:?} {:?}",
                doc.source.line(f.span.start),
                f.message.text(message::Lang::En),
                f.help.as_ref().map(|h| h.text(message::Lang::En)),
                f.edit
            );
        }
        for r in &el.remarks {
            println!("REMARK {} {:?}", doc.source.line(r.span.start), r);
        }
    }
}
