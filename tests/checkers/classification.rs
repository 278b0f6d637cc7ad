//! Squared error, sigmoid, softmax, entropy, and the gradients of the softmax loss.

use super::{ALL, Case, NONE};

pub(super) const SOFTMAX: &str = r"<!-- rederive let: \mathbf{s} \in \mathbb{R}^C, \mathbf{y} one-hot -->

$$p_i = \frac{e^{s_i}}{\sum_{k=1}^{C} e^{s_k}}, \qquad L = -\sum_{j=1}^{C} y_j \log p_j$$
";

const THREE: &str = r"<!-- rederive let: \mathbf{s} \in \mathbb{R}^3 -->

$$p_1 = \frac{e^{s_1}}{e^{s_1} + e^{s_2} + e^{s_3}}, \qquad p_2 = \frac{e^{s_2}}{e^{s_1} + e^{s_2} + e^{s_3}}, \qquad p_3 = \frac{e^{s_3}}{e^{s_1} + e^{s_2} + e^{s_3}}$$

$$L = -\log p_1$$
";

const PREDICTION: &str = r"<!-- rederive let: y \in \{0, 1\}, \hat{y} \in (0, 1) -->

$$L = (\hat{y} - y)^2$$
";

const SIGMOID: &str = r"<!-- rederive let: z \in \mathbb{R}, s \in \mathbb{R}, t \in \{0, 1\} -->

$$\sigma(z) = \frac{1}{1 + e^{-z}}$$
";

const PAIR: &str = r"<!-- rederive let: P distribution, Q distribution, P(x) > 0, Q(x) > 0 -->

$$H(P) = -\sum_{x \in X} P(x) \log P(x), \qquad H(P, Q) = -\sum_{x \in X} P(x) \log Q(x)$$
";

const DATA: &str = r"<!-- rederive let: w \in \mathbb{R}^d, x_n \in \mathbb{R}^d, t_n \in \{0, 1\} -->

$$y_n = \sigma(w^T x_n)$$

$$L = -\sum_{n=1}^{N} \left( t_n \log y_n + (1 - t_n) \log (1 - y_n) \right)$$
";

