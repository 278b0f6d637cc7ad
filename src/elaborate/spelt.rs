//! What the notes spell with several letters: names that they say in words, and segments between the points of a figure.

use crate::notation::line::{Line, lines};
use crate::notation::tex::{Tex, TexKind, parse_with};
use crate::notation::{Spelt, significant};
use crate::read::{Block, Document};

/// Names of several letters, a row each, with words that say them.
const ROWS: &[(&str, &[&str])] = &[
    ("SS", &["sum of squares", "sums of squares", "sum of the squares", "제곱합"]),
    ("SSE", &["sum of squared error", "squared errors", "sum of squares", "제곱합"]),
    ("SSR", &["sum of squares", "sum of squared residuals", "regression sum", "제곱합"]),
    ("SST", &["sum of squares", "제곱합"]),
    ("SSB", &["sum of squares", "제곱합"]),
    ("SSW", &["sum of squares", "제곱합"]),
    ("TSS", &["sum of squares", "제곱합"]),
    ("RSS", &["sum of squares", "squared residuals", "제곱합"]),
    ("ESS", &["sum of squares", "제곱합"]),
    ("MS", &["mean square", "평균제곱", "평균 제곱"]),
    ("MSE", &["mean square", "squared error", "평균제곱", "평균 제곱"]),
    ("MSR", &["mean square", "평균제곱", "평균 제곱"]),
    ("MSB", &["mean square", "평균제곱", "평균 제곱"]),
    ("MSW", &["mean square", "평균제곱", "평균 제곱"]),
    ("RMSE", &["root mean square", "root-mean-square", "평균제곱근", "평균 제곱근"]),
    ("MAE", &["mean absolute error", "절대 오차", "절대오차"]),
    ("df", &["degrees of freedom", "자유도"]),
    ("SE", &["standard error", "표준오차", "표준 오차"]),
    ("SEM", &["standard error", "표준오차", "표준 오차"]),
    ("SD", &["standard deviation", "표준편차", "표준 편차"]),
    ("CV", &["coefficient of variation", "변동계수", "변동 계수"]),
    ("IQR", &["interquartile", "inter-quartile", "사분위"]),
    ("ME", &["margin of error", "오차 한계", "오차한계"]),
    ("MOE", &["margin of error", "오차 한계", "오차한계"]),
    ("CI", &["confidence interval", "신뢰구간", "신뢰 구간"]),
    ("RR", &["relative risk", "risk ratio", "rate ratio", "상대위험", "상대 위험"]),
    ("OR", &["odds ratio", "승산비", "오즈비"]),
    ("LR", &["likelihood ratio", "learning rate", "우도비", "가능도비", "학습률"]),
    ("TP", &["true positive", "진양성", "참 양성"]),
    ("FP", &["false positive", "위양성", "거짓 양성"]),
    ("TN", &["true negative", "진음성", "참 음성"]),
    ("FN", &["false negative", "위음성", "거짓 음성"]),
    ("TPR", &["true positive"]),
    ("FPR", &["false positive"]),
    ("TNR", &["true negative"]),
    ("FNR", &["false negative"]),
    ("PPV", &["predictive value", "예측도"]),
    ("NPV", &["predictive value", "present value", "순현재가치"]),
    ("PV", &["present value", "현재가치", "현재 가치"]),
    ("FV", &["future value", "미래가치", "미래 가치"]),
    ("IG", &["information gain", "정보 이득", "정보이득"]),
    ("EV", &["expected value", "기댓값"]),
    ("KE", &["kinetic energy", "운동 에너지", "운동에너지"]),
    ("PE", &["potential energy", "위치 에너지", "위치에너지"]),
    ("TC", &["total cost", "총비용"]),
    ("TR", &["total revenue", "총수입"]),
    ("MC", &["marginal cost", "한계비용"]),
    ("MR", &["marginal revenue", "한계수입"]),
    ("LHS", &["left-hand side", "left hand side", "left side", "좌변"]),
    ("RHS", &["right-hand side", "right hand side", "right side", "우변"]),
];
/// Letters from which a name of the table is one where it is a whole side, said or not.
const CERTAIN: usize = 3;

/// Words right before the letters of a figure, `quadrilateral $ABCD$`.
const FIGURES: &[&str] = &[
    "triangle",
    "triangles",
    "quadrilateral",
    "parallelogram",
    "trapezoid",
    "trapezium",
    "rectangle",
    "rhombus",
    "square",
    "polygon",
    "pentagon",
    "hexagon",
    "tetrahedron",
    "segment",
    "segments",
    "삼각형",
    "사각형",
    "평행사변형",
    "사다리꼴",
    "마름모",
    "선분",
];
/// Words of notes in which two capitals beside each other are what lies between two points.
const SEGMENTS: &[&str] = &[
    "similar triangles",
    "congruent triangles",
    "directed segment",
    "line segment",
    "cyclic quadrilateral",
    "닮은 삼각형",
    "닮은꼴",
    "선분",
];

/// The names that a document spells with several letters.
pub(super) fn spelt(document: &Document) -> Spelt {
    let text = document.source.text.to_lowercase();
    let mut spelt = Spelt::default();
    let written: Vec<_> = ROWS.iter().filter(|(name, _)| document.source.text.contains(name)).collect();
    for (name, words) in written {
        let said = words.iter().any(|w| text.contains(w));
        let alone = || {
            let mut formulas = document.formulas();
            formulas.any(|(_, f)| stands_alone(&lines(&parse_with(&f.extract.text, &document.macros)), name))
        };
        if said || name.len() >= CERTAIN && alone() {
            spelt.names.insert((*name).to_owned());
        }
    }
    spelt.all_points = SEGMENTS.iter().any(|w| text.contains(w)) && !text.contains("matri") && !text.contains("행렬");
    let mut word = String::new();
    for block in &document.blocks {
        match block {
            Block::Prose(p) => {
                word = p.text.split_whitespace().last().unwrap_or("").to_lowercase();
            }
            Block::Formula(f) => {
                let formula = f.extract.text.trim();
                let marked = formula.strip_prefix("\\triangle");
                let letters = marked.unwrap_or(formula).trim();
                let count = letters.chars().count();
                let capitals = letters.chars().all(|c| c.is_ascii_uppercase());
                if (2..=6).contains(&count) && capitals && (marked.is_some() || FIGURES.contains(&word.as_str())) {
                    spelt.points.extend(letters.chars());
                }
                word.clear();
            }
            _ => word.clear(),
        }
    }
    spelt
}

/// Whether a side of one of the lines is a name and nothing else.
fn stands_alone(lines: &[Line], name: &str) -> bool {
    let letter = |n: &Tex| match n.kind {
        TexKind::Char(c) => Some(c),
        _ => None,
    };
    let alone = |side: &Vec<Tex>| {
        let list = significant(side);
        list.len() == name.chars().count() && list.iter().filter_map(letter).eq(name.chars())
    };
    lines.iter().any(|l| !l.signs.is_empty() && l.sides.iter().any(alone))
}
