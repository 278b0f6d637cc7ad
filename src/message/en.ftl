# Every word that a user sees. Keys are grouped by what they belong to; arguments in { $name } are shown as they are.

# Reasons of a verdict
reason-unknown-symbol = nothing in the notes says what { $symbol } is
reason-unknown-macro = unknown macro { $what }
reason-unknown-command = unknown notation { $what }
reason-unbalanced = brackets do not match near { $what }
reason-opaque = { $what } is not understood
reason-sorts = the shapes do not fit: { $what }
reason-apart = its symbols have other shapes here than elsewhere in the notes: say what they are, e.g. with an annotation
reason-ambiguous = more than one reading: { $what }
reason-elsewhere = it fails only where { $what } fails, which the notes say too
reason-context = { $symbol } stands in a condition that was not understood: { $what }
reason-freed = words say anew what { $symbol } is: what was said of it before gives nothing here
reason-passing = { $symbol } has a value in another sentence, and may still be meant to have it
reason-member = { $symbol } is one of a family whose members may depend on each other, and nothing says how
reason-circular = { $symbol } stands in a condition that was not understood: a definition in a circle
reason-beside-unread = { $symbol } stands in a condition that was not understood: a statement that was not read
reason-restricted = { $symbol } stands in a condition that was not understood: another line restricts it
reason-normalised = this may say what { $symbol } is: nothing is given of its sum
reason-held-fixed = { $symbol } depends on what the derivative is by, and may be meant to stay fixed
reason-factored = { $symbol } factors a matrix, and nothing says what it is: it may be meant to be orthogonal
reason-condition-behind = { $symbol } stands in a condition that was not understood: a condition behind the formula
reason-weights = nothing says whether the entries of { $symbol } add up to 1
reason-own-sizes = nothing but this line says which sizes { $symbol } has
reason-told = what the words say of { $symbol } may be more than was read; an annotation settles it
reason-unordered = words call { $symbol } a { $noun }, and nothing says its size: as a number it would commute
reason-uncommuting = { $symbol } may be a matrix or an operator: nothing says that it is a number that commutes
reason-another-base = it holds for one base of the logarithms alone, and words speak of another than e
reason-degrees = it depends on the unit of angles, and words speak of degrees
reason-fallen = line { $line } is said to follow, and is not shown to: what { $symbol } stands for here is not clear
reason-depends = { $symbol } depends on { $on }, and stands here as if it did not
reason-entrywise = of matrices: entry by entry, or as matrices have it? { $what }
reason-own-sign = the notes give { $sign } a meaning of their own
reason-counted = the notes count { $symbol } by its superscripts: as a power it says something else
reason-word = it stands in a condition that was not understood: { $word }
reason-range = nothing says what { $index } runs over
reason-arithmetic = words near it speak of another arithmetic: { $word }
reason-foot = a sum at the foot of a letter may name a random variable: { $what }
reason-writing = it has a writing with a meaning of its own: { $what }
reason-unit = with the word behind its number it may be right: { $word }
reason-inside = it holds if what stands behind the { $what } belongs to it
reason-unusual = no value was found at which it fails that such letters have as a rule ({ $what }), and nothing is said of them
reason-whole = it fails where { $symbol } is no whole number, and only subscripts elsewhere say that it is one
reason-values-put-in = it stands in a condition that was not understood: values put in
reason-equation-to-solve = it stands in a condition that was not understood: an equation
reason-length-unsaid = it stands in a condition that was not understood: a length that is not said
reason-vacuous = no point satisfies the givens
reason-never = it would hold only where { $what }, and that is never
reason-differentials = letters whose differentials stand here may depend on each other, and nothing says how
reason-no-engine = no engine settles this kind of statement
reason-not-defined = { $symbol } has no definition in reach, so its derivative is unknown
reason-samples-agree = { $count } points agree; no proof
reason-undefined-function = it fails for some functions, and nothing here says what { $function } is: define it, or annotate it
reason-doubtful = floats disagree at { $point }, but no enclosure confirms it
reason-digits = to the digits written
reason-within-digits = whether it holds depends on digits that are not written
reason-degenerate = it fails only in a degenerate case: { $point }
reason-open = it fails for some values of { $symbol }, but the notes leave open which values are meant
reason-several-definitions = { $symbol } has { $count } definitions that are not shown to be equal
reason-undefined = one side has no value at { $point }
reason-partly-defined = { $part } has no value at { $point }, where the claim is to hold too
reason-partly-defined-inside = { $part } has no value at { $point }, which is in the set
reason-few-points = it holds at only { $count } points that were tried; that is too few
reason-no-such-value = { $part } has no value
reason-never-defined = { $part } has no value at { $point }, nor at any other point that was tried
reason-fuel = the work limit was reached
reason-good-line = judged against line { $line }, the last line that agrees with the start
reason-identical = both sides are the same expression
reason-known-object = uses the standard definition of { $what }, which the notes do not give
reason-own-shapes = proved for the shapes that fit this line; elsewhere in the notes { $symbol } have others
reason-assumed-sort = proved for real numbers { $symbol }; nothing says what they are
reason-not-a-claim = nothing to check
reason-empty = nothing stands where an expression should be
reason-no-range = { $what } does not say over what it runs
reason-no-length = nothing shows how long the vector of ones is
reason-supremum-attained = supremum { $value }, attained
reason-supremum-not-attained = supremum { $value }, not attained
reason-infimum-attained = infimum { $value }, attained
reason-infimum-not-attained = infimum { $value }, not attained
reason-not-attained = there is no such value: { $value } is approached, not attained
reason-no-limit = there is no limit: from below it tends to { $below }, from above to { $above }
reason-hidden-variable = { $what } is about what stands in a definition: write the definition out there
reason-no-variable = the derivative does not say by which symbol

