// Package pattern finds what rules describe: short patterns over the tokens of a sentence, lists
// of words, and names that were found before.
//
// A pattern is written like this:
//
//	<person> ("was"|"has been") $appointing ["the"] <title> [("of"|"at") <institution>]
//
//	"signed"        a word or several, in any case; "Dr" matches "Dr." too
//	$signing-verbs  a line of a list of words
//	<person>        a name: person, institution, place, date, title (the words of a post) or
//	                post (a title with the institution behind it)
//	<person:a>      the same with a label of its own; without one the label is the type
//	#capital        a token by its form: capital, lower, upper, number, word, possessive, any
//	..5             up to five tokens of any kind, as few as possible
//	..5!"not"       up to five tokens, none of which is "not"
//	[ … ]           may be missing
//	( … | … )       one of several, the first that fits
//	{sum: … }       the words that match, with a label
//	!"not"  &"the"  what follows is not this, or is this; takes no token
//	^  $            the beginning and the end of the sentence; closing marks do not count
//
// A match begins as early as it can, and matches of one pattern do not overlap. Of several ways to
// match at one place the first is taken, in the order in which the pattern writes them.
//
// # Why no regular expressions
//
// Names are no characters, and the time must be bounded: what is matched is untrusted. Nothing in a
// pattern repeats without a bound, so that a match is at most widest tokens long. At each token a
// state of the pattern is entered at most once, so a place costs at most the length of the pattern
// times widest, whatever the text; and a pattern is only tried in sentences that hold one of
// its words and all of its types. Together that is linear in the length of a text.
package pattern
