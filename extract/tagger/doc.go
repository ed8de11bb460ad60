// Package tagger finds names of people, organisations, locations and other named things in the
// tokens of a document. It is a linear-chain conditional random field (Lafferty, McCallum and
// Pereira 2001) over the features of package features, with an embedded model that
//
//	go run ./cmd/dateline-train tagger --data DIR
//
// makes anew. The tagger proposes; rules that know more (acronym definitions, titles,
// the same name elsewhere) decide.
//
// Scores are sums of small integers, so that the same text gets the same names on every
// machine; only Margin is computed in floating point.
//
// Why not a perceptron: on held-out text the two are within a point of F1, but the field
// gives probabilities, which rules need to know when to overrule it.
package tagger
