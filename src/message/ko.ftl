# 사용자가 보는 모든 글. 키와 인수는 en.ftl과 같고, 순서도 같다. 인수 바로 뒤에는 받침에 따라 꼴이 바뀌는 조사를 쓰지 않는다.

# Reasons of a verdict
reason-unknown-symbol = 기호 { $symbol }의 뜻이 노트 어디에도 없습니다
reason-unknown-macro = 알 수 없는 매크로: { $what }
reason-unknown-command = 알 수 없는 표기: { $what }
reason-unbalanced = { $what } 근처에서 괄호의 짝이 맞지 않습니다
reason-opaque = 이해하지 못한 부분: { $what }
reason-sorts = 형상이 맞지 않습니다: { $what }
reason-apart = 여기 쓰인 기호의 형상이 노트의 다른 곳과 다릅니다. 무엇인지 주석 등으로 밝혀 주세요
reason-ambiguous = 두 가지 이상으로 읽힙니다: { $what }
reason-elsewhere = 등식 { $what } 또한 성립하지 않는 곳에서만 어긋나며, 노트에는 그 등식도 있습니다
reason-context = { $symbol }에 관한 조건을 이해하지 못했습니다: { $what }
reason-freed = { $symbol }이(가) 무엇인지 글에서 새로 말하므로 앞에서 말한 것은 여기에 쓰이지 않습니다
reason-passing = 다른 문장에서 { $symbol }에 값을 주었으며, 여기서도 그 값일 수 있습니다
reason-member = { $symbol }은(는) 서로 의존할 수 있는 것들 가운데 하나인데, 어떻게 의존하는지 알 수 없습니다
reason-circular = { $symbol }에 관한 조건을 이해하지 못했습니다: 제자리로 돌아오는 정의
reason-beside-unread = { $symbol }에 관한 조건을 이해하지 못했습니다: 읽지 못한 명제
reason-restricted = { $symbol }에 관한 조건을 이해하지 못했습니다: 다른 줄의 제한
reason-normalised = 이 식은 { $symbol }의 정의일 수 있습니다. 그 합에 대해 주어진 것이 없습니다
reason-held-fixed = { $symbol }의 값이 미분하는 변수에 달려 있는데, 고정된 값을 뜻했을 수도 있습니다
reason-factored = { $symbol }은(는) 행렬의 분해에 쓰였는데 무엇인지 알 수 없습니다. 직교행렬일 수 있습니다
reason-condition-behind = { $symbol }에 관한 조건을 이해하지 못했습니다: 식 뒤의 조건
reason-weights = { $symbol }의 성분의 합이 1인지 노트 어디에도 없습니다
reason-own-sizes = 노트에서 이 줄만이 { $symbol }의 크기를 말합니다
reason-told = { $symbol }에 대한 설명이 읽은 것보다 더 많을 수 있습니다. 주석으로 정할 수 있습니다
reason-unordered = { $symbol }은(는) { $noun }라고 불리지만 크기를 알 수 없습니다. 수로 읽으면 교환법칙이 성립해 버립니다
reason-uncommuting = { $symbol }은(는) 행렬이나 연산자일 수 있습니다. 교환법칙을 따르는 수라는 말이 없습니다
reason-another-base = 로그의 밑에 따라 달라지는데, 본문은 e가 아닌 밑을 말합니다
reason-degrees = 각의 단위에 따라 달라지는데, 본문은 도 단위를 말합니다
reason-fallen = { $line }번째 줄은 앞에서 따라 나온다고 하지만 확인되지 않습니다. 여기서 { $symbol }이(가) 무엇인지 분명하지 않습니다
reason-depends = { $symbol }은(는) { $on }에 의존하는데 여기서는 그렇지 않은 것처럼 쓰였습니다
reason-entrywise = 행렬에 대해 원소별로 계산하는지, 행렬로서 계산하는지 알 수 없습니다: { $what }
reason-own-sign = 노트에서 { $sign }에 따로 뜻을 부여합니다
reason-counted = 노트에서 { $symbol }의 위첨자는 번호입니다. 거듭제곱으로 읽으면 다른 말이 됩니다
reason-word = 이해하지 못한 조건이 곁에 있습니다: { $word }
reason-range = { $index }의 범위가 적혀 있지 않습니다
reason-arithmetic = 곁의 말이 다른 산술을 가리킵니다: { $word }
reason-foot = 아래첨자의 합은 확률변수를 가리킬 수 있습니다: { $what }
reason-writing = 따로 정해진 뜻이 있는 표기가 있습니다: { $what }
reason-unit = 수 뒤의 말과 함께 읽으면 맞을 수 있습니다: { $word }
reason-inside = { $what } 뒤의 항까지 그 안에 들어간다고 보면 성립합니다
reason-unusual = 이런 문자가 보통 갖는 값({ $what })에서는 틀린 곳을 찾지 못했고, 문자에 대한 설명이 없습니다
reason-whole = { $symbol }이(가) 정수가 아닐 때는 성립하지 않습니다. 다른 곳의 아래첨자 말고는 정수라는 말이 없습니다
reason-values-put-in = 이해하지 못한 조건이 곁에 있습니다: 값을 넣은 식
reason-equation-to-solve = 이해하지 못한 조건이 곁에 있습니다: 방정식
reason-length-unsaid = 이해하지 못한 조건이 곁에 있습니다: 나와 있지 않은 길이
reason-vacuous = 주어진 조건을 모두 만족하는 점이 없습니다
reason-never = { $what } 일 때만 성립하는데, 그런 경우는 없습니다
reason-differentials = 여기 미분들의 문자가 서로 의존할 수 있는데, 어떻게 의존하는지 아무 데도 없습니다
reason-no-engine = 이런 꼴의 명제를 판정하는 엔진이 없습니다
reason-not-defined = { $symbol }의 정의가 범위 안에 없어 도함수를 알 수 없습니다
reason-samples-agree = 점 { $count }개에서 일치하지만 증명은 없습니다
reason-undefined-function = 어떤 함수에 대해서는 성립하지 않으며, 함수 { $function }의 뜻이 여기 없습니다. 정의하거나 주석을 달아 주세요
reason-doubtful = 부동소수점 값은 { $point }에서 어긋나지만, 둘러싸는 구간으로 확인되지 않습니다
reason-digits = 적힌 자릿수까지
reason-within-digits = 성립하는지는 적히지 않은 자릿수에 달려 있습니다
reason-degenerate = 퇴화한 경우에만 어긋납니다: { $point }
reason-open = { $symbol }의 어떤 값에 대해서는 성립하지 않지만, 어느 값을 말하는지 노트에 나와 있지 않습니다
reason-several-definitions = { $symbol }의 정의가 { $count }개이고, 서로 같다는 것이 보여지지 않았습니다
reason-undefined = { $point }에서 한쪽 변에 값이 없습니다
reason-partly-defined = { $point }에서 { $part }에 값이 없는데, 주장은 그 점에서도 성립해야 합니다
reason-partly-defined-inside = 집합에 속하는 점 { $point }에서 { $part }에 값이 없습니다
reason-few-points = 시험한 점 가운데 { $count }개에서만 성립합니다. 너무 적습니다
reason-no-such-value = { $part }에는 값이 없습니다
reason-never-defined = { $point }에서도, 시험한 다른 어느 점에서도 { $part }에 값이 없습니다
reason-fuel = 계산량의 한도에 이르렀습니다
reason-good-line = 첫 줄과 일치하는 마지막 줄인 { $line }번째 줄에 견주어 판정했습니다
reason-identical = 두 변이 같은 식입니다
reason-known-object = 노트에 없는 표준 정의를 썼습니다: { $what }
reason-own-shapes = 이 줄에 맞는 형상에 대해 증명되었습니다. 노트의 다른 곳에서는 { $symbol }의 형상이 다릅니다
reason-assumed-sort = { $symbol }의 뜻이 나와 있지 않아 실수로 보고 증명했습니다
reason-not-a-claim = 확인할 것이 없습니다
reason-empty = 식이 있어야 할 자리가 비어 있습니다
reason-no-range = { $what }의 범위가 나와 있지 않습니다
reason-no-length = 모든 성분이 1인 벡터의 길이를 알 수 없습니다
reason-supremum-attained = 상한은 { $value }, 최댓값으로 달성됩니다
reason-supremum-not-attained = 상한은 { $value }, 달성되지 않습니다
reason-infimum-attained = 하한은 { $value }, 최솟값으로 달성됩니다
reason-infimum-not-attained = 하한은 { $value }, 달성되지 않습니다
reason-not-attained = 그런 값은 없습니다. { $value }에 한없이 가까워질 뿐 달성되지 않습니다
reason-no-limit = 극한이 없습니다. 아래에서의 극한은 { $below }, 위에서의 극한은 { $above }입니다
reason-hidden-variable = { $what }의 변수가 정의 안에 들어 있습니다. 정의를 그 자리에 풀어 써 주세요
reason-no-variable = 어느 기호로 미분하는지 나와 있지 않습니다

