//! Symbols: command → character and class.

use std::sync::LazyLock;

use crate::expr::Memo;

use super::tree::{Tex, TexKind};

/// How a symbol stands to its neighbours (Knuth, The TeXbook, chapter 17), with TeX's operators told apart by where
/// their limits stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A letter, a number, anything without spaces of its own.
    Ordinary,
    /// A large operator with limits above and below: `∑`.
    Operator,
    /// A large operator with limits at its side: `∫`.
    Integral,
    /// A named function: `log`.
    Function,
    /// A named function with limits below: `max`.
    Limits,
    /// A binary operation: `+`.
    Binary,
    /// A relation or an arrow: `=`.
    Relation,
    /// An opening delimiter.
    Open,
    /// A closing delimiter.
    Close,
    /// A delimiter that opens and closes: `‖`.
    Fence,
    /// Punctuation.
    Punctuation,
    /// Dots, fractions, delimited parts.
    Inner,
    /// A space, a label: no symbol.
    Nothing,
}

/// What a command without arguments shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Its character; for functions the name.
    pub text: &'static str,
    /// Its class.
    pub class: Class,
}

/// Command and character in turn, by class.
const SYMBOLS: &[(Class, &str)] = &[
    (
        Class::Ordinary,
        "alpha α  beta β  gamma γ  delta δ  epsilon ϵ  varepsilon ε  zeta ζ  eta η  theta θ  vartheta ϑ  iota ι \
         kappa κ  varkappa ϰ  lambda λ  mu μ  nu ν  xi ξ  omicron ο  pi π  varpi ϖ  rho ρ  varrho ϱ  sigma σ \
         varsigma ς  tau τ  upsilon υ  phi ϕ  varphi φ  chi χ  psi ψ  omega ω  digamma ϝ  Gamma Γ  Delta Δ \
         Theta Θ  Lambda Λ  Xi Ξ  Pi Π  Sigma Σ  Upsilon Υ  Phi Φ  Psi Ψ  Omega Ω  varGamma Γ  varDelta Δ \
         varTheta Θ  varLambda Λ  varXi Ξ  varPi Π  varSigma Σ  varPhi Φ  varPsi Ψ  varOmega Ω  infty ∞ \
         partial ∂  nabla ∇  hbar ℏ  hslash ℏ  ell ℓ  wp ℘  Re ℜ  Im ℑ  aleph ℵ  beth ℶ  gimel ℷ  imath ı \
         jmath ȷ  emptyset ∅  varnothing ∅  forall ∀  exists ∃  nexists ∄  neg ¬  lnot ¬  top ⊤  bot ⊥  angle ∠ \
         measuredangle ∡  triangle △  square □  Box □  blacksquare ■  Diamond ◊  lozenge ◊  clubsuit ♣ \
         diamondsuit ♢  heartsuit ♡  spadesuit ♠  flat ♭  natural ♮  sharp ♯  prime ′  backprime ‵ \
         complement ∁  eth ð  mho ℧  degree °  checkmark ✓  dag †  ddag ‡  S §  P ¶  copyright ©  pounds £ \
         yen ¥  euro €  Finv Ⅎ  Bbbk 𝕜  surd √  diagup ╱  diagdown ╲  bigstar ★  AA Å  % %  $ $  # #  & &  _ _ \
         @ @  QED ∎  textbackslash \\  i ı",
    ),
    (
        Class::Binary,
        "pm ±  mp ∓  times ×  div ÷  cdot ⋅  ast ∗  star ⋆  circ ∘  bullet ∙  cap ∩  cup ∪  uplus ⊎  sqcap ⊓ \
         sqcup ⊔  vee ∨  lor ∨  wedge ∧  land ∧  setminus ∖  smallsetminus ∖  wr ≀  amalg ⨿  oplus ⊕  ominus ⊖ \
         otimes ⊗  oslash ⊘  odot ⊙  boxplus ⊞  boxminus ⊟  boxtimes ⊠  boxdot ⊡  dagger †  ddagger ‡ \
         diamond ⋄  bigtriangleup △  bigtriangledown ▽  triangleleft ◁  triangleright ▷  lhd ⊲  rhd ⊳ \
         bigcirc ◯  ltimes ⋉  rtimes ⋊  intercal ⊺  veebar ⊻  barwedge ⊼  dotplus ∔  divideontimes ⋇ \
         circledast ⊛  circledcirc ⊚  circleddash ⊝  Cap ⋒  Cup ⋓  curlyvee ⋎  curlywedge ⋏  centerdot ⋅ \
         leftthreetimes ⋋  rightthreetimes ⋌  * ∗  bmod mod  mod mod",
    ),
    (
        Class::Relation,
        "leq ≤  le ≤  leqslant ⩽  leqq ≦  geq ≥  ge ≥  geqslant ⩾  geqq ≧  lt <  gt >  neq ≠  ne ≠  ll ≪  gg ≫ \
         lll ⋘  ggg ⋙  equiv ≡  sim ∼  simeq ≃  approx ≈  approxeq ≊  cong ≅  propto ∝  varpropto ∝  asymp ≍ \
         doteq ≐  doteqdot ≑  triangleq ≜  coloneqq ≔  coloneq ≔  eqqcolon ≕  colonequals ≔  vcentcolon : \
         eqsim ≂  thicksim ∼  backsim ∽  bumpeq ≏  circeq ≗  lesssim ≲  gtrsim ≳  lessapprox ⪅  gtrapprox ⪆ \
         lessgtr ≶  gtrless ≷  nless ≮  ngtr ≯  nleq ≰  ngeq ≱  lneq ⪇  gneq ⪈  lneqq ≨  gneqq ≩  ncong ≇ \
         nsim ≁  prec ≺  succ ≻  preceq ⪯  succeq ⪰  preccurlyeq ≼  succcurlyeq ≽  precsim ≾  succsim ≿ \
         nprec ⊀  nsucc ⊁  in ∈  ni ∋  owns ∋  notin ∉  subset ⊂  supset ⊃  subseteq ⊆  supseteq ⊇  subsetneq ⊊ \
         supsetneq ⊋  nsubseteq ⊈  nsupseteq ⊉  Subset ⋐  Supset ⋑  sqsubset ⊏  sqsupset ⊐  sqsubseteq ⊑ \
         sqsupseteq ⊒  mid ∣  nmid ∤  shortmid ∣  parallel ∥  nparallel ∦  shortparallel ∥  perp ⟂  vdash ⊢ \
         dashv ⊣  models ⊨  vDash ⊨  Vdash ⊩  Vvdash ⊪  smile ⌣  frown ⌢  bowtie ⋈  Join ⋈  between ≬ \
         pitchfork ⋔  therefore ∴  because ∵  unlhd ⊴  unrhd ⊵  trianglelefteq ⊴  trianglerighteq ⊵ \
         vartriangleleft ⊲  vartriangleright ⊳  to →  rightarrow →  gets ←  leftarrow ←  leftrightarrow ↔ \
         Rightarrow ⇒  Leftarrow ⇐  Leftrightarrow ⇔  iff ⟺  implies ⟹  impliedby ⟸  longrightarrow ⟶ \
         longleftarrow ⟵  longleftrightarrow ⟷  Longrightarrow ⟹  Longleftarrow ⟸  Longleftrightarrow ⟺ \
         mapsto ↦  longmapsto ⟼  hookrightarrow ↪  hookleftarrow ↩  rightharpoonup ⇀  rightharpoondown ⇁ \
         leftharpoonup ↼  leftharpoondown ↽  rightleftharpoons ⇌  leftrightharpoons ⇋  leadsto ⇝ \
         rightsquigarrow ⇝  leftrightsquigarrow ↭  nearrow ↗  searrow ↘  swarrow ↙  nwarrow ↖ \
         twoheadrightarrow ↠  twoheadleftarrow ↞  rightarrowtail ↣  nrightarrow ↛  nleftarrow ↚  nRightarrow ⇏ \
         nLeftarrow ⇍  nleftrightarrow ↮  nLeftrightarrow ⇎  rightrightarrows ⇉  leftleftarrows ⇇ \
         leftrightarrows ⇆  rightleftarrows ⇄  upuparrows ⇈  downdownarrows ⇊  dashrightarrow ⇢ \
         dashleftarrow ⇠  curvearrowright ↷  curvearrowleft ↶  circlearrowright ↻  circlearrowleft ↺ \
         multimap ⊸  Lsh ↰  Rsh ↱  Rrightarrow ⇛  Lleftarrow ⇚  uparrow ↑  downarrow ↓  updownarrow ↕ \
         Uparrow ⇑  Downarrow ⇓  Updownarrow ⇕",
    ),
    (
        Class::Operator,
        "sum ∑  prod ∏  coprod ∐  bigcup ⋃  bigcap ⋂  bigvee ⋁  bigwedge ⋀  bigoplus ⨁  bigotimes ⨂  bigodot ⨀ \
         biguplus ⨄  bigsqcup ⨆",
    ),
    (Class::Integral, "int ∫  iint ∬  iiint ∭  oint ∮  oiint ∯  smallint ∫  intop ∫"),
    (
        Class::Function,
        "log log  ln ln  lg lg  exp exp  sin sin  cos cos  tan tan  cot cot  sec sec  csc csc  arcsin arcsin \
         arccos arccos  arctan arctan  sinh sinh  cosh cosh  tanh tanh  coth coth  arg arg  deg deg  dim dim \
         hom hom  ker ker",
    ),
    (
        Class::Limits,
        "lim lim  limsup lim\u{2009}sup  liminf lim\u{2009}inf  max max  min min  sup sup  inf inf  det det \
         gcd gcd  lcm lcm  Pr Pr  argmax arg\u{2009}max  argmin arg\u{2009}min  injlim inj\u{2009}lim \
         projlim proj\u{2009}lim",
    ),
    (
        Class::Open,
        "{ {  lbrace {  lbrack [  langle ⟨  lceil ⌈  lfloor ⌊  lvert |  lVert ‖  lgroup ⟮  lmoustache ⎰ \
         ulcorner ┌  llcorner └  llbracket ⟦",
    ),
    (
        Class::Close,
        "} }  rbrace }  rbrack ]  rangle ⟩  rceil ⌉  rfloor ⌋  rvert |  rVert ‖  rgroup ⟯  rmoustache ⎱ \
         urcorner ┐  lrcorner ┘  rrbracket ⟧",
    ),
    (Class::Fence, "| ‖  Vert ‖  vert |  backslash \\"),
    (Class::Punctuation, "colon :"),
    (
        Class::Inner,
        "ldots …  dots …  dotsc …  dotso …  dotsb ⋯  dotsm ⋯  dotsi ⋯  cdots ⋯  vdots ⋮  ddots ⋱  iddots ⋰ \
         mathellipsis …  textellipsis …",
    ),
];

