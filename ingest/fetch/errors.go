package fetch

import (
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"
)

// Class says which kind of failure an Error is. The words are stored and may be asked for in SQL; they don't change.
type Class string

// The classes.
const (
	ClassURL       Class = "url"       // not an address that can be fetched
	ClassScheme    Class = "scheme"    // neither http nor https
	ClassBlocked   Class = "blocked"   // an address or port that must not be fetched: a private network, a service that is no web server
	ClassRobots    Class = "robots"    // robots.txt forbids it, or can't be had because the server fails
	ClassDNS       Class = "dns"       // the host name leads to no address
	ClassConnect   Class = "connect"   // no connection, or it broke before the answer began
	ClassTLS       Class = "tls"       // certificate or protocol of an https connection
	ClassTimeout   Class = "timeout"   // nothing came for too long, or the whole took too long
	ClassSlow      Class = "slow"      // bytes came, but too few a second
	ClassTooLarge  Class = "too-large" // more bytes than the limit, or a compressed body that grows without measure
	ClassTruncated Class = "truncated" // the body ended before its end
	ClassProtocol  Class = "protocol"  // the answer is not HTTP
	ClassRedirect  Class = "redirect"  // too many, in a circle, without a target, or from https to http
	ClassStatus    Class = "status"    // the server answered with an error
	ClassType      Class = "type"      // the body is of a type that is not read here: a picture, an archive
	ClassFormat    Class = "format"    // the body is not the feed or sitemap that it should be
)

// Classes lists all classes, for help pages and tests.
var Classes = []Class{ClassURL, ClassScheme, ClassBlocked, ClassRobots, ClassDNS, ClassConnect, ClassTLS, ClassTimeout, ClassSlow,
	ClassTooLarge, ClassTruncated, ClassProtocol, ClassRedirect, ClassStatus, ClassType, ClassFormat}

// Error says why an address was not fetched. Reason and Advice are clauses without a full stop.
// They may hold words of the server: escape them where they are shown.
type Error struct {
	URL        string // the address that was asked for
	At         string // the address that failed, when redirects had led elsewhere, or ""
	Class      Class
	Reason     string        // what was wrong
	Advice     string        // what to do about it; never empty
	Status     int           // HTTP status, or 0 when there was none
	Temporary  bool          // asking again later may help
	RetryAfter time.Duration // how long the server, or the pause of its host, asks to wait; 0 when nobody said

	again bool // trying again at once may help
	cause error
}

// Error names the address, the reason and the advice.
func (e *Error) Error() string {
	if e.At != "" && e.At != e.URL {
		return fmt.Sprintf("%s: %s (at %s): %s", e.URL, e.Reason, e.At, e.Advice)
	}
	return fmt.Sprintf("%s: %s: %s", e.URL, e.Reason, e.Advice)
}

// Unwrap gives the error of the network or the parser beneath, or nil.
func (e *Error) Unwrap() error { return e.cause }

// clip bounds words of a stranger, in code points.
func clip(text string, most int) string {
	if len(text) <= most {
		return text
	}
	n := 0
	for i := range text {
		if n == most {
			return text[:i] + "…"
		}
		n++
	}
	if !utf8.ValidString(text) {
		return fmt.Sprintf("%q", text)
	}
	return text
}

// quote quotes words of a server so that no control character is left in them.
func quote(text string) string { return strconv.QuoteToGraphic(clip(text, 300)) }