# Findings
finding-misspelt = 주석에 쓰이는 낱말이 아닙니다: “{ $word }”
finding-misspelt-suggest = 주석에 쓰이는 낱말이 아닙니다: “{ $word }”. 혹시 “{ $suggestion }”?
finding-misplaced-directive = 이 주석은 무시됩니다. 따로 한 줄에 있어야 합니다
finding-unclosed = 여기서 연 “{ $what }”의 끝이 없습니다
finding-broken-notebook = 노트북이 아닙니다. JSON이 여기서 끝나거나 셀이 아닌 것이 들어 있습니다
finding-too-large = 글이 너무 커서 읽을 수 없습니다
finding-unused-directive = 이 주석이 가리키는 것이 없습니다
finding-shape-mismatch = 곱 { $product }의 형상이 맞지 않습니다. 여기서 { $symbol }의 뜻은 열벡터입니다
finding-shape-mismatch-product = 곱 { $product }의 형상이 맞지 않습니다
finding-maximum-not-attained = 여기에는 최댓값이 없습니다. 상한은 { $value }입니다
finding-minimum-not-attained = 여기에는 최솟값이 없습니다. 하한은 { $value }입니다
finding-checker-disagrees = 검산기 { $checker }의 값과 다릅니다
finding-holds-nowhere = { $relation }: 어떤 값에 대해서도 성립하지 않습니다
finding-fails-as-read = 읽은 대로라면 { $point }에서 성립하지 않습니다. 두 변의 값은 { $left }, { $right }입니다
finding-missing-condition = 노트에 없는 조건 아래에서만 성립합니다: { $conditions }
finding-unread-claim = 확인해야 할 식이지만 이해하지 못했습니다
finding-symbol-redefined = { $symbol }의 정의가 앞에서와 다릅니다. { $point }에서 앞의 값은 { $left }, 이 값은 { $right }입니다
finding-symbol-redefined-open = { $symbol }의 정의가 앞에 이미 있고, 둘이 같다는 것이 보여지지 않았습니다
finding-used-early = { $symbol }의 정의가 { $line }번째 줄에야 나옵니다
finding-known-object = 교과서의 { $object }: { $point }에서 그 값은 { $value }, 여기서는 { $found }입니다. 다른 것을 뜻했습니까?
finding-known-object-special = 특별한 확률변수에 대해서만 성립합니다. { $point }에서 두 변의 값은 { $value }, { $found }입니다. 다른 것을 뜻했습니까?
finding-unread-notation = { $what }의 뜻이 여기 없어 식을 확인할 수 없습니다
finding-checker-idle = 검산기 { $checker }의 값과 견줄 것이 없습니다. 이 식은 주장이 아니거나, 이해하지 못한 식입니다
finding-short-script = “{ $script }”의 첫 글자만 첨자가 됩니다. 나머지까지 넣으려면 중괄호로 묶어야 합니다
finding-spilt-subscript = “{ $written }”에서는 1을 더한 것이 됩니다. 노트의 다른 곳에는 “{ $meant }”라고 적혀 있습니다
finding-doubled-operator = “{ $operators }”: 연산자 두 개가 나란히 있습니다
finding-cancelling = { $term }에서 같은 것을 빼면 0입니다. 둘 중 하나는 아마 다른 것이었을 겁니다
finding-unbalanced-bracket = “{ $bracket }”의 짝이 없습니다
finding-missing-differential = 어느 변수로 적분하는지 나와 있지 않습니다. dx가 없습니다
finding-other-differential = 적분 변수 { $variable }: 피적분함수에 나오지 않습니다. d{ $meant }의 뜻이었을 겁니다
finding-variable-in-limit = 적분 변수 { $variable }: 적분 구간의 끝에도 쓰였습니다
finding-unused-index = 첨자 { $index }에 대한 합인데, 더하는 식에는 그 자리에 { $other }만 있습니다
finding-rebound-index = 첨자 { $index }: 바깥의 합도 같은 첨자를 씁니다
finding-free-and-bound = 첨자 { $index }: 이 합 안에서는 묶여 있고, 그 옆에서는 자유롭습니다
finding-unindexed-symbol = 이 합에서 { $symbol }에 첨자 { $index }만 빠져 있습니다. 다른 곳에는 있습니다
finding-other-case = { $written }: 노트의 다른 곳에는 없습니다. 아마 { $meant }의 뜻이었을 겁니다
finding-value-or-place = 좌변은 값을 얻는 자리입니다. \{ $word }의 값은 최적값이고, 그 자리는 \arg\{ $word }입니다
finding-bound-by-itself = { $symbol }: 자기 자신의 경계에 들어 있습니다
finding-other-end = 적분 구간이 적분 변수 { $written }에서 끝나는데, 좌변에는 { $meant }만 있습니다
finding-unbound-index = 첨자 { $index }: 여기서는 자유롭습니다. 묶는 합은 앞에서 끝났고, 다른 변에는 이 첨자가 없습니다
finding-other-argument = { $written }: 등식의 다른 곳에는 없습니다. 다른 변에는 그 자리에 { $meant }만 있습니다
finding-lost-condition = 두 변의 조건이 다릅니다. 한쪽에 조건 { $condition }만 빠져 있습니다
finding-repeated-term = { $term }: 두 번 더했습니다. 둘 중 하나는 아마 다른 것이었을 겁니다
finding-range-by-itself = { $index }: 이 합의 첨자인데 범위의 끝이기도 합니다
finding-equals-itself-shifted = { $symbol }: 자기 자신에 무엇을 더한 것과 같다고 했습니다
finding-inverted-twice = { $inverse }: 두 번 적용한 결과가 원래 값이라고 했습니다. 둘 중 하나는 역이 아니었을 겁니다
finding-lone-symbol = { $written }: 노트의 다른 곳에는 없습니다. 다른 곳의 같은 식에는 그 자리에 { $meant }만 있습니다
finding-lost-brackets = 노트의 다른 곳에는 이렇게 적혀 있습니다: { $meant }
finding-restated-otherwise = 노트의 다른 곳에는 { $head }의 부호 하나가 다르게 적혀 있습니다. 어느 쪽이 맞습니까?
finding-other-offset = 이 식의 다른 곳에서는 { $function }의 변수에 다른 첨자가 붙어 있습니다
finding-other-range-end = { $written }: 노트의 다른 곳에는 없습니다. 아마 { $meant }의 뜻이었을 겁니다
finding-binomial = 이 지수들과 어울리는 것은 { $lower }개 중 { $upper }개를 고르는 이항계수입니다. { $upper }개 중 { $lower }개가 아닙니다
finding-distribution-parameters = { $name }의 모수는 많아야 { $most }개인데, 여기에는 { $count }개입니다
finding-density-for-distribution = 글에서는 분포함수라고 했는데, f는 밀도함수입니다
finding-moment-bound = 꼬리 확률의 한계에서 이 차수의 적률은 { $distance } 위에 놓입니다
finding-lost-argument = 좌변의 { $argument }: 우변 어디에도 없습니다. 또 { $stranger }의 출처를 알 수 없습니다
help-transpose = 혹시 { $repair } ?