# Findings
finding-misspelt = “{ $word }” is not a word of annotations
finding-misspelt-suggest = “{ $word }” is not a word of annotations; did you mean “{ $suggestion }”?
finding-misplaced-directive = this annotation is ignored: it has to stand on a line of its own
finding-unclosed = “{ $what }” is opened here and never closed
finding-broken-notebook = this is no notebook: its JSON ends here or holds something else than cells
finding-too-large = the text is too large to be read
finding-unused-directive = this annotation has nothing to act on
finding-shape-mismatch = { $product } does not conform: { $symbol } is a column vector here
finding-shape-mismatch-product = { $product } does not conform
finding-maximum-not-attained = no greatest value is attained here: the supremum is { $value }
finding-minimum-not-attained = no least value is attained here: the infimum is { $value }
finding-checker-disagrees = the checker { $checker } disagrees
finding-holds-nowhere = { $relation } holds for no values at all
finding-fails-as-read = as read it fails at { $point }: the sides are { $left } and { $right }
finding-missing-condition = this holds only under a condition that the notes do not give: { $conditions }
finding-unread-claim = this formula is to be checked and was not understood
finding-symbol-redefined = { $symbol } was defined as something else before: at { $point } that is { $left }, this is { $right }
finding-symbol-redefined-open = { $symbol } has a definition before this one, and nothing shows that both are the same
finding-used-early = { $symbol } is defined only in line { $line }
finding-known-object = the textbooks have { $object }: at { $point } that is { $value }, this is { $found }. Is something else meant?
finding-known-object-special = this holds for special random variables only: at { $point } the sides are { $value } and { $found }. Is something else meant?
finding-unread-notation = { $what } has no meaning here, so that the formula cannot be checked
finding-checker-idle = the checker { $checker } has nothing to compare: the formula makes no claim, or was not understood
finding-short-script = only the first character of “{ $script }” is in the script; braces hold the rest
finding-spilt-subscript = “{ $written }” adds one; elsewhere the notes write “{ $meant }”
finding-doubled-operator = “{ $operators }”: two operators side by side
finding-cancelling = { $term } minus itself is 0; one of the two was probably meant to be another
finding-unbalanced-bracket = “{ $bracket }” has no partner
finding-missing-differential = the integral does not say by which variable: there is no dx
finding-other-differential = the integrand does not have { $variable }; d{ $meant } was probably meant
finding-variable-in-limit = { $variable } is the variable of this integral and stands in its limits too
finding-unused-index = what is summed over { $index } has { $other } in its place
finding-rebound-index = { $index } is bound by the sum around this one too
finding-free-and-bound = { $index } is bound in this sum and free beside it
finding-unindexed-symbol = { $symbol } stands in this sum without { $index }; elsewhere it has it
finding-other-case = { $written } stands nowhere else in the notes; { $meant } was probably meant
finding-value-or-place = the left side is where it is taken; \{ $word } is the value, \arg\{ $word } the place
finding-bound-by-itself = { $symbol } stands in its own bound
finding-other-end = the integral ends at its own variable { $written }; on the left stands { $meant }
finding-unbound-index = { $index } is free here; the sums that bind it end before, and the other side does not have it
finding-other-argument = { $written } stands nowhere else in the equation; the other sides have { $meant } in its place
finding-lost-condition = the two sides are not conditioned on the same: { $condition } is missing on one of them
finding-repeated-term = { $term } is added twice; one of the two was probably meant to be another
finding-range-by-itself = { $index } is the index of this sum and an end of its range
finding-equals-itself-shifted = { $symbol } is set equal to itself plus something
finding-inverted-twice = { $inverse } is applied twice and gives its argument; one of the two was probably meant without inverse
finding-lone-symbol = { $written } stands nowhere else in the notes; the same expression stands elsewhere with { $meant }
finding-lost-brackets = elsewhere the notes write { $meant }
finding-restated-otherwise = elsewhere the notes give { $head } with one other sign: which of the two is meant?
finding-other-offset = elsewhere in this formula { $function } takes what has another index
finding-other-range-end = { $written } stands nowhere else in the notes; { $meant } was probably meant
finding-binomial = { $lower } choose { $upper } goes with these exponents, not { $upper } choose { $lower }
finding-distribution-parameters = { $name } takes at most { $most } { $most ->
    [one] parameter
   *[other] parameters
}; here are { $count }
finding-density-for-distribution = the words speak of the distribution function; f is the density
finding-moment-bound = a moment of this order stands over { $distance } in the bound of a tail
finding-lost-argument = { $argument } on the left is nowhere on the right, and { $stranger } is known from nowhere
help-transpose = did you mean { $repair } ?

