//! temp
pub mod solve {
    use crate::expr::Expr;
    pub fn isolate(_: &Expr, _: &Expr, _: &Expr) -> Option<Expr> {
        None
    }
}
