// Package dates finds the date expressions of an English text and gives each its value:
// points ("May 18", "the end of June this year", "Easter Monday"), intervals ("from the 14th to
// the 15th"), times of day with their date, durations ("4-week") and recurring sets
// ("annually"). What looks like a date and is none ("31 February") is told with its reason.
//
// The work has four steps, each in files of its own:
//
//	atom.go words.go spelled.go
//	                        tokens become atoms: a class and a number each
//	parser.go point.go      an atom that may begin an expression is handed to its reader:
//	absolute.go numeric.go daylist.go month.go year.go quarter.go weekday.go
//	today.go relative.go clock.go range.go duration.go holiday.go
//	                        atoms become expressions: what the words say, nothing inferred
//	anchor.go resolve.go resolve_year.go resolve_shift.go resolve_same.go tense.go
//	                        expressions get the parts that the words leave out
//	value.go                the result is written as a date value
//
// Values are EDTF (ISO 8601-2) where it has a form and TIMEX3's where it has none. What
// cannot be known stays X, and an expression of which nothing is known gives no mention.
//
// Find is a pure function: no clock, no time zone, no locale. Its time is linear, because
// each expression is read in one pass over a bounded number of atoms.
//
// Why no regular expressions: a date grammar as alternatives of patterns is quadratic on
// runs of digits, and it cannot say why an expression was refused.
//
// Why words and resolution are apart: "June 30" says the same in every text; which year
// it belongs to depends on the publication, the dateline, the neighbours and the tense.
//
// Why the writer's day is looked for in the text: "yesterday" counts from the dateline, not
// from the day after on which a site published the report; and a publication date that was
// itself guessed from a line of the page may be that of a table or of the visit, so that the
// dateline, or the date line nearest to the article, wins over it. Where no such day is known
// days are not counted: another date of the text is not today.
package dates