static TABLE: LazyLock<Memo<&'static str, Symbol>> = LazyLock::new(|| {
    let mut table = Memo::default();
    for &(class, rows) in SYMBOLS {
        // A thin space inside a name (`lim sup`) is no separator.
        let mut parts = rows.split_ascii_whitespace();
        while let (Some(name), Some(text)) = (parts.next(), parts.next()) {
            table.insert(name, Symbol { text, class });
        }
    }
    table
});

/// The symbol of a command (its name without backslash); `None` for an unknown one.
pub fn symbol(name: &str) -> Option<Symbol> {
    TABLE.get(name).copied()
}

/// The class of a character that stands for itself.
pub fn char_class(c: char) -> Class {
    match c {
        '+' | '-' | '−' | '*' | '/' | '±' | '∓' | '×' | '÷' | '·' | '⋅' | '∗' | '∘' | '∙' | '•' | '⊕' | '⊖' | '⊗'
        | '⊙' | '∪' | '∩' | '∧' | '∨' | '∖' => Class::Binary,
        '=' | '<' | '>' | ':' | '≔' | '≤' | '≥' | '≠' | '≈' | '≡' | '∼' | '∝' | '∈' | '∉' | '∋' | '⊂' | '⊃' | '⊆'
        | '⊇' | '≪' | '≫' | '≺' | '≻' | '⪯' | '⪰' | '∣' | '∥' | '⊥' | '⟂' | '≃' | '≅' | '≜' | '⊢' | '⊨' | '∴' | '∵' => {
            Class::Relation
        }
        '←'..='⇿' | '⟰'..='⟿' => Class::Relation,
        '(' | '[' | '⟨' | '⌈' | '⌊' | '⟦' => Class::Open,
        ')' | ']' | '⟩' | '⌉' | '⌋' | '⟧' | '!' | '?' => Class::Close,
        '|' | '‖' => Class::Fence,
        ',' | ';' => Class::Punctuation,
        '∑' | '∏' | '∐' | '⋃' | '⋂' => Class::Operator,
        '∫'..='∳' => Class::Integral,
        '…' | '⋯' | '⋮' | '⋱' => Class::Inner,
        _ => Class::Ordinary,
    }
}

