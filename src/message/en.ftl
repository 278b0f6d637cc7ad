# Every word that a user sees. Keys are grouped by what they belong to; arguments in { $name } are shown as they are.

# Reasons of a verdict
reason-unknown-symbol = nothing in the notes says what { $symbol } is
reason-unknown-command = unknown notation { $what }
reason-unbalanced = brackets do not match near { $what }
reason-opaque = { $what } is not understood
reason-sorts = the shapes do not fit: { $what }
reason-ambiguous = more than one reading: { $what }
reason-context = { $symbol } stands in a condition that was not understood: { $what }
reason-vacuous = no point satisfies the givens
reason-no-engine = no engine settles this kind of statement
reason-not-defined = { $symbol } has no definition in reach, so its derivative is unknown
reason-samples-agree = { $count } points agree; no proof
reason-doubtful = floats disagree at { $point }, but no enclosure confirms it
reason-degenerate = it fails only in a degenerate case: { $point }
reason-open = it fails for some values of { $symbol }, but the notes leave open which values are meant
reason-undefined = one side has no value at { $point }
reason-fuel = the work limit was reached
reason-good-line = judged against line { $line }, the last line that agrees with the start
reason-identical = both sides are the same expression
reason-known-object = uses the standard definition of { $what }, which the notes do not give
reason-assumed-sort = proved for real numbers { $symbol }; nothing says what they are
reason-not-a-claim = nothing to check
reason-empty = nothing stands where an expression should be
reason-no-range = { $what } does not say over what it runs
reason-no-variable = the derivative does not say by which symbol

# Findings
finding-misspelt = “{ $word }” is not a word of annotations
finding-misspelt-suggest = “{ $word }” is not a word of annotations; did you mean “{ $suggestion }”?
finding-unused-directive = this annotation has nothing to act on
finding-shape-mismatch = { $product } does not conform: { $symbol } is a column vector here
help-transpose = did you mean { $repair } ?

# Verdicts
reason-witnesses-differ = symbolic and dual-number derivatives differ at { $point }; please report this
reason-bug = proved, and refuted at { $point }: this is a bug of Rederive, please report it
reason-sizes = shown exactly at sizes { $sizes }, not for every size
reason-no-witness = no point was found at which both sides have values
reason-fails-outside = without the conditions it fails, e.g. at { $point }
reason-uninterpreted = a function in it has no formula: such statements can be proved, not refuted
note-values = at { $point }, line by line: { $values }
note-ratio = line { $left } / line { $right } = { $ratio }
