package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"
)

// numbers submits 0 to n-1.
func numbers(n, size int) func(func(int, int) error) error {
	return func(submit func(int, int) error) error {
		for i := range n {
			if err := submit(i, size); err != nil {
				return err
			}
		}
		return nil
	}
}

func TestInOrderKeepsOrder(t *testing.T) {
	for _, workers := range []int{1, 2, 8, 100} {
		var got []int
		err := inOrder(t.Context(), workers, numbers(3000, 1), func(i int) int {
			for range i % 7 {
				runtime.Gosched() // some take longer than others
			}
			return i * 2
		}, func(i int) error {
			got = append(got, i)
			return nil
		})
		if err != nil || len(got) != 3000 {
			t.Fatalf("%d workers: %d results, error %v", workers, len(got), err)
		}
		for i, v := range got {
			if v != 2*i {
				t.Fatalf("%d workers: result %d is %d", workers, i, v)
			}
		}
	}
}

func TestInOrderBoundsWhatIsInFlight(t *testing.T) {
	var submitted, emitted, most atomic.Int64
	for name, size := range map[string]int{"by number": 1, "by size": windowBytes / 4, "larger than the window": 2 * windowBytes} {
		limit := int64(windowInputs + 3) // one at each end is on its way
		if size > 1 {
			limit = max(4, 1) + 1
		}
		submitted.Store(0)
		emitted.Store(0)
		most.Store(0)
		err := inOrder(t.Context(), 4, func(submit func(int, int) error) error {
			for i := range 2000 {
				if err := submit(i, size); err != nil {
					return err
				}
				most.Store(max(most.Load(), submitted.Add(1)-emitted.Load()))
			}
			return nil
		}, func(i int) int { return i }, func(int) error { emitted.Add(1); return nil })
		if err != nil {
			t.Fatal(err)
		}
		if most.Load() > limit {
			t.Errorf("%s: %d inputs were in flight, want at most %d", name, most.Load(), limit)
		}
	}
}

func TestInOrderStopsOnErrors(t *testing.T) {
	broken := errors.New("broken")
	emitted := 0
	err := inOrder(t.Context(), 4, numbers(5000, 1), func(i int) int { return i }, func(i int) error {
		emitted++
		if i == 10 {
			return broken
		}
		return nil
	})
	if !errors.Is(err, broken) || emitted != 11 {
		t.Errorf("emit: %v after %d results", err, emitted)
	}
	emitted = 0
	err = inOrder(t.Context(), 4, func(submit func(int, int) error) error {
		for i := range 10 {
			if err := submit(i, 1); err != nil {
				return err
			}
		}
		return broken
	}, func(i int) int { return i }, func(int) error { emitted++; return nil })
	if !errors.Is(err, broken) || emitted != 10 {
		t.Errorf("produce: %v after %d results", err, emitted)
	}
}

// TestInOrderCancelled checks that what is emitted is always a beginning of the input.
func TestInOrderCancelled(t *testing.T) {
	for _, at := range []int{0, 1, 5, 100, 700} {
		t.Run(fmt.Sprint(at), func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			next := 0
			err := inOrder(ctx, 3, numbers(100000, 1), func(i int) int {
				if i == at {
					cancel()
				}
				return i
			}, func(i int) error {
				if i != next {
					t.Fatalf("%d was emitted after %d", i, next-1)
				}
				next++
				return nil
			})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("the error is %v", err)
			}
			if next > at+windowInputs+10 {
				t.Errorf("%d results came although the run was cancelled at %d", next, at)
			}
		})
	}
}