/// The class of a node; scripts have the class of their base.
pub fn class_of(node: &Tex) -> Class {
    match &node.kind {
        TexKind::Char(c) => char_class(*c),
        TexKind::Command(name) => match symbol(name) {
            Some(found) => found.class,
            None if name.starts_with("not") || name.starts_with("middle") => Class::Relation,
            None => Class::Ordinary,
        },
        TexKind::Script { base, .. } => class_of(base),
        TexKind::Call { name, args, .. } => match (name.as_str(), args.last()) {
            ("operatorname", _) => Class::Function,
            ("operatorname*" | "operatornamewithlimits" | "mathop", _) => Class::Limits,
            ("mathrel" | "xrightarrow" | "xleftarrow" | "xRightarrow" | "xmapsto" | "xlongequal", _) => Class::Relation,
            ("mathbin", _) => Class::Binary,
            ("mathopen", _) => Class::Open,
            ("mathclose", _) => Class::Close,
            ("mathpunct", _) => Class::Punctuation,
            ("overset" | "underset" | "stackrel", Some(base)) => match base.list() {
                [one] => class_of(one),
                _ => Class::Ordinary,
            },
            ("frac" | "dfrac" | "tfrac" | "cfrac" | "binom" | "dbinom" | "tbinom", _) => Class::Inner,
            _ => Class::Ordinary,
        },
        TexKind::Fenced { .. } => Class::Inner,
        TexKind::Break | TexKind::Align | TexKind::Space(_) | TexKind::Label { .. } | TexKind::Error(_) => {
            Class::Nothing
        }
        TexKind::Group(_) | TexKind::Number(_) | TexKind::Text(_) | TexKind::Env { .. } => Class::Ordinary,
    }
}

#[cfg(test)]
mod tests {
    use super::super::commands::role;
    use super::*;

    #[test]
    fn a_symbol_has_one_row_and_takes_no_arguments() {
        let parts: usize = SYMBOLS.iter().map(|s| s.1.split_ascii_whitespace().count()).sum();
        assert_eq!(TABLE.len() * 2, parts);
        assert!(TABLE.len() > 400);
        for name in TABLE.keys() {
            assert!(role(name).is_none(), "{name}");
        }
    }

    #[test]
    fn a_symbol_and_its_character_are_of_one_class() {
        for name in ["leq", "in", "to", "pm", "langle", "rangle", "sum", "int", "cdots", "times", "alpha"] {
            let found = symbol(name).unwrap();
            assert_eq!(char_class(found.text.chars().next().unwrap()), found.class, "{name}");
        }
    }
}
