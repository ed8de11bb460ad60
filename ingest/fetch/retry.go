package fetch

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	mostTries     = 5
	longestPause  = 60 * time.Second // of back-off
	longestRetry  = 24 * time.Hour   // of Retry-After, as far as it is passed on
	triesWhenDown = 1                // for a host that gave no answer to the address before
)

// attempt fetches one address without following redirects, and tries again where that can help: connections that fail or break, time limits, 408, 425, 429
// and most of 5xx. After 429 and 503 the whole host has its pause, not this address alone.
// The error is an *Error that names u, or that of ctx.
func (c *Client) attempt(ctx context.Context, u *url.URL, how ask) (*answer, error) {
	host := c.hosts.get(u.Hostname())
	for try := 1; ; try++ {
		a, err := c.exchange(ctx, u, how)
		var problem *Error
		if err == nil {
			host.setDown(false)
			return a, nil
		}
		if !errors.As(err, &problem) {
			return nil, err
		}
		problem.URL = u.String()
		noAnswer := problem.Class == ClassConnect || problem.Class == ClassTimeout
		tries := c.opt.Tries
		if noAnswer && host.isDown() {
			tries = triesWhenDown
		}
		wait := max(c.backoff(try), problem.RetryAfter)
		if problem.Status == http.StatusTooManyRequests || problem.Status == http.StatusServiceUnavailable {
			host.pause(wait, problem.Status)
		}
		if !problem.again || try >= tries || wait > c.opt.Limits.Wait {
			host.setDown(noAnswer)
			return nil, problem
		}
		if err := sleep(ctx, wait); err != nil {
			return nil, err
		}
	}
}

// statusError is the error of an answer that is no success.
func statusError(status int, header http.Header) *Error {
	e := &Error{Class: ClassStatus, Status: status, Reason: "the server answers " + strings.TrimSpace(strconv.Itoa(status)+" "+http.StatusText(status))}
	switch {
	case status == 404 || status == 410:
		e.Advice = "check the address; the page may have been moved or taken down"
	case status == 401 || status == 403 || status == 407 || status == 451:
		e.Advice = "the server gives it to nobody, or not to programs; save the page with a browser and give dateline the file"
	case status == 408 || status == 425 || status == 429 || status >= 500:
		e.Advice = "try again later"
		e.Temporary = true
		e.again = status != 501 && status != 505
		e.RetryAfter = retryAfter(header)
	case status == 206:
		e.Class, e.Reason, e.Advice = ClassTruncated, "the server sends a part of the page that nobody asked for", "try again later"
	default:
		e.Advice = "open the address in a browser and see what it gives"
	}
	return e
}

// retryAfter reads Retry-After in both of its forms, seconds and a date. A date is counted from the server's own Date where it gives one, since
// its clock may be wrong, else from now. The answer is bounded; 0 means that nothing was said.
func retryAfter(header http.Header) time.Duration {
	text := strings.TrimSpace(header.Get("Retry-After"))
	if text == "" {
		return 0
	}
	if seconds, err := strconv.ParseUint(text, 10, 63); err == nil {
		return time.Duration(min(seconds, uint64(longestRetry/time.Second))) * time.Second
	} else if errors.Is(err, strconv.ErrRange) {
		return longestRetry
	}
	when, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	from, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		from = time.Now()
	}
	return min(max(when.Sub(from), 0), longestRetry)
}

// backoff gives the pause after the try-th try: doubled each time, and somewhere between half of it and all of it, so that
// programs that failed together don't come back together.
func (c *Client) backoff(try int) time.Duration {
	full := min(c.opt.Backoff<<(try-1), longestPause)
	return full/2 + time.Duration(c.jitter.up(int64(full/2)+1))
}

// jitter is a source of random numbers for many goroutines.
type jitter struct {
	mu  sync.Mutex
	rng *rand.Rand
}

func newJitter(seed uint64) *jitter {
	if seed == 0 {
		seed = rand.Uint64()
	}
	return &jitter{rng: rand.New(rand.NewPCG(seed, 0))}
}

// up gives a number from 0 to below n.
func (j *jitter) up(n int64) int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.rng.Int64N(n)
}