# Checkers
checker-no-symbol = 검산기 { $name }에는 { $symbol }의 값이 없습니다
checker-two-symbols = 검산기 { $name }에서 { $first }, { $second } 둘의 값이 하나입니다
checker-no-shape = 검산기 { $name }에는 이 명제의 형상에 맞는 사례가 없습니다
checker-other-shape = 검산기 { $name }에서 { $symbol }의 형상은 { $shape }인데, 여기서는 다릅니다
checker-vacuous = 검산기 { $name }의 사례 가운데 주어진 조건을 만족하면서 무언가를 말해 주는 것이 없습니다
checker-no-value = { $point }에서 한쪽 변의 부동소수점 값이 없어 검산기 { $name }의 결과가 없습니다
checker-no-relation = 검산기 { $name }에서는 값을 견줍니다. 이 관계는 값 사이의 관계가 아닙니다
checker-differs = { $point }에서 검산기 { $name }의 값은 { $value }, 명제의 값은 { $side }입니다
checker-fails = 값은 검산기 { $name }의 값과 일치하지만, { $point }에서 { $left }, { $right } 사이에 이 관계가 성립하지 않습니다

# Verdicts
reason-witnesses-differ = { $point }에서 기호 미분과 이원수 미분의 값이 다릅니다. 알려 주세요
reason-bug = 증명되었는데 { $point }에서 반증되었습니다. Rederive의 결함이니 알려 주세요
reason-sizes = 크기 { $sizes }에서는 정확히 보였지만, 모든 크기에 대해서는 아닙니다
reason-no-witness = 두 변에 모두 값이 있는 점을 찾지 못했습니다
reason-fails-outside = 이 조건이 없으면 성립하지 않습니다. 예: { $point }
reason-uninterpreted = 식이 주어지지 않은 함수가 들어 있습니다. 이런 명제는 증명할 수는 있어도 반증할 수는 없습니다
note-values = { $point }에서 좌변은 { $start }, 줄마다 차례로 { $values }
note-true-if-full-column-rank = { $symbol }의 열들이 일차독립이면 참
note-true-if-symmetric = { $symbol }: 대칭이면 참
note-true-if-invertible = { $symbol }: 가역이면 참
note-true-if-nonpositive = { $symbol } ≤ 0이면 참
note-true-if-integer = { $symbol }: 정수이면 참
note-true-if-sum-one = { $symbol }의 성분의 합이 1이면 참
note-true-if-at-most = { $symbol } ≤ { $other }일 때 참
note-true-if-less = { $symbol } < { $other }일 때 참
note-true-if-different = { $symbol } ≠ { $other }일 때 참
note-true-if-independent = 확률변수들이 독립이면 참
note-true-if-positive-semidefinite = { $symbol }: 양의 준정부호이면 참
note-true-if-positive-definite = { $symbol }: 양의 정부호이면 참
note-true-if-nonnegative = { $symbol } ≥ 0이면 참
note-true-if-not-zero = { $symbol } ≠ 0이면 참
note-true-if-positive = { $symbol } > 0이면 참
note-true-if-distribution = { $symbol }: 확률분포이면 참
note-ratio-alone = 좌변 / 우변 = { $ratio }
note-difference-alone = 좌변 − 우변 = { $difference }
note-difference = { $left }번째 줄 − { $right }번째 줄 = { $difference }
note-factor = { $factor }배 차이: 좌변 / 우변 = { $ratio }
note-constant = 상수만큼 차이: 좌변 − 우변 = { $constant }
note-opposite = 부호가 반대: 좌변 = −우변
note-up-to-size = { $ratio }배 차이를 빼면 같습니다. 한쪽은 합이고 다른 쪽은 평균입니다
note-transposed = 전치: 두 변이 서로의 전치입니다
note-left-worked = 좌변: { $steps }
note-right-worked = 우변: { $steps }
reason-base = 로그의 밑을 빼면 같습니다. 밑이 { $base }일 때 성립하지만, 노트에 밑이 나와 있지 않습니다
reason-layout = 배치 규약을 빼면 같습니다. 두 변이 서로의 전치이고, 노트에 도함수의 배치 규약이 나와 있지 않습니다
reason-mean = { $ratio }배 차이를 빼면 같습니다. 한쪽은 합의 도함수, 다른 쪽은 평균의 도함수인데, 노트에는 어느 쪽인지 나와 있지 않습니다
note-ratio = { $left }번째 줄 / { $right }번째 줄 = { $ratio }

