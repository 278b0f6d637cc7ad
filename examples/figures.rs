//! Draws the figures of the lectures: `cargo run --example figures` writes `notes/figures/*.svg`, and the same with
//! Korean words in `notes/ko/figures`.
//!
//! Every number in them is computed by the library or by the formula that the lecture states. The same program gives
//! the same bytes.

use std::fmt::Write as _;
use std::path::Path;

use rederive::checkers::training;

/// A figure: where it goes, and its text.
pub struct Figure {
    /// The file's name.
    pub name: &'static str,
    /// The SVG.
    pub svg: String,
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 380.0;

/// Colours that keep their contrast on a light and on a dark page; the ground is part of the figure.
const STYLE: &str = "\
.f,.i,.l{fill:none}.l{stroke-width:2.2;stroke-linejoin:round}.area{opacity:.3}\
text{font:14px system-ui,-apple-system,'Segoe UI',sans-serif}.s{font-size:12px}.m{text-anchor:middle}.e{text-anchor:end}\
.g{fill:#fff}.f{stroke:#d5dae1}.i{stroke:#1c2128}.t{fill:#1c2128}\
.a{stroke:#0b5cad}.b{stroke:#b3400f}.c{stroke:#2c7a3f}.ta{fill:#0b5cad}.tb{fill:#b3400f}.tc,.area{fill:#2c7a3f}\
@media(prefers-color-scheme:dark){.g{fill:#171b21}.f{stroke:#3b434e}.i{stroke:#e3e8ee}.t{fill:#e3e8ee}\
.a{stroke:#7cb7ff}.b{stroke:#ff9f6e}.c{stroke:#7fd694}.ta{fill:#7cb7ff}.tb{fill:#ff9f6e}.tc,.area{fill:#7fd694}}";

/// The plane of a figure, with axes.
struct Plane {
    x: (f64, f64),
    y: (f64, f64),
    body: String,
}

impl Plane {
    fn new(x: (f64, f64), y: (f64, f64)) -> Plane {
        Plane { x, y, body: String::new() }
    }

    fn at(&self, x: f64, y: f64) -> (f64, f64) {
        let share = |v: f64, (low, high): (f64, f64)| (v - low) / (high - low);
        (64.0 + share(x, self.x) * (WIDTH - 88.0), HEIGHT - 52.0 - share(y, self.y) * (HEIGHT - 84.0))
    }

    fn put(&mut self, text: &str) {
        self.body.push_str(text);
        self.body.push('\n');
    }

    fn line(&mut self, class: &str, points: impl IntoIterator<Item = (f64, f64)>) {
        let path: Vec<String> =
            points.into_iter().map(|(x, y)| self.at(x, y)).map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        self.put(&format!("<polyline class=\"{class}\" points=\"{}\"/>", path.join(" ")));
    }

    fn text(&mut self, class: &str, (x, y): (f64, f64), text: &str) {
        let (x, y) = self.at(x, y);
        self.put(&format!("<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{text}</text>"));
    }

    fn dot(&mut self, class: &str, x: f64, y: f64) {
        let (x, y) = self.at(x, y);
        self.put(&format!("<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.6\"/>"));
    }

    /// Grid lines with their numbers, and what the axes are.
    fn axes(&mut self, columns: &[f64], rows: &[f64], labels: (&str, &str)) {
        let ((left, right), (low, high)) = (self.x, self.y);
        let number = |x: f64| x.to_string().replace('-', "−");
        for x in columns {
            self.line("f", [(*x, low), (*x, high)]);
            let (at, bottom) = self.at(*x, low);
            self.put(&format!("<text class=\"t s m\" x=\"{at:.1}\" y=\"{:.1}\">{}</text>", bottom + 18.0, number(*x)));
        }
        for y in rows {
            self.line(if *y == 0.0 { "i" } else { "f" }, [(left, *y), (right, *y)]);
            let (start, at) = self.at(left, *y);
            self.put(&format!(
                "<text class=\"t s e\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                start - 8.0,
                at + 4.0,
                number(*y)
            ));
        }
        let middle = (64.0 + WIDTH - 24.0) / 2.0;
        self.put(&format!("<text class=\"t m\" x=\"{middle:.1}\" y=\"{:.1}\">{}</text>", HEIGHT - 12.0, labels.0));
        self.put(&format!("<text class=\"t\" x=\"16\" y=\"22\">{}</text>", labels.1));
    }

