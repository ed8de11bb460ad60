// Package tagger finds names of people, organisations, locations and other named things in the
// tokens of a document. It is a linear-chain conditional random field (Lafferty, McCallum and
// Pereira 2001) over the features of package features, with an embedded model that
//
//	go run ./cmd/dateline-train tagger --data DIR
//
// makes anew. The tagger proposes; rules that know more (acronym definitions, titles,
// the same name elsewhere) decide.
//
// Scores are sums of small integers, so that a tie or a rounding never depends on the order of
// additions. Probabilities are floating point; they decide only which names vote for their
// words elsewhere in the document.
//
// Why a conditional random field and no perceptron: rules that may overrule the tagger need to
// know how sure it is, and a perceptron's margin is no probability.
package tagger
