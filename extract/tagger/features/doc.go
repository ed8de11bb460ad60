// Package features turns the tokens of a document into what the name tagger sees: chunks of
// tokens that may hold a name, and for each token the numbers of its features. The tagger
// and its training use the same code, so that a model never meets features it was not
// trained on.
//
// A feature is the hash of a template number and of what the template looks at, cut to Log
// bits. No string is built, and nothing is allocated per token.
//
// Why chunks: three quarters of the words of a news text are in lower case and nowhere near a
// name. Leaving them out makes the tagger four times as fast, and keeps it from learning
// that "apple" is a company.
package features