    fn finished(self, title: &str, about: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
             aria-labelledby=\"title about\">\n<title id=\"title\">{title}</title>\n<desc id=\"about\">{about}</desc>\n\
             <style>{STYLE}</style>\n<rect class=\"g\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"10\"/>\n{}</svg>\n",
            self.body
        )
    }
}

fn sigmoid(s: f64) -> f64 {
    1.0 / (1.0 + (-s).exp())
}

fn steps(low: f64, high: f64, count: u32) -> impl Iterator<Item = f64> {
    (0..=count).map(move |k| low + (high - low) * f64::from(k) / f64::from(count))
}

/// The slopes of both losses in the logit, for a positive case.
fn gradients() -> Figure {
    let mut plane = Plane::new((-8.0, 8.0), (-1.05, 0.15));
    plane.axes(&[-8.0, -4.0, 0.0, 4.0, 8.0], &[-1.0, -0.75, -0.5, -0.25, 0.0], ("logit s", "slope of the loss, y = 1"));
    let squared = |s: f64| 2.0 * (sigmoid(s) - 1.0) * sigmoid(s) * (1.0 - sigmoid(s));
    plane.line("l a", steps(-8.0, 8.0, 160).map(|s| (s, sigmoid(s) - 1.0)));
    plane.line("l b", steps(-8.0, 8.0, 160).map(|s| (s, squared(s))));
    plane.text("ta", (-7.7, -0.9), "cross entropy: σ(s) − 1");
    plane.text("tb", (-7.7, 0.05), "squared error: 2(σ(s) − 1) σ(s) (1 − σ(s))");
    // The steepest place of the squared error: ŷ = 1/3, where the slope is −8/27.
    let steepest = -(2f64.ln());
    plane.dot("tb", steepest, squared(steepest));
    plane.text("t s e", (steepest - 0.3, squared(steepest) - 0.04), "−8/27 at σ(s) = 1/3");
    let svg = plane.finished(
        "Gradients of squared error and cross entropy over the logit",
        "For a positive case the slope of the cross entropy goes from −1 on the far left to 0 on the right; the slope \
         of the squared error is never below −8/27 and vanishes on both sides.",
    );
    Figure { name: "gradients.svg", svg }
}

fn softmax(s: [f64; 3]) -> [f64; 3] {
    let total: f64 = s.iter().map(|x| x.exp()).sum();
    s.map(|x| x.exp() / total)
}

/// Three classes: where softmax takes the multiples of some logits.
fn simplex() -> Figure {
    // One scale for both axes, so that the triangle is equilateral.
    let mut plane = Plane::new((-0.932_5, 0.932_5), (-0.07, 0.93));
    let high = 3f64.sqrt() / 2.0;
    let place = |p: [f64; 3]| (0.5 * (p[1] - p[0]), high * p[2]);
    let corners = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    for k in 1..4 {
        let share = f64::from(k) / 4.0;
        for c in 0..3 {
            let ends = [(c + 1) % 3, (c + 2) % 3].map(|other| {
                let mut p = [0.0; 3];
                p[c] = share;
                p[other] = 1.0 - share;
                place(p)
            });
            plane.line("f", ends);
        }
    }
    plane.line("i", [corners[0], corners[1], corners[2], corners[0]].map(place));
    let directions = [([1.0, 0.0, -1.0], "a"), ([-1.0, 0.0, 1.0], "b"), ([0.0, 1.0, 0.9], "c")];
    for (s, class) in directions {
        let path: Vec<(f64, f64)> = steps(0.0, 8.0, 160).map(|t| place(softmax(s.map(|x| x * t)))).collect();
        plane.line(&format!("l {class}"), path);
        for t in [1.0, 2.0, 4.0, 8.0] {
            let (x, y) = place(softmax(s.map(|v| v * t)));
            plane.dot(&format!("t{class}"), x, y);
        }
    }
    let (x, y) = place([1.0 / 3.0; 3]);
    plane.dot("t", x, y);
    plane.text("t s", (x + 0.02, y - 0.05), "s = 0");
    plane.text("t e", (-0.52, -0.03), "p = (1, 0, 0)");
    plane.text("t", (0.52, -0.03), "(0, 1, 0)");
    plane.text("t m", (0.0, 0.9), "(0, 0, 1)");
    plane.text("ta", (-0.9, 0.62), "s = λ(1, 0, −1)");
    plane.text("tb", (-0.9, 0.70), "s = λ(−1, 0, 1)");
    plane.text("tc", (-0.9, 0.78), "s = λ(0, 1, 0.9)");
    plane.text("t s", (-0.9, 0.54), "dots: λ = 1, 2, 4, 8");
    let svg = plane.finished(
        "Softmax of three logits on the simplex of distributions",
        "Multiples of a logit vector start at the centre of the triangle and move towards the corner of the greatest \
         logit; nearly equal logits move along the line between two corners for a long way.",
    );
    Figure { name: "simplex.svg", svg }
}

