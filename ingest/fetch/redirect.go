package fetch

import (
	"net/url"
)

// mostHops is how many redirects are followed; browsers follow 20, and no page needs more than three or four.
const mostHops = 10

const downgradeReason = "the page redirects from https to http"

// isRedirect reports whether an answer sends to another address. 300 offers a choice and 304 is an answer, so neither does.
func (a *answer) isRedirect() bool {
	switch a.status {
	case 301, 302, 303, 307, 308:
		return true
	}
	return false
}

// redirect gives the address that an answer sends to. Whether it may be connected to, and whether its robots.txt permits it,
// is asked before it is fetched, as for every address.
func (c *Client) redirect(from *url.URL, a *answer) (*url.URL, *Error) {
	location := a.header.Get("Location")
	if location == "" {
		return nil, &Error{Class: ClassRedirect, Status: a.status, Reason: "the page redirects without saying where", Advice: "open the address in a browser and give the one it ends at"}
	}
	next, problem := resolve(from, location)
	if problem != nil {
		problem.Reason = "the page redirects to " + clip(quote(location), 100) + ": " + problem.Reason
		problem.Status = a.status
		return nil, problem
	}
	if from.Scheme == "https" && next.Scheme == "http" && !c.opt.AllowDowngrade {
		return nil, &Error{Class: ClassRedirect, Status: a.status, Reason: downgradeReason, Advice: "if that is right, give the address that begins with http: " + clip(next.String(), 300)}
	}
	if err := c.guard.checkLiteral(next.Hostname()); err != nil {
		return nil, c.classify(err, next)
	}
	return next, nil
}
