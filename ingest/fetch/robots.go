package fetch

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"sync"
	"time"
)

const (
	robotsAge      = 24 * time.Hour   // how long an answer is kept (RFC 9309, 2.4)
	robotsFailed   = 10 * time.Minute // how long it is kept that there was none
	robotsHops     = 5                // redirects of robots.txt that are followed (RFC 9309, 2.3.1.2)
	mostRobotsKept = 5_000            // sites whose rules are kept
)

// robotsCache keeps what the robots.txt of each site said. A site is scheme, host and port.
type robotsCache struct {
	mu     sync.Mutex
	bySite map[string]*robotsEntry
}

type robotsEntry struct {
	ready chan struct{} // closed when the fields below are set
	when  time.Time
	rules robotsRules
	// problem is set when nothing may be fetched because robots.txt can't be had. Its URL is that of robots.txt.
	problem *Error
	// stopped is set when the one who asked was cancelled: the next has to ask.
	stopped bool
}

// permitted reports whether the site's robots.txt lets this program fetch the address. The error is an *Error that names u, or that of ctx.
func (c *Client) permitted(ctx context.Context, u *url.URL) error {
	entry, err := c.robotsOf(ctx, u)
	if err != nil {
		return err
	}
	if p := entry.problem; p != nil {
		answer := *p
		answer.URL, answer.At = u.String(), ""
		return &answer
	}
	path := u.EscapedPath()
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	if path == "/robots.txt" || entry.rules.allows(path) {
		return nil
	}
	return &Error{URL: u.String(), Class: ClassRobots, Reason: "the site's robots.txt forbids it to " + c.names[0],
		Advice: "ask the publisher, or save the page with a browser and give dateline the file"}
}

// robotsOf gives the rules of a site. Of many who ask at once, one fetches.
func (c *Client) robotsOf(ctx context.Context, u *url.URL) (*robotsEntry, error) {
	site := u.Scheme + "://" + u.Host
	for {
		c.robots.mu.Lock()
		entry := c.robots.bySite[site]
		mine := entry == nil || entry.isOld()
		if mine {
			c.robots.makeRoom()
			entry = &robotsEntry{ready: make(chan struct{})}
			c.robots.bySite[site] = entry
		}
		c.robots.mu.Unlock()
		if mine {
			c.fillRobots(ctx, entry, &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"})
		}
		select {
		case <-entry.ready:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if !entry.stopped {
			return entry, nil
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
}

// isOld reports whether an entry has to be fetched again.
func (e *robotsEntry) isOld() bool {
	select {
	case <-e.ready:
	default:
		return false // somebody is fetching it
	}
	keep := robotsAge
	if e.problem != nil {
		keep = robotsFailed
		if after := e.problem.RetryAfter; after > 0 {
			keep = min(keep, after)
		}
	}
	return e.stopped || time.Since(e.when) >= keep
}

// makeRoom forgets some sites when there are too many. The caller holds the lock.
func (r *robotsCache) makeRoom() {
	if len(r.bySite) < mostRobotsKept {
		return
	}
	for site, entry := range r.bySite {
		select {
		case <-entry.ready:
			delete(r.bySite, site)
		default:
		}
		if len(r.bySite) < mostRobotsKept/2 {
			return
		}
	}
}

// fillRobots fetches robots.txt. RFC 9309: a file that isn't there (4xx, or more redirects than anybody follows) forbids nothing; a server that
// fails or can't be reached forbids everything, for now.
func (c *Client) fillRobots(ctx context.Context, entry *robotsEntry, u *url.URL) {
	defer close(entry.ready)
	host := c.hosts.get(u.Hostname())
	seen := map[string]bool{u.String(): true}
	for hops := 0; ; hops++ {
		answer, err := c.attempt(ctx, u, ask{most: robotsBytes, cut: true, anyType: true})
		entry.when = time.Now()
		if ctx.Err() != nil {
			entry.stopped = true
			return
		}
		var problem *Error
		switch {
		case errors.As(err, &problem) && problem.Class == ClassStatus && !problem.Temporary && (problem.Status/100 == 4 || problem.Status/100 == 2):
			return // there is none, or (204) nothing in it
		case errors.As(err, &problem) && problem.Class == ClassStatus:
			entry.problem = &Error{Class: ClassRobots, Status: problem.Status, Temporary: true, RetryAfter: problem.RetryAfter, cause: problem,
				Reason: "the server answers " + strconv.Itoa(problem.Status) + " for robots.txt, so nothing of it may be fetched", Advice: "try again later"}
			return
		case problem != nil:
			// The host doesn't answer at all: that is what the user has to know, and no rule of robots.txt.
			entry.problem = problem
			return
		case err != nil:
			entry.stopped = true
			return
		case !answer.isRedirect():
			entry.rules = parseRobots(answer.body, c.names...)
			host.slowDown(entry.rules.delay)
			return
		}
		next, problem := c.redirect(u, answer)
		if problem != nil && (problem.Class == ClassBlocked || problem.Reason == downgradeReason) {
			entry.problem = &Error{Class: ClassRobots, Reason: "its robots.txt redirects to what is not fetched: " + problem.Reason, Advice: problem.Advice, cause: problem}
			return
		}
		if problem != nil || hops+1 > robotsHops || seen[next.String()] {
			return // leads nowhere: there is none
		}
		u = next
		seen[u.String()] = true
	}
}
