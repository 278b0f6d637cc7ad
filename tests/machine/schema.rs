//! JSON Schema (draft 7), as far as the schemas here use it. A keyword that it does not know is an error, so that nothing
//! is passed over in silence.

use serde_json::Value;

/// Keywords that demand nothing.
const SILENT: &[&str] = &["$schema", "$id", "title", "description", "default", "definitions"];

/// What a value violates, each with its place; nothing if it is valid.
pub fn violations(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = vec![];
    Check { root: schema }.all(schema, value, "", &mut found);
    found
}

struct Check<'a> {
    root: &'a Value,
}

impl Check<'_> {
    fn all(&self, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
        let schema = schema.as_object().unwrap_or_else(|| panic!("no schema at {at}: {schema}"));
        // In draft 7 what stands beside a reference does not count.
        if let Some(to) = schema.get("$ref").and_then(Value::as_str) {
            let target = self.root.pointer(to.strip_prefix('#').expect("a local reference"));
            return self.all(target.unwrap_or_else(|| panic!("nothing at {to}")), value, at, found);
        }
        for (keyword, demand) in schema.iter().filter(|(k, _)| !SILENT.contains(&k.as_str())) {
            let mut wrong = |holds: bool| {
                if !holds {
                    found.push(format!("{at}: {keyword} {demand}, and there is {value}"));
                }
            };
            match keyword.as_str() {
                "type" => wrong(is_of(value, demand.as_str().unwrap())),
                "enum" => wrong(demand.as_array().unwrap().contains(value)),
                "minimum" => wrong(value.as_f64().is_none_or(|x| x >= demand.as_f64().unwrap())),
                "maximum" => wrong(value.as_f64().is_none_or(|x| x <= demand.as_f64().unwrap())),
                "minItems" => wrong(value.as_array().is_none_or(|a| a.len() as u64 >= demand.as_u64().unwrap())),
                "uniqueItems" => {
                    let distinct = |a: &Vec<Value>| a.iter().enumerate().all(|(i, x)| !a[..i].contains(x));
                    wrong(!demand.as_bool().unwrap() || value.as_array().is_none_or(distinct));
                }
                "pattern" => wrong(value.as_str().is_none_or(|t| matches(demand.as_str().unwrap(), t))),
                "format" => wrong(value.as_str().is_none_or(|t| is_formatted(demand.as_str().unwrap(), t))),
                "required" => {
                    let has = |key: &Value| value.get(key.as_str().unwrap()).is_some();
                    wrong(!value.is_object() || demand.as_array().unwrap().iter().all(has));
                }
                "anyOf" => wrong(self.holding(demand, value) > 0),
                "oneOf" => wrong(self.holding(demand, value) == 1),
                "items" => {
                    for (i, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.all(demand, item, &format!("{at}/{i}"), found);
                    }
                }
                "properties" | "patternProperties" | "additionalProperties" => {}
                _ => panic!("unknown keyword {keyword} at {at}"),
            }
        }
        self.members(schema, value, at, found);
    }

    fn members(&self, schema: &serde_json::Map<String, Value>, value: &Value, at: &str, found: &mut Vec<String>) {
        for (key, member) in value.as_object().into_iter().flatten() {
            let at = format!("{at}/{key}");
            let named = schema.get("properties").and_then(|p| p.get(key));
            let alike = schema.get("patternProperties").and_then(Value::as_object).into_iter().flatten();
            let demands: Vec<&Value> =
                named.into_iter().chain(alike.filter(|(p, _)| matches(p, key)).map(|(_, s)| s)).collect();
            demands.iter().for_each(|demand| self.all(demand, member, &at, found));
            match schema.get("additionalProperties") {
                Some(Value::Bool(false)) if demands.is_empty() => found.push(format!("{at}: there is no such key")),
                Some(demand @ Value::Object(_)) if demands.is_empty() => self.all(demand, member, &at, found),
                _ => {}
            }
        }
    }

    fn holding(&self, demands: &Value, value: &Value) -> usize {
        let holds = |demand: &&Value| {
            let mut found = vec![];
            self.all(demand, value, "", &mut found);
            found.is_empty()
        };
        demands.as_array().unwrap().iter().filter(holds).count()
    }
}

fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|x| x.fract() == 0.0),
        _ => panic!("unknown type {kind}"),
    }
}

/// The regular expressions that are met.
fn matches(pattern: &str, text: &str) -> bool {
    match pattern {
        "^\\\\[A-Za-z]+$" => {
            let name = text.strip_prefix('\\').unwrap_or("");
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic())
        }
        _ => panic!("unknown pattern {pattern} for {text}"),
    }
}

fn is_formatted(format: &str, text: &str) -> bool {
    let of_uri = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
    match format {
        "uri" => text.contains(':') && text.chars().all(of_uri),
        "uri-reference" => text.chars().all(of_uri),
        _ => panic!("unknown format {format} of {text}"),
    }
}
