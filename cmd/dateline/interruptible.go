package main

import (
	"context"
	"io"
)

// interruptible is a reader that gives up when ctx ends. A read from a terminal or a pipe can wait
// for ever, and an interrupt has to end the program all the same.
func interruptible(ctx context.Context, r io.Reader) io.Reader {
	if r == nil {
		return nil
	}
	return &interruptibleReader{ctx: ctx, r: r, done: make(chan readResult, 1)}
}

type interruptibleReader struct {
	ctx  context.Context
	r    io.Reader
	done chan readResult
	left []byte // read and not yet handed out
	err  error
	busy bool
}

type readResult struct {
	data []byte
	err  error
}

// Read implements io.Reader. The waiting read owns its buffer, so that one which comes back
// after the caller has left does no harm.
func (r *interruptibleReader) Read(p []byte) (int, error) {
	if len(r.left) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		if err := r.ctx.Err(); err != nil {
			return 0, err
		}
		if !r.busy {
			r.busy = true
			size := max(len(p), 512)
			go func() {
				buffer := make([]byte, size)
				n, err := r.r.Read(buffer)
				r.done <- readResult{buffer[:n], err}
			}()
		}
		select {
		case <-r.ctx.Done():
			return 0, r.ctx.Err()
		case got := <-r.done:
			r.busy = false
			r.left, r.err = got.data, got.err
		}
	}
	n := copy(p, r.left)
	r.left = r.left[n:]
	if n == 0 && len(p) > 0 {
		return 0, r.err
	}
	return n, nil
}
