//! Logistic regression: posteriors, Gaussian classes, convexity; Taylor polynomials.

use super::{ALL, Case, NONE};

const CLASSES: &str = r"<!-- rederive let: P(X \mid Y_1) > 0, P(X \mid Y_2) > 0, P(Y_1) > 0, P(Y_2) > 0 -->

$$P(Y_1 \mid X) = \frac{P(X \mid Y_1) P(Y_1)}{P(X \mid Y_1) P(Y_1) + P(X \mid Y_2) P(Y_2)}$$

$$a = \ln \frac{P(X \mid Y_1) P(Y_1)}{P(X \mid Y_2) P(Y_2)}$$
";

const GAUSSIAN: &str = r"<!-- rederive let: \mu_1 \in \mathbb{R}^d, \mu_2 \in \mathbb{R}^d, x \in \mathbb{R}^d, \Sigma positive definite, \pi_1 > 0, \pi_2 > 0 -->
";

const TWO_GAUSSIANS: &str = r"<!-- rederive let: \mu_1 \in \mathbb{R}^d, \mu_2 \in \mathbb{R}^d, x \in \mathbb{R}^d, A \in \mathbb{R}^{d \times d}, B \in \mathbb{R}^{d \times d}, A positive definite, B positive definite -->

The precisions are $A^{-1}$ and $B^{-1}$.

$$c = -\frac{1}{2} (x - \mu_1)^T A^{-1} (x - \mu_1) + \frac{1}{2} (x - \mu_2)^T B^{-1} (x - \mu_2)$$
";

const DATA: &str = r"<!-- rederive let: w \in \mathbb{R}^d, v \in \mathbb{R}^d, x_n \in \mathbb{R}^d, t_n \in \{0, 1\}, \tau \in \mathbb{R}, \lambda \in (0, 1) -->

$$L(w) = -\sum_{n=1}^{N} \left( t_n \log \sigma(w^T x_n) + (1 - t_n) \log (1 - \sigma(w^T x_n)) \right)$$
";

