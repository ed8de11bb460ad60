package main

import (
	"fmt"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progressDelay is how long a command works before it shows a bar: a bar that flashes up for
// an instant only disturbs.
const progressDelay = time.Second

// progress counts documents on a terminal, once the work takes long. Elsewhere it does nothing.
type progress struct {
	mu    sync.Mutex // messages come from all workers
	a     *app
	what  string
	begun time.Time
	total int // -1 when nobody knows
	count int
	bar   *progressbar.ProgressBar
}

// newProgress begins to count. Messages clear the bar before they are printed.
func (a *app) newProgress(what string, total int) *progress {
	p := &progress{a: a, what: what, total: total}
	if a.errIsTerminal {
		p.begun = a.now()
		a.handler.setClear(p.clear)
	}
	return p
}

// clear takes the bar off its line; the next add draws it again.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		p.bar.Clear()
	}
}

// add counts documents that are done.
func (p *progress) add(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.count += n
	if !p.a.errIsTerminal {
		return
	}
	if p.bar == nil {
		if p.a.now().Sub(p.begun) < progressDelay {
			return
		}
		p.bar = progressbar.NewOptions(p.total,
			progressbar.OptionSetWriter(p.a.stderr),
			progressbar.OptionSetDescription(p.what),
			progressbar.OptionShowCount(),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(),
		)
	}
	p.bar.Set(p.count)
}

// done takes the bar off the terminal for good.
func (p *progress) done() {
	p.a.handler.setClear(nil)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		p.bar.Clear()
		p.bar.Close()
		fmt.Fprint(p.a.stderr, "\r")
		p.bar = nil
	}
}
