package fetch

import (
	"context"
	"sync"
	"time"
)

// hosts keeps who may be asked when. A host is its name: other ports and schemes of one name are most often one machine.
type hosts struct {
	delay time.Duration // between the end of a request and the start of the next
	wait  time.Duration // the longest pause to sit out

	mu     sync.Mutex
	byName map[string]*host
}

type host struct {
	turn chan struct{} // holds a token while a request runs

	mu     sync.Mutex
	delay  time.Duration // that robots.txt asks for, or 0
	end    time.Time     // of the last request; zero before the first
	until  time.Time     // a pause that the server asked for
	status int           // with which it asked
	down   bool          // the last address of it that was tried failed without an answer
}

// mostHosts bounds what is kept about hosts; beyond, those that were not asked for an hour are forgotten.
const mostHosts = 10_000

func (hs *hosts) get(name string) *host {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	h := hs.byName[name]
	if h == nil {
		if len(hs.byName) >= mostHosts {
			for other, old := range hs.byName {
				if old.idle(time.Hour) {
					delete(hs.byName, other)
				}
			}
		}
		h = &host{turn: make(chan struct{}, 1)}
		hs.byName[name] = h
	}
	return h
}

// idle reports whether nothing was asked of a host for so long, and nothing is being asked.
func (h *host) idle(since time.Duration) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	return len(h.turn) == 0 && !h.end.IsZero() && now.Sub(h.end) > since && now.After(h.until)
}

// enter waits for the host's turn and its pause. leave must be called when the request and its body are done.
// A pause that is longer than hs.wait is not sat out: it is an Error that says how long it is.
func (hs *hosts) enter(ctx context.Context, name string) (h *host, leave func(), problem error) {
	h = hs.get(name)
	if problem := h.refusal(hs.wait); problem != nil {
		return h, nil, problem
	}
	select {
	case h.turn <- struct{}{}:
	case <-ctx.Done():
		return h, nil, ctx.Err()
	}
	for {
		if problem := h.refusal(hs.wait); problem != nil {
			<-h.turn
			return h, nil, problem
		}
		left := h.left(hs.delay)
		if left <= 0 {
			break
		}
		if err := sleep(ctx, left); err != nil {
			<-h.turn
			return h, nil, err
		}
	}
	return h, func() {
		h.mu.Lock()
		h.end = time.Now()
		h.mu.Unlock()
		<-h.turn
	}, nil
}

// left is how long the host still has peace.
func (h *host) left(delay time.Duration) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	left := time.Until(h.until)
	if !h.end.IsZero() {
		left = max(left, time.Until(h.end.Add(max(delay, h.delay))))
	}
	return left
}

// refusal is the error of a host that asked for a longer pause than anybody waits here.
func (h *host) refusal(wait time.Duration) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	left := time.Until(h.until)
	if left <= wait {
		return nil
	}
	return &Error{Class: ClassStatus, Status: h.status, Temporary: true, RetryAfter: left,
		Reason: "the server asked for a pause of " + left.Round(time.Second).String(), Advice: "run the same command again after that"}
}

// pause keeps everybody from the host for a while.
func (h *host) pause(d time.Duration, status int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if until := time.Now().Add(d); until.After(h.until) {
		h.until, h.status = until, status
	}
}

// slowDown raises the pause between requests to what robots.txt asks.
func (h *host) slowDown(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.delay = max(h.delay, d)
}

// setDown notes whether the host gave any answer.
func (h *host) setDown(down bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.down = down
}

func (h *host) isDown() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.down
}

// sleep waits, unless ctx ends before.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
