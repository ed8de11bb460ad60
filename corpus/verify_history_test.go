package corpus

import "testing"

// TestVerifyAfterHistories: whatever was stored, read with other rules, removed, decided and
// undone, in whatever order, a sound database has no fault.
func TestVerifyAfterHistories(t *testing.T) {
	citations, decisions := 0, 0
	for seed := range 12 {
		h := newHistory(t, uint64(1000+seed))
		for range 24 {
			h.step()
			v := verifySound(t, h.store)
			citations += v.Citations
		}
		decisions += len(h.made)
		h.store.Close()
		if t.Failed() {
			t.Fatalf("history %d: %v", seed, h.log)
		}
	}
	if citations < 1000 || decisions < 50 {
		t.Errorf("only %d citations and %d decisions: too few to show anything", citations, decisions)
	}
}