# Checkers
checker-no-symbol = checker { $name } has no value for { $symbol }
checker-two-symbols = checker { $name } has one value for both { $first } and { $second }
checker-no-shape = no instance of checker { $name } has the shapes of this statement
checker-other-shape = checker { $name } computes { $symbol } with shape { $shape }; here it has another
checker-vacuous = no instance of checker { $name } satisfies the givens and tells anything
checker-no-value = a side has no value in floats at { $point }, so checker { $name } says nothing
checker-no-relation = checker { $name } compares values; this relation is none between values
checker-differs = checker { $name } computes { $value }, the statement says { $side } at { $point }
checker-fails = the values agree with checker { $name }, but the relation does not hold between { $left } and { $right } at { $point }

# Verdicts
reason-witnesses-differ = symbolic and dual-number derivatives differ at { $point }; please report this
reason-bug = proved, and refuted at { $point }: this is a bug of Rederive, please report it
reason-sizes = shown exactly at sizes { $sizes }, not for every size
reason-no-witness = no point was found at which both sides have values
reason-fails-outside = without the conditions it fails, e.g. at { $point }
reason-uninterpreted = a function in it has no formula: such statements can be proved, not refuted
note-values = at { $point }: { $start } on the left; line by line { $values }
note-true-if-full-column-rank = true if { $symbol } has full column rank
note-true-if-symmetric = true if { $symbol } is symmetric
note-true-if-invertible = true if { $symbol } is invertible
note-true-if-nonpositive = true if { $symbol } is not positive
note-true-if-integer = true if { $symbol } is an integer
note-true-if-sum-one = true if the entries of { $symbol } sum to 1
note-true-if-at-most = true if { $symbol } ≤ { $other }
note-true-if-less = true if { $symbol } < { $other }
note-true-if-different = true if { $symbol } ≠ { $other }
note-true-if-independent = true if its random variables are independent
note-true-if-positive-semidefinite = true if { $symbol } is positive semidefinite
note-true-if-positive-definite = true if { $symbol } is positive definite
note-true-if-nonnegative = true if { $symbol } is nonnegative
note-true-if-not-zero = true if { $symbol } is not zero
note-true-if-positive = true if { $symbol } is positive
note-true-if-distribution = true if { $symbol } is a distribution
note-ratio-alone = left / right = { $ratio }
note-difference-alone = left − right = { $difference }
note-difference = line { $left } − line { $right } = { $difference }
note-factor = differs by the factor { $factor }: left / right = { $ratio }
note-constant = differs by a constant: left − right = { $constant }
note-opposite = opposite sign: left = −right
note-up-to-size = equal up to the factor { $ratio }: one side is a sum, the other a mean
note-transposed = transposed: each side is the transpose of the other
note-left-worked = left: { $steps }
note-right-worked = right: { $steps }
reason-base = equal up to the base of the logarithm: it holds in base { $base }, and the notes name no base
reason-layout = equal up to layout: each side is the transpose of the other, and the notes name no layout of derivatives
reason-mean = equal up to the factor { $ratio }: one side is the derivative of a sum, the other of a mean, and the notes name neither
note-ratio = line { $left } / line { $right } = { $ratio }