pub(super) const CASES: &[Case] = &[
    Case {
        checker: "mse",
        preamble: PREDICTION,
        display: r"$$(\hat{y} - y)^2 < 1$$",
        planted: &[("- y", "+ y"), ("^2", "^3"), ("< 1", "> 1"), ("< 1", r"< \frac{1}{4}")],
        sizes: NONE,
    },
    Case {
        checker: "mse_gradient",
        preamble: PREDICTION,
        display: r"$$\frac{\partial L}{\partial \hat{y}} = 2(\hat{y} - y)$$",
        planted: &[("= 2", "= "), ("- y", "+ y"), ("= 2", "= -2")],
        sizes: NONE,
    },
    Case {
        checker: "mse_gradient_size",
        preamble: PREDICTION,
        display: r"$$\left| \frac{\partial L}{\partial \hat{y}} \right| = |2(\hat{y} - y)|$$",
        planted: &[("|2", "|3"), ("- y", "+ y")],
        sizes: NONE,
    },
    Case {
        checker: "mse_sigmoid_gradient",
        preamble: SIGMOID,
        display: r"$$\frac{\partial}{\partial s} (\sigma(s) - t)^2 = 2 (\sigma(s) - t) \sigma(s) (1 - \sigma(s))$$",
        planted: &[("= 2", "= "), ("(1 - ", "(1 + "), (r"t) \sigma(s)", "t)")],
        sizes: NONE,
    },
    Case {
        checker: "mse_sigmoid_size",
        preamble: SIGMOID,
        display: r"$$\left| 2 (\sigma(s) - t) \sigma(s) (1 - \sigma(s)) \right| \leq \frac{8}{27}$$",
        planted: &[("{8}", "{7}"), (r"\leq", r"\geq"), ("| 2", "| 4")],
        sizes: NONE,
    },
    Case {
        checker: "sigmoid",
        preamble: SIGMOID,
        display: r"$$\sigma(z) < 1$$",
        planted: &[("< 1", r"< \frac{1}{2}"), ("<", ">"), ("(z)", "(-z)")],
        sizes: NONE,
    },
    Case {
        checker: "sigmoid_mirrored",
        preamble: SIGMOID,
        display: r"$$\sigma(-z) = 1 - \sigma(z)$$",
        planted: &[("1 -", "1 +"), ("= 1 -", "= -")],
        sizes: NONE,
    },
    Case {
        checker: "sigmoid_derivative",
        preamble: SIGMOID,
        display: r"$$\frac{d}{dz} \sigma(z) = \sigma(z) (1 - \sigma(z))$$",
        planted: &[("1 -", "1 +"), (r"= \sigma(z)", r"= \sigma(z)^2")],
        sizes: NONE,
    },
    Case {
        checker: "softmax",
        preamble: SOFTMAX,
        display: r"$$\frac{e^{s_i + 2}}{\sum_{k=1}^{C} e^{s_k + 2}} = p_i$$",
        planted: &[("{s_i + 2}", "{s_i + 3}"), ("{s_i + 2}", "{-s_i + 2}"), ("= p_i", "= 2 p_i")],
        sizes: ALL,
    },
    Case {
        checker: "softmax_total",
        preamble: SOFTMAX,
        display: r"$$\sum_{i=1}^{C} p_i = 1$$",
        planted: &[("= 1$", "= 2$"), ("p_i", "p_i^2"), ("i=1", "i=2")],
        sizes: ALL,
    },
    Case {
        checker: "softmax_jacobian",
        preamble: SOFTMAX,
        display: r"$$\frac{\partial \mathbf{p}}{\partial \mathbf{s}} = \operatorname{diag}(\mathbf{p}) - \mathbf{p} \mathbf{p}^T$$",
        planted: &[("- ", "+ "), (r"- \mathbf{p}", r"- 2 \mathbf{p}")],
        sizes: ALL,
    },
    Case {
        checker: "softmax_order",
        preamble: SOFTMAX,
        display: r"$$s_i < s_j \Leftrightarrow p_i < p_j$$",
        planted: &[("s_i < s_j", "s_j < s_i"), ("p_i < p_j", r"p_i > p_j")],
        sizes: ALL,
    },
    Case {
        checker: "softmax_argmax",
        preamble: SOFTMAX,
        display: r"$$\arg\max_{j} p_j = \arg\max_{j} s_j$$",
        planted: &[(r"= \arg\max", r"= \arg\min")],
        sizes: ALL,
    },
    Case {
        checker: "entropy",
        preamble: PAIR,
        display: r"$$H(P, P) = H(P)$$",
        planted: &[("= H(P)", "= H(Q)"), ("= H(P)", "= 2 H(P)")],
        sizes: ALL,
    },
    Case {
        checker: "cross_entropy",
        preamble: PAIR,
        display: r"$$H(P, Q) \geq H(P)$$",
        planted: &[(r"\geq", r"\leq"), ("H(P, Q)", "H(Q, P)")],
        sizes: ALL,
    },
    Case {
        checker: "kl_divergence",
        preamble: PAIR,
        display: r"$$-\sum_{x \in X} P(x) \log \frac{Q(x)}{P(x)} = H(P, Q) - H(P)$$",
        planted: &[
            ("$$-", "$$"),
            ("- H(P)", "+ H(P)"),
            ("H(P, Q)", "H(Q, P)"),
            (r"\frac{Q(x)}{P(x)}", r"\frac{P(x)}{Q(x)}"),
        ],
        sizes: ALL,
    },
    Case {
        checker: "cross_entropy_one_hot",
        preamble: r"<!-- rederive let: \mathbf{y} one-hot, q_c > 0 -->
",
        display: r"$$-\sum_{c=1}^{C} y_c \log q_c = -\log \sum_{c=1}^{C} y_c q_c$$",
        planted: &[("= -", "= "), ("c=1", "c=2")],
        sizes: ALL,
    },
    Case {
        checker: "entropy_one_hot",
        preamble: "<!-- rederive let: \\mathbf{y} one-hot -->\n",
        display: r"$$H(\mathbf{y}) \leq 0$$",
        planted: &[(r"\leq 0", r"\geq 1"), ("$$H", "$$1 + H")],
        sizes: ALL,
    },
    Case {
        checker: "softmax_loss",
        preamble: SOFTMAX,
        display: r"$$L = \log \sum_{k=1}^{C} e^{s_k} - \sum_{j=1}^{C} y_j s_j$$",
        planted: &[(r"- \sum", r"+ \sum"), ("y_j s_j", "s_j"), ("e^{s_k}", "e^{-s_k}")],
        sizes: ALL,
    },
    Case {
        checker: "softmax_gradient",
        preamble: SOFTMAX,
        display: r"$$\frac{\partial L}{\partial s_i} = p_i - y_i$$",
        planted: &[("- y_i", "+ y_i"), ("p_i -", "2 p_i -"), ("= p_i", "= p_1"), (r"\partial s_i", r"\partial s_1")],
        sizes: ALL,
    },
    Case {
        checker: "softmax_gradient",
        preamble: SOFTMAX,
        display: r"$$\frac{\partial L}{\partial \mathbf{s}} = \mathbf{p} - \mathbf{y}$$",
        planted: &[("- ", "+ "), (r"= \mathbf{p}", r"= 3 \mathbf{p}")],
        sizes: ALL,
    },
    Case {
        checker: "softmax_gradient_1",
        preamble: THREE,
        display: r"$$\frac{\partial L}{\partial s_1} = -\frac{e^{s_2} + e^{s_3}}{e^{s_1} + e^{s_2} + e^{s_3}} = p_1 - 1$$",
        planted: &[("= -", "= "), ("p_1", "p_2"), (r"\partial s_1", r"\partial s_2"), ("{e^{s_1} + ", "{")],
        sizes: NONE,
    },
    Case {
        checker: "softmax_gradient_2",
        preamble: THREE,
        display: r"$$\frac{\partial L}{\partial s_2} = p_2 - 0$$",
        planted: &[("- 0", "- 1"), ("p_2", "p_3")],
        sizes: NONE,
    },
    Case {
        checker: "softmax_gradient_3",
        preamble: THREE,
        display: r"$$\frac{\partial L}{\partial s_3} = p_3$$",
        planted: &[("= p_3", "= -p_3"), ("= p_3", "= p_1")],
        sizes: NONE,
    },
    Case {
        checker: "softmax_weight_gradient",
        preamble: r"<!-- rederive let: W \in \mathbb{R}^{C \times d}, \mathbf{x} \in \mathbb{R}^d, \mathbf{y} one-hot -->

$$\mathbf{p} = \operatorname{softmax}(W \mathbf{x}), \qquad L = -\sum_{j=1}^{C} y_j \log p_j$$
",
        display: r"$$\frac{\partial L}{\partial W} = (\mathbf{p} - \mathbf{y}) \mathbf{x}^T$$",
        planted: &[("- ", "+ "), ("= (", "= -(")],
        sizes: ALL,
    },
    Case {
        checker: "softmax_hessian",
        preamble: SOFTMAX,
        display: r"$$\frac{\partial^2 L}{\partial \mathbf{s}^2} = \operatorname{diag}(\mathbf{p}) - \mathbf{p} \mathbf{p}^T$$",
        planted: &[("- ", "+ ")],
        sizes: ALL,
    },
    Case {
        checker: "bce_gradient",
        preamble: SIGMOID,
        display: r"$$\frac{\partial}{\partial s} \left( -\log \frac{1}{1 + e^{-s}} \right) = -\frac{e^{-s}}{1 + e^{-s}}$$",
        planted: &[("= -", "= "), (r"{1 + e^{-s}}$$", r"{1 - e^{-s}}$$"), (r"( -\log", r"( \log")],
        sizes: NONE,
    },
    Case {
        checker: "logistic_zero_logit",
        preamble: SIGMOID,
        display: r"$$\frac{e^s}{e^s + e^0} = \frac{1}{1 + e^{-s}} = \sigma(s)$$",
        planted: &[("e^0", "e^1"), ("e^{-s}", "e^{s}"), (r"= \sigma(s)", r"= 1 - \sigma(s)")],
        sizes: NONE,
    },
    Case {
        checker: "logistic_zero_logit_loss",
        preamble: SIGMOID,
        display: r"$$-\log \left( \frac{e^s}{e^s + e^0} \right) = \log (1 + e^{-s})$$",
        planted: &[("$$-", "$$"), ("e^{-s}", "e^{s}")],
        sizes: NONE,
    },
    Case {
        checker: "logistic_bce",
        preamble: r"<!-- rederive let: y_1 \in \{0, 1\}, p_1 \in (0, 1) -->

$$y_2 = 1 - y_1, \qquad p_2 = 1 - p_1$$
",
        display: r"$$-\sum_{c=1}^{2} y_c \log p_c = -y_1 \log p_1 - (1 - y_1) \log (1 - p_1)$$",
        planted: &[("- (1 - y_1)", "+ (1 - y_1)"), ("-y_1", "-y_2"), (r"\log p_c", r"\log p_1")],
        sizes: NONE,
    },
    Case {
        checker: "logistic_likelihood",
        preamble: r"<!-- rederive let: t_n \in \{0, 1\}, y_n \in (0, 1) -->
",
        display: r"$$\log \prod_{n=1}^{N} y_n^{t_n} (1 - y_n)^{1 - t_n} = \sum_{n=1}^{N} \left( t_n \log y_n + (1 - t_n) \log (1 - y_n) \right)$$",
        planted: &[(r"= \sum", r"= -\sum"), (r"+ (1 - t_n)", r"- (1 - t_n)"), ("y_n^{t_n}", "y_n")],
        sizes: ALL,
    },
    Case {
        checker: "logistic_loss_gradient",
        preamble: DATA,
        display: r"$$\nabla_w L = \sum_{n=1}^{N} (y_n - t_n) x_n$$",
        planted: &[("y_n - t_n", "t_n - y_n"), ("x_n$$", "x_1$$"), (r"= \sum", r"= 2 \sum")],
        sizes: ALL,
    },
    Case {
        checker: "logistic_hessian",
        preamble: DATA,
        display: r"$$\nabla_w^2 L = \sum_{n=1}^{N} y_n (1 - y_n) x_n x_n^T$$",
        planted: &[("1 - y_n", "1 + y_n"), (r"= \sum", r"= -\sum"), ("x_n^T", "x_1^T")],
        sizes: ALL,
    },
    Case {
        checker: "logistic_hessian",
        preamble: DATA,
        display: r"$$\sum_{n=1}^{N} y_n (1 - y_n) x_n x_n^T \succeq 0$$",
        planted: &[("1 - y_n", "y_n - 1"), ("n=1", "n=2"), ("y_n (1", "(1")],
        sizes: ALL,
    },
];
