//! Pictures of what is claimed: curves, spectra and errors as plain data for one SVG template.
//!
//! Nothing rests on them. All figures are rounded, so the same notes give the same bytes, and the data stand behind each
//! picture as a table.

mod axis;
mod bars;
mod curve;

use serde::Serialize;

use crate::message::Lang;
use crate::verdict::Judged;

/// Size of a picture, in its own units.
const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 260.0;
/// Room for the labels of the axes.
const LEFT: f64 = 64.0;
const BELOW: f64 = 34.0;
const MARGIN: f64 = 14.0;

/// A picture.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Plot {
    pub title: String,
    pub description: String,
    pub width: f64,
    pub height: f64,
    pub paths: Vec<Curve>,
    pub bars: Vec<Bar>,
    /// Points that are marked.
    pub dots: Vec<Dot>,
    pub ticks_x: Vec<Tick>,
    pub ticks_y: Vec<Tick>,
    /// What runs along the lower edge.
    pub along: String,
    /// The ends of the axes.
    pub frame: Frame,
    pub heads: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// A line with its name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Curve {
    pub name: String,
    pub d: String,
    /// Which of the styles, from 0.
    pub style: usize,
}

/// A bar.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bar {
    pub x: String,
    pub y: String,
    pub width: String,
    pub height: String,
}

/// A marked point.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dot {
    pub x: String,
    pub y: String,
    pub style: usize,
}

/// A label of an axis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tick {
    pub at: String,
    pub label: String,
}

/// Where the plotted area lies.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Frame {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
}

impl Plot {
    /// An empty picture.
    fn new(title: String, description: String) -> Plot {
        let frame = Frame { left: LEFT, right: WIDTH - MARGIN, top: MARGIN, bottom: HEIGHT - BELOW };
        Plot { title, description, width: WIDTH, height: HEIGHT, frame, ..Plot::default() }
    }
}

/// The picture of a statement, where one says more than the words.
pub fn plot(judged: &Judged, lang: Lang) -> Option<Plot> {
    curve::of_counterexample(judged, lang)
        .or_else(|| bars::of_spectrum(judged, lang))
        .or_else(|| curve::of_gradient(judged, lang))
        .or_else(|| curve::of_bound(judged, lang))
        .or_else(|| bars::of_errors(judged, lang))
}
