package main

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"
)

// The window bounds what is read but not yet emitted, over all workers. It is larger than a batch
// of the store, so that the workers go on while a batch is written.
const (
	windowInputs = 512
	windowBytes  = 64 << 20 // an input larger than that is let through alone
)

// job is one input on its way: value goes in, result comes out.
type job[In, Out any] struct {
	value  In
	size   int64
	result Out
	ran    bool
	done   chan struct{}
}

// inOrder runs work on what produce submits, on several workers, and hands the results to
// emit in the order of submission, one at a time, on the calling goroutine. Memory is bounded:
// produce waits when the window is full of inputs (by number and by size).
//
// When ctx ends, no further input is begun; results that are ready in order are still
// emitted, then ctx's error is returned. An error of emit or produce ends the run and is returned.
func inOrder[In, Out any](ctx context.Context, workers int,
	produce func(submit func(value In, size int) error) error, work func(In) Out, emit func(Out) error) error {
	outer := ctx
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	bytes := semaphore.NewWeighted(windowBytes)
	queue := make(chan *job[In, Out], windowInputs)  // in order, for emit
	todo := make(chan *job[In, Out], windowInputs+1) // for the workers; never blocks behind queue

	var running sync.WaitGroup
	for range workers {
		running.Go(func() {
			for j := range todo {
				if ctx.Err() == nil {
					j.result, j.ran = work(j.value), true
				}
				close(j.done)
			}
		})
	}
	var produceErr error
	running.Go(func() {
		defer close(todo)
		defer close(queue)
		produceErr = produce(func(value In, size int) error {
			j := &job[In, Out]{value: value, size: min(int64(size), windowBytes), done: make(chan struct{})}
			if err := bytes.Acquire(ctx, j.size); err != nil {
				return err
			}
			select {
			case queue <- j:
			case <-ctx.Done():
				return ctx.Err()
			}
			select {
			case todo <- j:
			case <-ctx.Done():
				close(j.done) // it is in the queue, so emit waits for it
				return ctx.Err()
			}
			return nil
		})
	})
	var emitErr error
	for j := range queue {
		<-j.done
		if emitErr == nil && j.ran {
			if emitErr = emit(j.result); emitErr != nil {
				stop()
			}
		} else if !j.ran {
			stop() // nothing behind a gap is emitted: what is written is always a beginning of the input
			if emitErr == nil {
				emitErr = outer.Err()
			}
		}
		bytes.Release(j.size)
	}
	running.Wait()
	switch {
	case emitErr != nil:
		return emitErr
	case outer.Err() != nil:
		return outer.Err()
	}
	return produceErr
}