# Verdicts
verdict-proved = proved
verdict-conditional = conditional
verdict-confirmed = confirmed
verdict-refuted = refuted
verdict-undecided = undecided
verdict-unread = unread
verdict-none = nothing to check

# Report: terminal
report-count = { $count } { $word }
report-document = { $count } document
report-documents = { $count } documents
report-statement = { $count } statement
report-statements = { $count } statements
report-of-every-size = { $count } for every size
report-of-expected = { $count } as expected
report-every-size = for every size
report-sizes-tried = for the sizes { $sizes }
report-refuted-alone = this does not hold
report-refuted-odd = this line does not follow; the lines around it agree (step { $step } of { $steps })
report-refuted-step = this step does not hold (step { $step } of { $steps })
report-unmet-verdict = the notes expect { $expected } here, but this is { $found }
report-unmet-finding = the notes expect a finding { $code } here, but there is none
report-more-errors = +{ $count } more errors
report-more-warnings = +{ $count } more warnings
report-more-notes = +{ $count } more notes
report-read-as = read as
report-given = given
report-note = note
report-because = because
report-provided = provided
report-at = at { $point }
report-everywhere = everywhere
report-line = line { $line }
report-both-sides = left { $left }, right { $right }
report-help-repair = with this change it holds
report-help-edit = change this
help-repair-proved = with this change it is proved
help-repair-proved-checked = with this change it is proved, and the checkers agree
help-repair-confirmed = with this change every numeric check agrees; nothing proves it
note-repair-other = another change would make it hold as well: { $latex }
report-explain-hint = `{ $command }` shows the evidence
report-checker-instances = { $count } instances
report-checker-sizes = sizes { $sizes }
report-checker-worst = error ≤ { $worst }
report-checker-seed = seed { $seed }
report-checker-apart = { $count } saturated or tied points left out
report-written = written
report-engine = engine
report-axiom = rests on
report-sizes = sizes
report-step = step { $number }
report-checker = checker { $name }
report-repair = repair
report-expected = expected
report-stat-document = document
report-stat-engine = engine
report-stat-kind = kind
report-stat-code = finding
report-stat-count = count
report-inferred = may be used by { $count } of { $claims } claims

# The language's own name
language = English

# Severities
severity-error = error
severity-warning = warning
severity-note = note
report-help = help

# Kinds of statements
kind-definition = definition
kind-given = given
kind-claim = claim
kind-expression = expression
kind-condition = condition
kind-other = other
kind-prose = prose

# Report: pages
report-all = all
report-at-label = at
report-bare = nothing to check
report-checked = Checked by Rederive
report-checker-label = checker
report-contents = Contents
report-counterexample = counterexample
report-derivation = derivation
report-given-label = given
report-index = All notes
report-close = Close
report-copied = copied
report-copy = copy
report-coverage = { $settled } of { $relations } relations ({ $share } %)
report-coverage-label = coverage
report-key-help = this list
report-key-next = next and previous statement
report-key-open = opens and closes its card
report-key-search = searches
report-keys = Keys
report-latex = LaTeX
report-seed = seed
report-settled = settled
report-version = version
report-left = left
report-line-label = line
report-no-problems = No problems found.
report-notes = Notes
report-problems = Problems
report-reproduce = reproduce with
report-right = right
report-search = Search
report-show = Show
report-skip = Skip to the notes
report-source = Source
report-statement-label = statement
report-statements-label = Statements
report-unmet = not as expected
report-verdict = verdict
report-sentence = { $proved } of { $total } statements proved, { $refuted }
report-none-refuted = none refuted
report-some-refuted = { $count } refuted
report-assumptions-used = ; assumptions used: { $count }
report-wrong-on-purpose = ; { $count } wrong on purpose, as expected
report-image = image: { $text }
report-written-to = The verified notes are in { $path }
report-code-why = why it matters
report-code-example = for example
reason-checkers-agree = its checkers agree (instances: { $count }); no proof
reason-checker-disagrees = the checker { $checker } disagrees with the engines; please report this