# Verdicts
verdict-proved = 증명됨
verdict-conditional = 조건부
verdict-confirmed = 수치로 확인
verdict-refuted = 반증됨
verdict-undecided = 미결정
verdict-unread = 읽지 못함
verdict-none = 확인할 것 없음

# Report: terminal
report-count = { $word } { $count }
report-document = 문서 { $count }개
report-documents = 문서 { $count }개
report-statement = 명제 { $count }개
report-statements = 명제 { $count }개
report-of-every-size = 모든 크기에 대해 { $count }
report-of-expected = 예상대로 { $count }
report-every-size = 모든 크기에 대해
report-sizes-tried = 크기 { $sizes }에 대해
report-refuted-alone = 이 식은 성립하지 않습니다
report-refuted-odd = 이 줄은 따라 나오지 않습니다. 앞뒤의 줄은 서로 일치합니다 ({ $steps }단계 중 { $step }번째)
report-refuted-step = 이 단계는 성립하지 않습니다 ({ $steps }단계 중 { $step }번째)
report-unmet-verdict = 노트의 예상은 “{ $expected }”인데, 결과는 “{ $found }”입니다
report-unmet-finding = 노트는 여기서 지적 { $code }의 발생을 예상하지만, 그런 지적이 없습니다
report-more-errors = 그 밖의 오류 { $count }개
report-more-warnings = 그 밖의 경고 { $count }개
report-more-notes = 그 밖의 알림 { $count }개
report-read-as = 읽은 뜻
report-given = 전제
report-note = 참고
report-because = 이유
report-provided = 조건
report-at = { $point }에서
report-everywhere = 어디서나
report-line = { $line }번째 줄
report-both-sides = 좌변 { $left }, 우변 { $right }
report-help-repair = 이렇게 고치면 성립합니다
report-help-edit = 이렇게 고치세요
help-repair-proved = 이렇게 고치면 증명됩니다
help-repair-proved-checked = 이렇게 고치면 증명되고, 검산기도 일치합니다
help-repair-confirmed = 이렇게 고치면 모든 수치 검산과 일치하지만, 증명은 없습니다
note-repair-other = 이렇게 고쳐도 성립합니다: { $latex }
report-explain-hint = 근거 보기: `{ $command }`
report-checker-instances = 사례 { $count }개
report-checker-sizes = 크기 { $sizes }
report-checker-worst = 오차 ≤ { $worst }
report-checker-seed = 시드 { $seed }
report-checker-apart = 포화되거나 값이 같은 점 { $count }개 제외
report-written = 원문
report-engine = 엔진
report-axiom = 공리
report-sizes = 크기
report-step = { $number }단계
report-checker = 검산기 { $name }
report-repair = 수정안
report-expected = 예상
report-stat-document = 문서
report-stat-engine = 엔진
report-stat-kind = 종류
report-stat-code = 지적
report-stat-count = 개수
report-inferred = 주장 { $claims }개 가운데 { $count }개가 쓸 수 있음