/// The cost of each epoch of the run of the training log.
fn cost_curve() -> Figure {
    let costs = training::run::<f64>();
    let mut plane = Plane::new((0.0, 1000.0), (0.0, 1.6));
    plane.axes(&[0.0, 200.0, 400.0, 600.0, 800.0, 1000.0], &[0.0, 0.4, 0.8, 1.2, 1.6], ("epoch", "cost"));
    let curve = costs.iter().enumerate().map(|(epoch, c)| (epoch as f64, c.min(1.6)));
    plane.line("l a", curve);
    for (k, c) in costs.iter().step_by(training::PRINTED_EVERY).enumerate().skip(1) {
        plane.dot("tb", (k * training::PRINTED_EVERY) as f64, *c);
    }
    plane.text("ta", (90.0, 1.4), "cost of every epoch (it starts at 3.25)");
    plane.text("tb", (330.0, 0.72), "the costs that are printed");
    let svg = plane.finished(
        "The cost of the training run, epoch by epoch",
        "Between the printed costs, which fall, the cost swings up and down for hundreds of epochs before it falls \
         steadily.",
    );
    Figure { name: "training.svg", svg }
}

fn normal(x: f64, mean: f64, deviation: f64) -> f64 {
    let z = (x - mean) / deviation;
    (-0.5 * z * z).exp() / (deviation * std::f64::consts::TAU.sqrt())
}

/// The divergence of two densities as an area that lies above the axis everywhere.
fn divergence() -> Figure {
    let (p, q) = (|x: f64| normal(x, -0.5, 0.8), |x: f64| normal(x, 0.7, 1.2));
    let excess = |x: f64| p(x) * (p(x) / q(x)).ln() - p(x) + q(x);
    let mut plane = Plane::new((-4.0, 5.0), (0.0, 0.55));
    let area: Vec<String> = steps(-4.0, 5.0, 180)
        .map(|x| (x, excess(x)))
        .chain([(5.0, 0.0), (-4.0, 0.0)])
        .map(|(x, y)| plane.at(x, y))
        .map(|(x, y)| format!("{x:.1},{y:.1}"))
        .collect();
    plane.axes(&[-4.0, -2.0, 0.0, 2.0, 4.0], &[0.0, 0.1, 0.2, 0.3, 0.4, 0.5], ("x", "density"));
    plane.put(&format!("<polygon class=\"area\" points=\"{}\"/>", area.join(" ")));
    plane.line("l c", steps(-4.0, 5.0, 180).map(|x| (x, excess(x))));
    plane.line("l a", steps(-4.0, 5.0, 180).map(|x| (x, p(x))));
    plane.line("l b", steps(-4.0, 5.0, 180).map(|x| (x, q(x))));
    // By the closed form of two normal densities.
    let exact = (1.2f64 / 0.8).ln() + (0.8f64.powi(2) + 1.2f64.powi(2)) / (2.0 * 1.2f64.powi(2)) - 0.5;
    let mut legend = String::new();
    let _ = write!(legend, "p log(p/q) − p + q ≥ 0; its area is D(p‖q) = {exact:.3}");
    plane.text("ta", (-0.9, 0.515), "p");
    plane.text("tb", (1.5, 0.28), "q");
    plane.text("tc", (0.1, 0.515), &legend);
    let svg = plane.finished(
        "The Kullback–Leibler divergence as an area",
        "Two bell curves p and q, and the curve of p log(p/q) − p + q, which touches the axis where p and q meet and \
         lies above it everywhere else; the area under it is the divergence.",
    );
    Figure { name: "divergence.svg", svg }
}