pub(super) const CASES: &[Case] = &[
    Case {
        checker: "softmax_hessian_diagonal",
        preamble: super::classification::SOFTMAX,
        display: r"$$\frac{\partial^2 L}{\partial s_j^2} = p_j (1 - p_j)$$",
        planted: &[("1 - p_j", "1 + p_j"), ("= p_j", "= ")],
        sizes: ALL,
    },
    Case {
        checker: "bce_weight_gradient",
        preamble: r"<!-- rederive let: w \in \mathbb{R}^d, x \in \mathbb{R}^d, y \in \{0, 1\} -->

$$p = \sigma(w^T x), \qquad L = -y \log p - (1 - y) \log (1 - p)$$
",
        display: r"$$\frac{\partial L}{\partial w_j} = (p - y) x_j$$",
        planted: &[("p - y", "y - p"), ("x_j", "x_1"), ("(p - y)", "p")],
        sizes: ALL,
    },
    Case {
        checker: "logistic_two_columns",
        preamble: r"<!-- rederive let: \mathbf{w}_1 \in \mathbb{R}^d, \mathbf{w}_2 \in \mathbb{R}^d, \mathbf{x} \in \mathbb{R}^d -->
",
        display: r"$$\frac{e^{\mathbf{w}_1^T \mathbf{x}}}{e^{\mathbf{w}_1^T \mathbf{x}} + e^{\mathbf{w}_2^T \mathbf{x}}} = \sigma((\mathbf{w}_1 - \mathbf{w}_2)^T \mathbf{x})$$",
        planted: &[(r"\mathbf{w}_1 - \mathbf{w}_2", r"\mathbf{w}_2 - \mathbf{w}_1"), ("} + e", "} - e")],
        sizes: ALL,
    },
    Case {
        checker: "posterior",
        preamble: CLASSES,
        display: r"$$P(Y_1 \mid X) = \frac{1}{1 + e^{-a}}$$",
        planted: &[("e^{-a}", "e^{a}"), ("= \\frac{1}", "= \\frac{2}")],
        sizes: NONE,
    },
    Case {
        checker: "posterior_decision",
        preamble: CLASSES,
        display: r"$$P(X \mid Y_1) P(Y_1) > P(X \mid Y_2) P(Y_2) \Leftrightarrow a > 0$$",
        planted: &[("a > 0", "a < 0"), ("a > 0", "a > 1"), (r"P(X \mid Y_2) P(Y_2)", r"P(X \mid Y_2)")],
        sizes: NONE,
    },
    Case {
        checker: "gaussian_log_odds",
        preamble: GAUSSIAN,
        display: r"$$\ln \frac{e^{-\frac{1}{2} (x - \mu_1)^T \Sigma^{-1} (x - \mu_1)} \pi_1}{e^{-\frac{1}{2} (x - \mu_2)^T \Sigma^{-1} (x - \mu_2)} \pi_2} = \mu_1^T \Sigma^{-1} x - \mu_2^T \Sigma^{-1} x - \frac{1}{2} \mu_1^T \Sigma^{-1} \mu_1 + \frac{1}{2} \mu_2^T \Sigma^{-1} \mu_2 + \ln \frac{\pi_1}{\pi_2}$$",
        planted: &[
            (r"x - \mu_2^T \Sigma^{-1} x", r"x + \mu_2^T \Sigma^{-1} x"),
            (r"\ln \frac{\pi_1}{\pi_2}", r"\ln \frac{\pi_2}{\pi_1}"),
            (r"- \frac{1}{2} \mu_1^T", r"- \mu_1^T"),
        ],
        sizes: &[1, 2, 3, 4],
    },
    Case {
        checker: "gaussian_log_odds_hessian",
        preamble: TWO_GAUSSIANS,
        display: r"$$\nabla_x^2 c = B^{-1} - A^{-1}$$",
        planted: &[("= B^{-1} - A^{-1}", "= 0"), ("- A", "+ A"), ("B^{-1} - A^{-1}", "A^{-1} - B^{-1}")],
        sizes: &[1, 2, 3, 4],
    },
    Case {
        checker: "bernoulli",
        preamble: "<!-- rederive let: y \\in (0, 1), t \\in \\{0, 1\\} -->\n",
        display: r"$$y^t (1 - y)^{1 - t} = \begin{cases} y & \text{if } t = 1 \\ 1 - y & \text{if } t = 0 \end{cases}$$",
        planted: &[(r"{cases} y", r"{cases} 2 y"), ("{1 - t}", "t"), (r"\\ 1 - y", r"\\ y")],
        sizes: NONE,
    },
    Case {
        checker: "logistic_convex",
        preamble: DATA,
        display: r"$$L(\lambda w + (1 - \lambda) v) \leq \lambda L(w) + (1 - \lambda) L(v)$$",
        planted: &[(r"\leq", r"\geq"), ("+ (1 - \\lambda) L(v)", ""), (r"\lambda L(w)", "L(w)")],
        sizes: ALL,
    },
    Case {
        checker: "logistic_flat",
        preamble: DATA,
        display: "<!-- rederive next: claim -->\n$$L(w) = L(w + \\tau v)$$",
        planted: &[(r"\tau v", r"\tau w"), ("w + \\tau v", "\\tau v"), ("= L", "= 2 L")],
        sizes: ALL,
    },
    Case {
        checker: "logistic_hessian_singular",
        preamble: DATA,
        display: r"$$\nabla_w^2 L(w) \succeq 0$$",
        planted: &[(r"\succeq", r"\succ"), (r"\nabla_w^2", r"-\nabla_w^2")],
        sizes: ALL,
    },
    Case {
        checker: "logistic_minimisers",
        preamble: DATA,
        display: r"$$\nabla_w L(w) = \nabla_v L(v) \Rightarrow w \neq v$$",
        planted: &[(r"\neq", "="), (r"w \neq", r"2 v \neq")],
        sizes: &[2, 4, 6, 10, 16],
    },
    Case {
        checker: "separable_loss",
        preamble: "<!-- rederive let: w \\in \\mathbb{R} -->\n",
        display: r"$$\log(1 + e^{-w}) > 0$$",
        planted: &[("> 0", "> 1"), ("e^{-w}", "e^{w}"), ("1 + e", "1 - e")],
        sizes: NONE,
    },
    Case {
        checker: "separable_infimum",
        preamble: "",
        display: r"$$\inf_{w \in \mathbb{R}} \log(1 + e^{-w}) = 0$$",
        planted: &[("= 0", "= 1"), ("1 + e", "2 + e")],
        sizes: NONE,
    },
    Case {
        checker: "mse_saturates",
        preamble: "<!-- rederive let: s \\in \\mathbb{R} -->\n",
        display: r"$$\lim_{s \to -\infty} 2 (\sigma(s) - 1) \sigma(s) (1 - \sigma(s)) = 0$$",
        planted: &[("= 0", "= 1"), ("2 (\\sigma(s) - 1) \\sigma(s)", "")],
        sizes: NONE,
    },
    Case {
        checker: "bce_saturates",
        preamble: "<!-- rederive let: s \\in \\mathbb{R} -->\n",
        display: r"$$\lim_{s \to -\infty} \frac{\partial}{\partial s} (-\log \sigma(s)) = -1$$",
        planted: &[("= -1", "= 1"), (r"-\infty", r"\infty"), ("(-", "(")],
        sizes: NONE,
    },
    Case {
        checker: "mse_supremum",
        preamble: "",
        display: r"$$\sup_{y \in \{0,1\}, q \in (0,1)} (q - y)^2 = 1$$",
        planted: &[("= 1", "= 2"), ("q - y", "q + y"), (r"\sup", r"\inf")],
        sizes: NONE,
    },
    Case {
        checker: "mse_gradient_supremum",
        preamble: "",
        display: r"$$\sup_{y \in \{0,1\}, q \in (0,1)} |2(q - y)| = 2$$",
        planted: &[("= 2", "= 1"), ("|2", "|")],
        sizes: NONE,
    },
    Case {
        checker: "taylor_quadratic",
        preamble: r"<!-- rederive let: a \in \mathbb{R}^d, x \in \mathbb{R}^d, A symmetric, b \in \mathbb{R}^d, c \in \mathbb{R} -->

$$f(x) = \frac{1}{2} x^T A x + b^T x + c$$
",
        display: r"$$f(a) + (A a + b)^T (x - a) + \frac{1}{2} (x - a)^T A (x - a) = f(x)$$",
        planted: &[("= f(x)", "= f(a)"), (r"+ \frac{1}{2} (x", r"- \frac{1}{2} (x"), ("A a + b", "A a - b")],
        sizes: &[1, 2, 3, 4],
    },
    Case {
        checker: "taylor_remainder",
        preamble: r"<!-- rederive let: x \in \mathbb{R}, a \in \mathbb{R} -->

$$f(x) = \log(1 + e^{-x})$$
",
        display: r"$$\left| f(x) - f(a) - f'(a) (x - a) - \frac{1}{2} f''(a) (x - a)^2 \right| \leq K |x - a|^3$$",
        planted: &[("f(a) -", "f(a) +"), (r"\frac{1}{2}", ""), (r"\leq", r"\geq"), ("|^3", "|^4")],
        sizes: NONE,
    },
    Case {
        checker: "convex_quadratic",
        preamble: r"<!-- rederive let: a \in \mathbb{R}, b \in \mathbb{R}, c \in \mathbb{R}, x \in \mathbb{R} -->

$$f(x) = a x^2 + b x + c$$
",
        display: r"$$f''(x) > 0 \Leftrightarrow a > 0$$",
        planted: &[(r"a > 0", "b > 0"), (r"a > 0", r"a \geq 0"), ("f''(x) >", "f''(x) <"), ("a > 0", "a > 1")],
        sizes: NONE,
    },
];
