use super::sample::sample;
use crate::report::{Run, report};

#[test]
fn zz_write() {
    let d = [sample()];
    for a in report(&Run::new(&d)).unwrap() {
        std::fs::write(format!("/tmp/sample/{}", a.name), a.content).unwrap();
    }
}