# Derivations
derivation-entry = the entry at any place, { $range }
derivation-entry-of = entry { $number } of { $count }
derivation-likewise = the other entries likewise
derivation-needs = needs { $condition }: { $reason }
derivation-signs = by the signs of its parts
derivation-values = else neither side of the statement has a value
derivation-owed = the notes don't give it
derivation-definition = of { $symbol }
derivation-by = by { $givens }
derivation-box = over the box { $box }
derivation-cells = and { $count } more cells, by the same methods
derivation-bound = over all cells the difference lies in [{ $low }, { $high }]
derivation-bound-attained = over all cells the difference lies in [{ $low }, { $high }]; 0 is attained
derivation-start = at { $number } = { $first }, the least that is allowed
derivation-grows = from { $number } to { $number } + 1 both sides grow in the same relation
derivation-put-in = from { $number } to { $number } + 1, the relation at { $number } put in
derivation-face = least where { $face }
derivation-touches = touches 0 at { $at }
derivation-point = at { $point }
derivation-left = left side
derivation-right = right side

# Trust page
report-trust = What the verdicts rest on
report-trust-what = All that the tool consists of, read off its tables, each with how it is held to what it says and how often these notes used it. Proofs and refutations rest on the kernel alone, which goes through the evidence of every engine again; the rules of printed derivations are for people, and each line is compared by the kernel.
report-name = name
report-about = what it is
report-reference = reference
report-status = status
report-used = used here
report-no-second = no second witness is bound to it
report-replay = replay
report-first-witness = first witness
report-second-witness = second witness
report-by-engine = engine { $name }

# Tables
list-engines = engines
list-engines-about = They turn a claim into evidence; a verdict rests on evidence that was replayed.
list-rules = rules
list-rules-about = Rule books (derived, or axioms with their reference), then the rules that only printed derivations name.
list-functions = functions
list-functions-about = The functions of the expression language.
list-notation = notation
list-notation-about = What is read, and as what.
list-checkers = checkers
list-checkers-about = Second witnesses: values by a route that never sees a note.
list-codes = codes
list-codes-about = What there is to complain about.
list-status-proves = proves; its evidence is gone through again by the kernel, tampered evidence is rejected
list-status-supports = supports or refutes; never proves, a counterexample is certified by exact or interval arithmetic
list-status-printed = of printed derivations only: a line that the kernel does not show equal is left out
list-status-derived-by = derived by { $engine }; each use is gone through again by the kernel
list-status-derived = derived; each use is gone through again by the kernel
list-status-axiom = axiom; each use is gone through again by the kernel
list-engines-alone = the engines alone
list-derived-from = from { $rules }
list-status-kernel = one definition for all number systems; enclosures hold the exact values
list-status-dual = derivative equal to dual numbers
list-status-case = a case of its own in evaluation
list-status-planted = planted errors in a formula make it disagree (tested for every family)
list-status-example = its example is run by a test
list-outcome = { $confirmed } of { $all } confirmed, { $instances } instances, error ≤ { $worst }

# Planted errors
mutate-title = Planted errors
mutate-planted = planted
mutate-equivalent = equivalent
mutate-refuted = refuted
mutate-found = found
mutate-blamed = blamed
mutate-marked = marked
mutate-repaired = repaired
mutate-survived = survived
mutate-total = all
mutate-survivors = Survivors
mutate-shares = { $noticed } % of the errors are refuted or found; of these { $blamed } % are blamed on the right line and { $repaired } % repaired to the original or an equal form; of the refuted { $marked } % have the error in the part that is marked, on average { $length } % of the line; false alarms on the notes as they stand: { $alarms }
mutate-is-equivalent = equivalent (proved as it stands)
mutate-is-found = found by a finding
mutate-is-survivor = survived ({ $verdict })
mutate-is-blamed = blamed on the right line
mutate-is-not-blamed = blamed on another line
mutate-is-marked = the marked part has it
mutate-is-not-marked = the marked part lacks it
mutate-is-not-repaired = no repair
mutate-is-repaired = repaired
mutate-is-repaired-otherwise = repaired otherwise