# The language's own name
language = 한국어

# Severities
severity-error = 오류
severity-warning = 경고
severity-note = 알림
report-help = 도움말

# Kinds of statements
kind-definition = 정의
kind-given = 전제
kind-claim = 주장
kind-expression = 식
kind-condition = 조건
kind-other = 기타
kind-prose = 글

# Report: pages
report-all = 전체
report-at-label = 점
report-bare = 확인할 것 없음
report-checked = Rederive의 확인 결과
report-checker-label = 검산기
report-contents = 차례
report-counterexample = 반례
report-derivation = 유도 과정
report-given-label = 전제
report-index = 모든 노트
report-close = 닫기
report-copied = 복사됨
report-copy = 복사
report-coverage = 관계식 { $relations }개 중 { $settled }개 ({ $share } %)
report-coverage-label = 판정 비율
report-key-help = 이 목록
report-key-next = 다음 명제와 이전 명제
report-key-open = 카드를 열고 닫기
report-key-search = 찾기
report-keys = 단축키
report-latex = LaTeX
report-seed = 시드
report-settled = 판정됨
report-version = 버전
report-left = 좌변
report-line-label = 줄
report-no-problems = 문제가 없습니다.
report-notes = 노트
report-problems = 문제
report-reproduce = 다시 확인하는 명령
report-right = 우변
report-search = 찾기
report-show = 보기
report-skip = 노트로 건너뛰기
report-source = 원문
report-statement-label = 명제
report-statements-label = 명제 목록
report-unmet = 예상과 다름
report-verdict = 판정
report-sentence = 명제 { $total }개 중 { $proved }개 증명됨, { $refuted }
report-none-refuted = 반증된 것 없음
report-some-refuted = { $count }개 반증됨
report-assumptions-used = , 쓰인 전제 { $count }개
report-wrong-on-purpose = , 일부러 틀리게 적은 { $count }개는 예상대로 반증됨
report-image = 그림: { $text }
report-written-to = 확인된 노트: { $path }
report-code-why = 왜 중요한가
report-code-example = 예
reason-checkers-agree = 검산기의 값과 일치합니다 (사례 { $count }개). 증명은 없습니다
reason-checker-disagrees = 검산기 { $checker }의 결과가 엔진의 판정과 다릅니다. 알려 주세요

