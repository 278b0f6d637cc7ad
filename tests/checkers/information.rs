//! Elementary functions, information theory, likelihoods, exponential families.

use super::{ALL, Case, NONE};

const LOGITS: &str = r"<!-- rederive let: \mathbf{s} \in \mathbb{R}^C -->
";

const NUMBERS: &str = r"<!-- rederive let: x \in \mathbb{R}, y \in \mathbb{R}, a \in \mathbb{R}, b \in \mathbb{R} -->
";

const DISTRIBUTION: &str = r"<!-- rederive let: P distribution, P(x) > 0 -->

$$H(P) = -\sum_{x \in X} P(x) \log P(x)$$
";

const FAMILY: &str = r"<!-- rederive let: P distribution, P(x) > 0, \theta \in \mathbb{R}^d, \phi(x) \in \mathbb{R}^d -->

$$Q(x) = \frac{e^{\theta^T \phi(x)}}{\sum_{u \in X} e^{\theta^T \phi(u)}}$$
";

const SCORES: &str = r"<!-- rederive let: P distribution, P(x) > 0, \theta \in \mathbb{R}^d, \phi(x) \in \mathbb{R}^d -->

$$Q(x) = \frac{e^{\theta^T \phi(x)}}{\sum_{u \in X} e^{\theta^T \phi(u)}}$$

The score is

$$\nabla_\theta \log Q(x) = \phi(x) - \sum_{u \in X} Q(u) \phi(u)$$
";

const LINEAR: &str = r"<!-- rederive let: W \in \mathbb{R}^{C \times d}, \mathbf{x} \in \mathbb{R}^d, \mathbf{b} \in \mathbb{R}^C -->

$$\mathbf{o} = W \mathbf{x} + \mathbf{b}$$
";