# Errors
error-read = cannot read { $path }: { $reason }
error-encoding = { $path } is not UTF-8 (byte { $offset })
error-changed = { $path } has changed since it was checked; nothing was written
error-too-large = { $path } is larger than { $limit } bytes
error-configuration = { $place }: { $reason }
error-git = --changed-since: { $reason }
error-command-line = the formula or premise cannot be read: { $reason }
error-empty = no notes in { $path } (hidden files and what .gitignore or rederive.toml leave out don't count)
error-write = cannot write { $path }: { $reason }
error-internal = internal error: { $reason }; please report it
error-input = cannot read the standard input: { $reason }
error-output = cannot write to the standard output: { $reason }
error-plain = { $reason }
error-no-notes = there is no folder `{ $folder }` here; name the notes: rederive check PATH…
error-unknown = no statement and no finding is called `{ $name }`; `rederive check --format json` lists all ids
error-no-file = --fix writes into files; the standard input is none
error-nobody-to-ask = --fix asks on the terminal, and there is none; `--fix --yes` does not ask
error-no-planted = no planted error is called `{ $name }`; `rederive mutate --verbose` names them
error-unread = not understood: { $reason }
error-exists = { $path } is already there

# Fixes
gate-count = fails on { $what }: { $count }
gate-coverage = { $settled } of { $claims } claims are settled, { $share } %; at least { $least } % are demanded
baseline-stale = note: { $baseline }: no longer occurs: { $path }: { $code }: { $formula }
baseline-written = { $path }: accepted: { $count }
init-head = { $file }: how the notes in this folder are checked. The command line goes first; keys of the file that is
    nearest to the notes go before those of outer ones (`rederive config --show` prints what holds and why).
init-written = { $path } written
fix-ask = Apply this? [y/N]
fix-skipped = { $path }: repairs that could not be written there (they span two strings of the file, or overlap): { $count }
fix-written = { $path }: repairs written: { $count }

# Comparison with a previous run
compare-false = newly false
compare-open = no longer settled
compare-fixed = fixed
compare-settled = newly settled
report-changes = Since the previous run
report-was = was

# Plots
plot-counterexample = Both sides along a line through the counterexample
plot-bound = The bound and what it bounds
plot-gradient = The function and its derivative
plot-function = function
plot-derivative = derivative
plot-along = { $curves } as { $name } varies, all else fixed
plot-spectrum = Eigenvalues
plot-spectrum-at = The eigenvalues at { $point }, the least first
plot-value = value
plot-errors = How far both sides are apart in floats
plot-errors-of = How many of { $count } points drawn under the givens have a relative difference up to each power of ten
plot-error = relative difference, up to
plot-points = points
report-data = Data
report-evidence = Evidence

# Study mode
study-what = What belongs in the box?
study-why = Why does this hold?
study-wrong = What is wrong here?
study-hint = Hint
study-hint-givens = You may use
study-hint-rules = The rules that are needed
study-line-by-line = The derivation, line by line
study-next-line = next line
study-example = In small numbers
study-try = Try it
study-try-how = Each box hides what stands in the notes. Write your line in LaTeX in the place of the dots, run the command, and it is judged by the engines, whatever its form.
study-solution = What the notes have

# Answers
answer-no-exercise = `{ $id }` is no line that can be answered: it has to be an equation that holds. `rederive report --audience student` lists all of them
answer-not-a-formula = the line is no formula: one side of a relation in LaTeX is wanted, like '-x + 1'
answer-torn = the line cannot be read: a brace or a command in it is not closed, or it has several rows
answer-lost = With this line the notes are read otherwise; nothing can be said about it.
answer-right-same = Right: just as in the notes.
answer-right = Right, in another form than in the notes.
answer-right-every-size = Right, in another form than in the notes; proved for every size.
answer-provided = Provided that { $condition }.
answer-confirmed = It agrees with every numeric check, but there is no proof of it.
answer-repeats = True, but it only says the line before again.
answer-next-fails = It follows from the line before, but the next line of the notes does not follow from it.
answer-wrong = Not right: at { $point } the left side is { $left }, yours is { $right }.
answer-wrong-everywhere = Not right: the left side is { $left }, yours is { $right }.
answer-look-at = Look at this part: { $part }
answer-open = Neither proved nor refuted; this says nothing about your line:
answer-solution = The notes have: { $latex }

# Code actions of an editor
fix-change = Change “{ $old }” to “{ $new }”
fix-insert = Insert “{ $new }”
fix-remove = Remove “{ $old }”