# Derivations
derivation-entry = 임의의 자리의 성분, { $range }
derivation-entry-of = 성분 { $count }개 중 { $number }번째
derivation-likewise = 나머지 성분도 마찬가지
derivation-needs = 필요한 조건 { $condition }: { $reason }
derivation-signs = 각 부분의 부호에서 나옵니다
derivation-values = 아니라면 명제의 어느 변에도 값이 없습니다
derivation-owed = 노트에 주어지지 않았습니다
derivation-definition = ({ $symbol })
derivation-by = 전제 { $givens }
derivation-box = 상자 { $box } 위에서
derivation-cells = 그 밖의 칸 { $count }개도 같은 방법으로
derivation-bound = 모든 칸에서 차는 [{ $low }, { $high }]에 속합니다
derivation-bound-attained = 모든 칸에서 차는 [{ $low }, { $high }]에 속하고, 0이 달성됩니다
derivation-start = 허용되는 가장 작은 값 { $number } = { $first }에서
derivation-grows = { $number }에서 { $number } + 1로 갈 때 두 변이 같은 관계로 변합니다
derivation-put-in = { $number }에서 { $number } + 1로 갈 때, { $number }에서의 관계를 넣습니다
derivation-face = { $face }에서 최소
derivation-touches = { $at }에서 0에 닿음
derivation-point = { $point }에서
derivation-left = 좌변
derivation-right = 우변

# Trust page
report-trust = 판정이 기대는 것
report-trust-what = 이 도구를 이루는 모든 것을 표에서 그대로 옮겼습니다. 저마다 무엇으로 검증되는지, 이 노트들에서 몇 번 쓰였는지 함께 적었습니다. 증명과 반증은 커널에만 기댑니다. 커널은 모든 엔진의 근거를 다시 따라갑니다. 유도 과정에 적히는 규칙은 사람을 위한 것이고, 각 줄은 커널이 비교합니다.
report-name = 이름
report-about = 무엇인가
report-reference = 출처
report-status = 검증
report-used = 쓰인 횟수
report-no-second = 연결된 둘째 증거가 없습니다
report-replay = 다시 확인
report-first-witness = 첫째 증거
report-second-witness = 둘째 증거
report-by-engine = 엔진 { $name }