/// The words of the figures in Korean.
const KOREAN: &[(&str, &str)] = &[
    ("Gradients of squared error and cross entropy over the logit", "로짓에 대한 제곱오차와 교차 엔트로피의 기울기"),
    (
        "For a positive case the slope of the cross entropy goes from −1 on the far left to 0 on the right; the slope of \
         the squared error is never below −8/27 and vanishes on both sides.",
        "양성 예제에서 교차 엔트로피의 기울기는 왼쪽 끝의 −1에서 오른쪽의 0으로 간다. 제곱오차의 기울기는 −8/27보다 작아지지 않고 \
         양쪽에서 사라진다.",
    ),
    ("Softmax of three logits on the simplex of distributions", "분포의 단체(simplex) 위에 그린 세 로짓의 소프트맥스"),
    (
        "Multiples of a logit vector start at the centre of the triangle and move towards the corner of the greatest \
         logit; nearly equal logits move along the line between two corners for a long way.",
        "로짓 벡터의 배수들은 삼각형의 중심에서 출발해 가장 큰 로짓의 꼭짓점으로 간다. 거의 같은 두 로짓은 두 꼭짓점 사이의 \
         직선을 따라 한참 간다.",
    ),
    ("The cost of the training run, epoch by epoch", "학습하는 동안의 비용, 에폭마다"),
    (
        "Between the printed costs, which fall, the cost swings up and down for hundreds of epochs before it falls \
         steadily.",
        "찍힌 비용은 줄어들지만, 그 사이에서 비용은 수백 에폭 동안 오르내리다가 그 뒤에야 꾸준히 줄어든다.",
    ),
    ("The Kullback–Leibler divergence as an area", "넓이로 나타낸 쿨백–라이블러 발산"),
    (
        "Two bell curves p and q, and the curve of p log(p/q) − p + q, which touches the axis where p and q meet and \
         lies above it everywhere else; the area under it is the divergence.",
        "종 모양의 두 곡선 p와 q, 그리고 p log(p/q) − p + q의 곡선. 이 곡선은 p와 q가 만나는 곳에서 축에 닿고 다른 곳에서는 \
         모두 축보다 위에 있다. 그 아래의 넓이가 발산이다.",
    ),
    ("cost of every epoch (it starts at 3.25)", "에폭마다의 비용 (처음 값은 3.25)"),
    ("the costs that are printed", "찍힌 비용"),
    ("cross entropy: σ(s) − 1", "교차 엔트로피: σ(s) − 1"),
    ("squared error: 2(σ(s) − 1)", "제곱오차: 2(σ(s) − 1)"),
    ("−8/27 at σ(s) = 1/3", "σ(s) = 1/3에서 −8/27"),
    ("slope of the loss, y = 1", "손실의 기울기, y = 1"),
    (">logit s<", ">로짓 s<"),
    (">density<", ">밀도<"),
    (">epoch<", ">에폭<"),
    (">cost<", ">비용<"),
    ("dots: λ = 1, 2, 4, 8", "점: λ = 1, 2, 4, 8"),
    ("≥ 0; its area is D(p‖q)", "≥ 0, 넓이는 D(p‖q)"),
];

impl Figure {
    /// The figure with Korean words.
    pub fn korean(self) -> Figure {
        let svg = KOREAN.iter().fold(self.svg, |svg, (english, korean)| svg.replace(english, korean));
        Figure { svg, ..self }
    }
}

/// All figures.
pub fn figures() -> [Figure; 4] {
    [gradients(), simplex(), cost_curve(), divergence()]
}

fn main() -> std::io::Result<()> {
    for (folder, figures) in [("notes/figures", figures()), ("notes/ko/figures", figures().map(Figure::korean))] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        std::fs::create_dir_all(&folder)?;
        for figure in figures {
            std::fs::write(folder.join(figure.name), figure.svg)?;
        }
    }
    Ok(())
}
