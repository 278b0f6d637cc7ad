//! The model and its training.

use super::{ALL, Case, NONE};

const NETWORK: &str = r"<!-- rederive let: V \in \mathbb{R}^{h \times d}, G \in \mathbb{R}^{h \times d}, H \in \mathbb{R}^{C \times h}, W \in \mathbb{R}^{C \times h}, \mathbf{x} \in \mathbb{R}^d, \mathbf{y} one-hot -->

$$L(V, W) = -\sum_{c=1}^{C} y_c \log \operatorname{softmax}(W \sigma(V \mathbf{x}))_c$$
";

pub(super) const CASES: &[Case] = &[
    Case {
        checker: "weight_count",
        preamble: "",
        display: r"$$4 \cdot 3 = 12$$",
        planted: &[("12", "15"), (r"4 \cdot 3", "4 + 3")],
        sizes: NONE,
    },
    Case {
        checker: "parameter_count",
        preamble: "",
        display: r"$$d q + q = (d + 1) q$$",
        planted: &[("d + 1", "d + 2"), ("+ q =", "+ d =")],
        sizes: NONE,
    },
    Case {
        checker: "linear_layer",
        preamble: r"<!-- rederive let: X \in \mathbb{R}^{n \times d}, W \in \mathbb{R}^{d \times q}, \mathbf{b} \in \mathbb{R}^q -->

$$O_{ij} = \sum_{k=1}^{d} X_{ik} W_{kj} + b_j$$
",
        display: r"<!-- rederive next: claim -->
$$O_{ij} = (X W)_{ij} + b_j$$",
        planted: &[("+ b_j", "- b_j"), ("+ b_j", ""), ("= (X W)", "= 2 (X W)")],
        sizes: ALL,
    },
    Case {
        checker: "product_shape",
        preamble: r"<!-- rederive let: X \in \mathbb{R}^{8 \times 4}, W \in \mathbb{R}^{4 \times 3} -->
",
        display: r"$$X W \in \mathbb{R}^{8 \times 3}$$",
        planted: &[("X W", "2 X W")],
        sizes: NONE,
    },
    Case {
        checker: "argmax_example",
        preamble: "$$\\hat{\\mathbf{y}} = (0.1, 0.8, 0.1)$$\n",
        display: r"$$\operatorname{argmax}_{j \in \{1, 2, 3\}} \hat{y}_j = \{2\}$$",
        planted: &[(r"= \{2\}", r"= \{1\}"), ("argmax", "argmin")],
        sizes: NONE,
    },
    Case {
        checker: "calibration",
        preamble: "",
        display: r"$$\left| k - \frac{n}{2} \right| \leq h$$",
        planted: &[(r"\frac{n}{2}", r"\frac{n}{5}"), (r"\leq", r"\geq"), (r"\leq h", r"\leq 0 \cdot h - 1")],
        sizes: NONE,
    },
    Case {
        checker: "training_log",
        preamble: "<!-- rederive let: \\mathbf{J} \\in \\mathbb{R}^{11} -->\n",
        display: r"<!-- rederive next: claim -->
$$\mathbf{J} = (3.246066, 0.703490, 0.620850, 0.563644, 0.513388, 0.465922, 0.419682, 0.373925, 0.328385, 0.283776, 0.247032)$$",
        planted: &[("0.328385", "0.328386"), ("3.246066", "3.246065"), ("0.247032", "0.247033")],
        sizes: NONE,
    },
    Case {
        checker: "training_rises",
        preamble: "",
        display: r"<!-- rederive next: claim -->
$$r = 492$$",
        planted: &[("492", "491"), ("492", "0")],
        sizes: NONE,
    },
    Case {
        checker: "training_descent",
        preamble: r"<!-- rederive let: W \in \mathbb{R}^{C \times d}, G \in \mathbb{R}^{C \times d}, \mathbf{x} \in \mathbb{R}^d, \mathbf{y} one-hot -->

$$L(W) = -\sum_{c=1}^{C} y_c \log \operatorname{softmax}(W \mathbf{x})_c$$
",
        display: r"$$L(W - \alpha G) < L(W)$$",
        planted: &[("W - ", "W + "), ("<", ">")],
        sizes: ALL,
    },
    Case {
        checker: "training_descent_layers",
        preamble: NETWORK,
        display: r"$$L(V - \alpha G, W - \alpha H) < L(V, W)$$",
        planted: &[
            (r"V - \alpha G, W - \alpha H", r"V + \alpha G, W + \alpha H"),
            ("<", ">"),
            ("L(V, W)$", "L(2 V, W)$"),
        ],
        sizes: ALL,
    },
    Case {
        checker: "two_layer_gradient_output",
        preamble: NETWORK,
        display: r"$$\frac{\partial}{\partial W} L(V, W) = (\operatorname{softmax}(W \sigma(V \mathbf{x})) - \mathbf{y}) \sigma(V \mathbf{x})^T$$",
        planted: &[("- \\mathbf{y}", "+ \\mathbf{y}"), ("= (", "= 2 (")],
        sizes: ALL,
    },
    Case {
        checker: "two_layer_gradient_hidden",
        preamble: NETWORK,
        display: r"$$\frac{\partial}{\partial V} L(V, W) = (\operatorname{diag}(\sigma(V \mathbf{x})) - \operatorname{diag}(\sigma(V \mathbf{x}))^2) W^T (\operatorname{softmax}(W \sigma(V \mathbf{x})) - \mathbf{y}) \mathbf{x}^T$$",
        planted: &[("- \\mathbf{y}", "+ \\mathbf{y}"), ("^2", "")],
        sizes: ALL,
    },
];