# Tables
list-engines = 엔진
list-engines-about = 주장에서 근거를 만듭니다. 판정은 커널이 다시 따라가 본 근거에만 기댑니다.
list-rules = 규칙
list-rules-about = 먼저 규칙집(유도된 것, 또는 출처가 있는 공리), 다음은 적힌 유도 과정에만 나오는 규칙입니다.
list-functions = 함수
list-functions-about = 식의 언어에 들어 있는 함수입니다.
list-notation = 표기
list-notation-about = 무엇을 무엇으로 읽는가.
list-checkers = 검산기
list-checkers-about = 둘째 증거: 노트를 전혀 보지 않는 길로 얻은 값입니다.
list-codes = 지적
list-codes-about = 지적할 수 있는 것들입니다.
list-status-proves = 증명합니다. 근거는 커널이 다시 따라가며, 손댄 근거는 물리칩니다
list-status-supports = 뒷받침하거나 반증할 뿐 증명하지 않습니다. 반례는 정확한 계산이나 구간 계산으로 확인합니다
list-status-printed = 적힌 유도 과정에만 쓰입니다. 커널이 같음을 보이지 못한 줄은 적지 않습니다
list-status-derived-by = 유도됨(엔진 { $engine }). 쓰일 때마다 커널이 다시 따라갑니다
list-status-derived = 유도됨. 쓰일 때마다 커널이 다시 따라갑니다
list-status-axiom = 공리. 쓰일 때마다 커널이 다시 따라갑니다
list-engines-alone = 엔진만으로
list-derived-from = { $rules }에서
list-status-kernel = 모든 수 체계에 정의가 하나입니다. 둘러싸는 구간은 참값을 품습니다
list-status-dual = 도함수가 이원수의 값과 같습니다
list-status-case = 값을 구하는 방법이 따로 있습니다
list-status-planted = 식에 오류를 심으면 어긋납니다(모든 계열을 시험)
list-status-example = 예를 시험에서 실행합니다
list-outcome = { $all }개 중 { $confirmed }개 확인, 사례 { $instances }개, 오차 ≤ { $worst }

# Planted errors
mutate-title = 심은 오류
mutate-planted = 심음
mutate-equivalent = 동치
mutate-refuted = 반증
mutate-found = 지적
mutate-blamed = 제 줄 지목
mutate-marked = 제 부분 표시
mutate-repaired = 복구
mutate-survived = 놓침
mutate-total = 전체
mutate-survivors = 놓친 오류
mutate-shares = 오류의 { $noticed } %가 반증되거나 지적됩니다. 그 가운데 { $blamed } %는 제 줄이 지목되고, { $repaired } %는 원래 식이나 같은 식으로 복구됩니다. 반증된 것 가운데 { $marked } %는 표시된 부분 안에 오류가 있으며, 표시된 부분은 평균적으로 그 줄의 { $length } %입니다. 원래 노트에 대한 잘못된 경보: { $alarms }
mutate-is-equivalent = 동치 (그대로 증명됨)
mutate-is-found = 지적됨
mutate-is-survivor = 놓침 ({ $verdict })
mutate-is-blamed = 제 줄이 지목됨
mutate-is-not-blamed = 다른 줄이 지목됨
mutate-is-marked = 표시된 부분에 들어 있음
mutate-is-not-marked = 표시된 부분에 들어 있지 않음
mutate-is-not-repaired = 수정안 없음
mutate-is-repaired = 복구됨
mutate-is-repaired-otherwise = 다르게 고쳐짐

# Errors
error-read = { $path }: 읽을 수 없습니다: { $reason }
error-encoding = { $path }: UTF-8이 아닙니다 (바이트 { $offset })
error-changed = { $path }: 확인한 뒤에 바뀌어서 아무것도 쓰지 않았습니다
error-too-large = { $path }: { $limit }바이트보다 큽니다
error-configuration = { $place }: { $reason }
error-git = --changed-since: { $reason }
error-command-line = 식이나 전제를 읽을 수 없습니다: { $reason }
error-empty = { $path }: 노트가 없습니다 (숨은 파일과 .gitignore, rederive.toml이 뺀 것은 세지 않습니다)
error-write = { $path }: 쓸 수 없습니다: { $reason }
error-internal = 내부 오류: { $reason }. 알려 주세요
error-input = 표준 입력을 읽을 수 없습니다: { $reason }
error-output = 표준 출력에 쓸 수 없습니다: { $reason }
error-plain = { $reason }
error-no-notes = 여기에 `{ $folder }` 폴더가 없습니다. 노트의 경로를 적어 주세요: rederive check PATH…
error-unknown = 이름이 `{ $name }`인 명제나 지적이 없습니다. 모든 이름은 `rederive check --format json`에 나옵니다
error-no-file = --fix는 파일에 씁니다. 표준 입력에는 쓸 수 없습니다
error-nobody-to-ask = --fix는 단말기에서 물어보는데 단말기가 없습니다. `--fix --yes`는 묻지 않습니다
error-no-planted = 이름이 `{ $name }`인 심은 오류가 없습니다. 이름은 `rederive mutate --verbose`에 나옵니다
error-unread = 이해하지 못했습니다: { $reason }
error-exists = { $path }: 이미 있습니다