pub(super) const CASES: &[Case] = &[
    Case {
        checker: "sigmoid_total",
        preamble: LOGITS,
        display: r"$$\sum_{c=1}^{C} \sigma(s_c) > 0$$",
        planted: &[("> 0", "= 1"), (r"\sigma(s_c)", r"\sigma(-s_c)")],
        sizes: ALL,
    },
    Case {
        checker: "exponential",
        preamble: NUMBERS,
        display: r"$$x < y \Rightarrow e^x < e^y$$",
        planted: &[("x < y", "x > y"), ("e^x < e^y", "e^x > e^y"), ("e^x", "e^{-x}")],
        sizes: NONE,
    },
    Case {
        checker: "exponential",
        preamble: NUMBERS,
        display: r"$$e^x > 0$$",
        planted: &[("> 0", "> 1"), ("e^x", "-e^x")],
        sizes: NONE,
    },
    Case {
        checker: "logarithm",
        preamble: NUMBERS,
        display: r"$$x \in (0, 1) \Rightarrow \log x < 0$$",
        planted: &[("(0, 1)", "(0, 2)"), ("< 0", "> 0")],
        sizes: NONE,
    },
    Case {
        checker: "logarithm",
        preamble: NUMBERS,
        display: r"$$0 < x < y \Rightarrow \log x < \log y$$",
        planted: &[("0 < x < y", "0 < y < x"), (r"\log x <", r"\log x >")],
        sizes: NONE,
    },
    Case {
        checker: "logarithm_negated",
        preamble: NUMBERS,
        display: r"$$0 < x < y \Rightarrow -\log x > -\log y$$",
        planted: &[("0 < x < y", "0 < y < x"), (r"-\log x", r"\log x")],
        sizes: NONE,
    },
    Case {
        checker: "realsoftmax",
        preamble: NUMBERS,
        display: r"$$\log(e^a + e^b) > \max(a, b)$$",
        planted: &[(r">", "<"), (r"\max(a, b)", "a + b + 1"), ("e^a + e^b", "e^a + 2 e^b")],
        sizes: NONE,
    },
    Case {
        checker: "realsoftmax_scaled",
        preamble: "<!-- rederive let: a \\in \\mathbb{R}, b \\in \\mathbb{R}, \\lambda > 0 -->\n",
        display: r"$$\lambda^{-1} \log(e^{\lambda a} + e^{\lambda b}) \geq \max(a, b)$$",
        planted: &[(r"\geq", r"\leq"), (r"\lambda^{-1}", ""), (r"\max(a, b)", r"\max(a, b) + 1")],
        sizes: NONE,
    },
    Case {
        checker: "realsoftmax_limit",
        preamble: NUMBERS,
        display: r"$$\lim_{\lambda \to \infty} \lambda^{-1} \log(e^{\lambda a} + e^{\lambda b}) = \max(a, b)$$",
        planted: &[(r"\max", r"\min"), (r"\lambda b", r"2 \lambda b"), (r"\max(a, b)", "a")],
        sizes: NONE,
    },
    Case {
        checker: "softmax_stable",
        preamble: LOGITS,
        display: r"<!-- rederive next: claim -->
$$\tilde{p}_i = \frac{e^{s_i}}{\sum_{k=1}^{C} e^{s_k}}$$",
        planted: &[("{e^{s_i}}", "{e^{-s_i}}"), ("e^{s_k}", "e^{-s_k}"), (r"\tilde{p}_i", r"2 \tilde{p}_i")],
        sizes: ALL,
    },
    Case {
        checker: "softmax_overflow",
        preamble: LOGITS,
        display: r"$$s_i + 1000 > \log M$$",
        planted: &[("1000", "700"), (">", "<"), (r"\log M", "M")],
        sizes: ALL,
    },
    Case {
        checker: "linear_outputs",
        preamble: LINEAR,
        display: r"$$o_i = \sum_{k=1}^{d} W_{ik} x_k + b_i$$",
        planted: &[(r"= \sum_{k=1}^{d} W_{ik} x_k + b_i", r"\geq 0"), ("+ b_i", "- b_i")],
        sizes: ALL,
    },
    Case {
        checker: "linear_outputs_total",
        preamble: LINEAR,
        display: r"$$\sum_{i=1}^{C} o_i = \sum_{i=1}^{C} \sum_{k=1}^{d} W_{ik} x_k + \sum_{i=1}^{C} b_i$$",
        planted: &[
            (r"+ \sum_{i=1}^{C} b_i", ""),
            (r"= \sum_{i=1}^{C} \sum_{k=1}^{d} W_{ik} x_k + \sum_{i=1}^{C} b_i", "= 1"),
        ],
        sizes: ALL,
    },
    Case {
        checker: "entropy_coding",
        preamble: DISTRIBUTION,
        display: r"$$\frac{H(P)}{\log 2} \leq \ell < \frac{H(P)}{\log 2} + 1$$",
        planted: &[
            (r"\frac{H(P)}{\log 2} \leq \ell", r"H(P) + 1 \leq \ell"),
            ("+ 1", ""),
            (r"\leq \ell", r"\geq \ell"),
        ],
        // As many outcomes as it takes to come near the bound.
        sizes: &[
            1, 2, 3, 5, 8, 9, 10, 11, 13, 14, 15, 16, 17, 19, 23, 24, 25, 27, 28, 29, 30, 31, 32, 34, 36, 37, 38, 40,
        ],
    },
    Case {
        checker: "entropy_uniform",
        preamble: "",
        display: r"$$-\sum_{c=1}^{C} \frac{1}{C} \log \frac{1}{C} = \log C$$",
        planted: &[(r"= \log C", r"= -\log C"), (r"= \log C", "= C - 1"), ("c=1", "c=2")],
        sizes: ALL,
    },
    Case {
        checker: "distribution_example",
        preamble: "",
        display: r"$$0.2 + 0.4 + 0.1 + 0.3 = 1$$",
        planted: &[("0.4", "0.5"), ("= 1", "= 2")],
        sizes: NONE,
    },
    Case {
        checker: "entropy_example",
        preamble: "",
        display: r"$$-0.2 \log 0.2 - 0.4 \log 0.4 - 0.1 \log 0.1 - 0.3 \log 0.3 \approx 1.2799$$",
        planted: &[("1.2799", "1.2899"), (r"- 0.3 \log 0.3", ""), (r"-0.2 \log", r"0.2 \log")],
        sizes: NONE,
    },
    Case {
        checker: "entropy_certain_example",
        preamble: "",
        display: r"$$-1 \cdot \log 1 = 0$$",
        planted: &[(r"\log 1", r"\log 2"), ("= 0", "= 1")],
        sizes: NONE,
    },
    Case {
        checker: "nat_in_bits",
        preamble: "",
        display: r"$$\frac{1}{\log 2} \approx 1.44$$",
        planted: &[("1.44", "1.46"), ("1.44", "1.42"), (r"\frac{1}{\log 2}", r"\log 2")],
        sizes: NONE,
    },
    Case {
        checker: "cross_entropy_order",
        preamble: "<!-- rederive let: P distribution, Q_1 distribution, Q_2 distribution, Q_1(x) > 0, Q_2(x) > 0 -->\n",
        display: r"$$-\sum_{x \in X} P(x) \log Q_1(x) < -\sum_{x \in X} P(x) \log Q_2(x)$$",
        planted: &[("<", ">"), (r"\log Q_1", r"\log Q_2"), (r"< -\sum", r"< \sum")],
        sizes: &[2, 3, 5, 8],
    },
    Case {
        checker: "cross_entropy_one_hot_zero",
        preamble: "<!-- rederive let: \\mathbf{y} one-hot, \\mathbf{q} distribution -->\n",
        display: r"$$-\log \sum_{c=1}^{C} y_c q_c = 0 \Leftrightarrow \sum_{c=1}^{C} y_c q_c = 1$$",
        planted: &[("= 1$", "= 0$"), ("= 0 ", "= 1 ")],
        sizes: ALL,
    },
    Case {
        checker: "exponential_family_gradient",
        preamble: FAMILY,
        display: r"$$\nabla_\theta \log Q(x) = \phi(x) - \sum_{u \in X} Q(u) \phi(u)$$",
        planted: &[("- \\sum", "+ \\sum"), ("= \\phi(x)", "= 2 \\phi(x)"), ("Q(u) \\phi(u)", "\\phi(u)")],
        sizes: ALL,
    },
    Case {
        checker: "divergence_nearer",
        preamble: concat!(
            "<!-- rederive let: \\theta \\in \\mathbb{R}^d, v \\in \\mathbb{R}^d, \\phi(x) \\in \\mathbb{R}^d, ",
            "P distribution, P(x) > 0 -->\n\n$$Q(x) = \\frac{e^{\\theta^T \\phi(x)}}{\\sum_{u \\in X} e^{\\theta^T \\phi(u)}}$$\n\n",
            "$$R(x) = \\frac{e^{v^T \\phi(x)}}{\\sum_{u \\in X} e^{v^T \\phi(u)}}$$\n\n"
        ),
        display: concat!(
            r"$$\sum_{x \in X} P(x) \log Q(x) \geq \sum_{x \in X} P(x) \log R(x) \Leftrightarrow ",
            r"\sum_{x \in X} P(x) \log \frac{P(x)}{Q(x)} \leq \sum_{x \in X} P(x) \log \frac{P(x)}{R(x)}$$"
        ),
        planted: &[
            (r"\geq", r"\leq"),
            (r"\leq", r"\geq"),
            (r"P(x) \log \frac{P(x)}{Q(x)}", r"P(x) \log \frac{Q(x)}{P(x)}"),
        ],
        sizes: ALL,
    },
    Case {
        checker: "cross_entropy_gradient",
        preamble: SCORES,
        display: r"$$\nabla_\theta \left( -\sum_{x \in X} P(x) \log Q(x) \right) = \nabla_\theta \sum_{x \in X} P(x) \log \frac{P(x)}{Q(x)}$$",
        planted: &[("( -", "( "), (r"\frac{P(x)}{Q(x)}", r"\frac{Q(x)}{P(x)}"), (r"P(x) \log Q", r"\log Q")],
        sizes: ALL,
    },
    Case {
        checker: "likelihood_product",
        preamble: "<!-- rederive let: y_n \\in (0, 1) -->\n",
        display: r"$$-\log \prod_{n=1}^{N} y_n = -\sum_{n=1}^{N} \log y_n$$",
        planted: &[(r"= -\sum", r"= \sum"), (r"\log y_n", "y_n"), (r"\prod", r"\sum")],
        sizes: ALL,
    },
    Case {
        checker: "likelihood_argmax",
        preamble: "<!-- rederive let: \\hat{\\mathbf{p}} distribution, \\hat{p}_j > 0 -->\n",
        display: r"$$\arg\max_{j} \hat{p}_j = \arg\max_{j} \log \hat{p}_j$$",
        planted: &[(r"= \arg\max", r"= \arg\min"), (r"\log \hat{p}_j", r"\frac{1}{\hat{p}_j}")],
        sizes: ALL,
    },
    Case {
        checker: "likelihood_argmax",
        preamble: "<!-- rederive let: \\hat{\\mathbf{p}} distribution, \\hat{p}_j > 0 -->\n",
        display: r"$$\arg\max_{j} \log \hat{p}_j = \arg\min_{j} (-\log \hat{p}_j)$$",
        planted: &[(r"= \arg\min", r"= \arg\max"), ("(-", "(")],
        sizes: ALL,
    },
];
