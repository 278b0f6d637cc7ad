use rederive::{Options, check, source::Source};
fn main() {
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let r = check(Source::new("k.md", text), &Options { repairs: false, ..Options::default() });
    for j in &r.statements {
        if let Some((a, b)) = &j.statement.sides {
            println!("{} :: {a} == {b}\n   L {:?}\n   R {:?}", j.statement.id, a.node(), b.node());
        }
    }
}