# Fixes
gate-count = { $what }: { $count }개가 있어 실패
gate-coverage = 주장 { $claims }개 중 { $settled }개 판정됨, { $share } %. 적어도 { $least } %가 되어야 합니다
baseline-stale = 알림: { $baseline }: 더는 나타나지 않음: { $path }: { $code }: { $formula }
baseline-written = { $path }: 받아들인 것 { $count }개
init-head = { $file }: 이 폴더의 노트를 어떻게 확인하는가. 명령줄이 먼저이고, 노트에 가까운 파일의 키가
    바깥 파일의 키보다 먼저입니다 (무엇이 왜 그런지는 `rederive config --show`가 보여 줍니다).
init-written = 작성한 파일: { $path }
fix-ask = 고칠까요? [y/N]
fix-skipped = { $path }: 고쳐 쓸 수 없었던 수정안(파일의 두 문자열에 걸치거나 서로 겹침) { $count }개
fix-written = { $path }: 고쳐 쓴 수정안 { $count }개

# Comparison with a previous run
compare-false = 새로 반증됨
compare-open = 더는 판정되지 않음
compare-fixed = 고쳐짐
compare-settled = 새로 판정됨
report-changes = 지난 실행 이후
report-was = 이전

# Plots
plot-counterexample = 반례를 지나는 직선 위의 두 변
plot-bound = 한계와 그 대상
plot-gradient = 함수와 도함수
plot-function = 함수
plot-derivative = 도함수
plot-along = { $name }만 변하고 나머지는 고정했을 때: { $curves }
plot-spectrum = 고윳값
plot-spectrum-at = { $point }에서의 고윳값, 작은 것부터
plot-value = 값
plot-errors = 부동소수점 값으로 두 변이 얼마나 다른가
plot-errors-of = 전제를 만족하도록 뽑은 점 { $count }개 가운데 상대 오차가 10의 각 거듭제곱 이하인 것의 개수
plot-error = 상대 오차의 상한
plot-points = 점의 개수
report-data = 자료
report-evidence = 근거

# Study mode
study-what = 빈칸에 들어갈 것은?
study-why = 왜 성립할까?
study-wrong = 무엇이 틀렸을까?
study-hint = 힌트
study-hint-givens = 써도 되는 것
study-hint-rules = 필요한 규칙
study-line-by-line = 유도 과정 한 줄씩
study-next-line = 다음 줄
study-example = 작은 수로 해 보기
study-try = 직접 해 보기
study-try-how = 상자마다 노트의 한 부분이 가려져 있습니다. 점 자리에 LaTeX로 답을 쓰고 명령을 실행하면, 어떤 꼴로 쓰든 엔진이 판정합니다.
study-solution = 노트의 답

# Answers
answer-no-exercise = `{ $id }`: 답할 수 있는 줄이 아닙니다. 성립하는 등식이어야 합니다. `rederive report --audience student`에 모두 나옵니다
answer-not-a-formula = 식이 아닙니다. '-x + 1'처럼 관계식의 한 변을 LaTeX로 써 주세요
answer-torn = 읽을 수 없는 줄입니다. 닫히지 않은 중괄호나 명령이 있거나, 여러 행입니다
answer-lost = 이 줄을 넣으면 노트가 다르게 읽혀서 판정할 수 없습니다.
answer-right-same = 맞습니다. 노트와 똑같습니다.
answer-right = 맞습니다. 노트와 꼴만 다릅니다.
answer-right-every-size = 맞습니다. 노트와 꼴만 다르고, 모든 크기에 대해 증명되었습니다.
answer-provided = 단, 조건: { $condition }.
answer-confirmed = 모든 수치 검산과 일치하지만 증명은 없습니다.
answer-repeats = 참이지만, 앞줄을 되풀이했을 뿐입니다.
answer-next-fails = 앞줄에서는 따라 나오지만, 노트의 다음 줄이 여기서 따라 나오지 않습니다.
answer-wrong = 틀렸습니다. { $point }에서 좌변은 { $left }, 답은 { $right }입니다.
answer-wrong-everywhere = 틀렸습니다. 좌변은 { $left }, 답은 { $right }입니다.
answer-look-at = 이 부분을 보세요: { $part }
answer-open = 증명도 반증도 되지 않아, 답이 맞는지 말할 수 없습니다:
answer-solution = 노트의 답: { $latex }

# 편집기의 코드 동작
fix-change = 고치기: “{ $old }” → “{ $new }”
fix-insert = 넣기: “{ $new }”
fix-remove = 지우기: “{ $old }”
